// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/report_page.h"

#include "widgets/pages/empty_state.h"
#include "widgets/pages/report_preview.h"
#include "widgets/pages/report_source.h"
#include "widgets/pages/report_tools.h"
#include "widgets/print/report_file.h"

#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPointer>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {
namespace {

enum Shown { NoRuns, Message, Pages };

/// For those who hear the window: the question and what is answered.
QString spoken(const ReportDocument& document) {
    QStringList sentences = {QString::fromStdString(document.title)};
    for (const ReportSection& section : document.sections)
        for (const ReportBlock& block : section.blocks)
            if (const auto* finding = std::get_if<ReportFinding>(&block))
                sentences << QString::fromStdString(finding->verdict + ". " + finding->text);
    return sentences.join(u' ');
}

QLabel* createMessage() {
    auto* message = new QLabel;
    message->setObjectName(QStringLiteral("reportMessage"));
    message->setAlignment(Qt::AlignCenter);
    message->setWordWrap(true);
    message->setTextFormat(Qt::PlainText);
    return message;
}

} // namespace

ReportPage::ReportPage(QWidget* parent) : QWidget(parent) {
    createParts();
    connectParts();
}

ReportPage::~ReportPage() = default;

void ReportPage::createParts() {
    m_tools = new ReportTools;
    m_message = createMessage();
    m_preview = new ReportPreview;
    m_stack = new QStackedWidget;
    m_stack->addWidget(
        createEmptyState(tr("No run is finished yet."),
                         tr("A report tells what a study asked, what its runs answer, and how to repeat "
                            "them. Take a study under Studies and run it.")));
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_preview);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(6);
    layout->addWidget(m_tools);
    layout->addWidget(m_stack, 1);
}

void ReportPage::connectParts() {
    const auto renew = [this] {
        m_isStale = true;
        ask();
    };
    connect(m_tools, &ReportTools::namesChanged, this, renew);
    connect(m_tools, &ReportTools::refreshRequested, this, renew);
    connect(m_tools, &ReportTools::exportRequested, this, &ReportPage::askAndExport);
}

void ReportPage::setSource(ReportSource* source) {
    m_source = source;
    m_isStale = true;
    ask();
}

void ReportPage::setRuns(const std::vector<RunRecord>& runs) {
    m_studies.clear();
    for (const RunRecord& run : runs)
        if (run.status == RunStatus::done && std::ranges::count(m_studies, run.study) == 0)
            m_studies.push_back(run.study);
    chooseStudies();
}

void ReportPage::updateRun(const RunRecord& run) {
    if (run.status != RunStatus::done) return;
    if (std::ranges::count(m_studies, run.study) == 0) m_studies.push_back(run.study);
    chooseStudies();
}

void ReportPage::chooseStudies() {
    m_tools->setStudies(m_studies);
    if (m_tools->names() == m_names) return;
    m_isStale = true;
    ask();
}

void ReportPage::reportStudy(const QString& study) {
    m_tools->chooseStudy(study);
}

void ReportPage::reportRuns(const QStringList& ids) {
    m_tools->chooseRuns(ids);
}

/// Reading a study takes a while: it waits until somebody looks.
void ReportPage::ask() {
    if (m_source == nullptr || !isVisible() || !m_isStale) return;
    m_isStale = false;
    m_names = m_tools->names();
    if (m_names.empty()) {
        m_document.reset();
        m_tools->setReady(false, 0);
        m_stack->setCurrentIndex(NoRuns);
        return;
    }
    if (!m_document) tell(tr("Reading the runs…"));
    const QPointer<ReportPage> self(this);
    m_source->readReport(m_names, [self, names = m_names](const ReportReading& reading) {
        if (self) self->showReading(names, reading);
    });
}

void ReportPage::showReading(const std::vector<std::string>& names, const ReportReading& reading) {
    if (names != m_names) return; // something else was chosen meanwhile
    if (!reading.problem.empty()) {
        m_document.reset();
        m_tools->setReady(false, 0);
        return tell(QString::fromStdString(reading.problem));
    }
    m_document = reading.document;
    m_preview->setDocument(*m_document);
    m_preview->setAccessibleDescription(spoken(*m_document));
    m_tools->setReady(true, m_preview->pageCount());
    m_stack->setCurrentIndex(Pages);
}

void ReportPage::tell(const QString& sentence) {
    m_message->setText(sentence);
    m_stack->setCurrentIndex(Message);
}

void ReportPage::askAndExport() {
    auto* dialog = new QFileDialog(this, tr("Export Report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(
        {tr("PDF (*.pdf)"), tr("One HTML file (*.html)"), tr("LaTeX (*.tex)"), tr("Markdown (*.md)")});
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(m_names.size() == 1 ? QString::fromStdString(m_names.front())
                                           : QStringLiteral("runs"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        if (m_document) startExport(file);
    });
    dialog->open();
}

void ReportPage::startExport(const QString& file) {
    const QString problem = saveReport(*m_document, file);
    if (problem.isEmpty()) return;
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Export Report"), problem, QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void ReportPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    ask();
}

} // namespace retort
