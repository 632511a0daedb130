// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/import_panel.h"

#include "widgets/forms/json_path.h"
#include "widgets/forms/primary_button.h"
#include "widgets/forms/spec_form.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/pages/import_report_panel.h"
#include "widgets/pages/import_sources.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {
namespace {

/// Its letters, digits and signs that a name may have; "texts" where none is left.
std::string nameFor(const QString& path) {
    QString name;
    for (const QChar c : QFileInfo(path).fileName().section(QLatin1Char('.'), 0, 0))
        name += c.unicode() < 0x80 && c.isLetterOrNumber() ? c.toLower() : QLatin1Char('-');
    while (name.startsWith(QLatin1Char('-')))
        name.remove(0, 1);
    return name.isEmpty() ? std::string("texts") : name.toStdString();
}

bool isOfSources(const Problem& problem) {
    return problem.pointer == "/sources" || problem.pointer.starts_with("/sources/");
}

const Json& defaults() {
    static const Json json = to_json(ImportSpec());
    return json;
}

} // namespace

ImportPanel::ImportPanel(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(createContent(), 1);
    layout->addWidget(createFooter());
    connectForm();
    begin({});
}

QWidget* ImportPanel::createContent() {
    m_sources = new ImportSources;
    const auto everything = [](const Json& values) { return FormScope{values, {}}; };
    m_form = new SpecForm(describe_import_spec(), {}, everything);
    m_report =
        new ImportReportPanel(tr("Look first reads all sources and says what would be taken and what would "
                                 "be left out, without making a corpus."));
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Options of the import, and what would come of it"));
    m_tabs->addTab(m_form, tr("O&ptions"));
    m_tabs->addTab(m_report, tr("W&hat would come of it"));
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(10);
    split->addWidget(m_sources);
    split->addWidget(m_tabs);
    split->setSizes({800, 1500});
    return split;
}

QWidget* ImportPanel::createFooter() {
    auto* back = new QPushButton(tr("&Back"));
    back->setObjectName(QStringLiteral("closeImport"));
    m_outlook = new QLabel;
    m_outlook->setObjectName(QStringLiteral("importOutlook"));
    m_outlook->setWordWrap(true);
    m_preview = new QPushButton(tr("&Look first"));
    m_preview->setObjectName(QStringLiteral("previewImport"));
    m_import = new PrimaryButton("run", tr("I&mport"));
    m_import->setObjectName(QStringLiteral("beginImport"));
    connect(back, &QPushButton::clicked, this, &ImportPanel::closed);
    connect(m_preview, &QPushButton::clicked, this, [this] { Q_EMIT previewRequested(m_spec); });
    connect(m_import, &QPushButton::clicked, this, [this] { Q_EMIT importRequested(m_spec); });
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins({});
    row->addWidget(back);
    row->addWidget(m_outlook, 1);
    row->addWidget(m_preview);
    row->addWidget(m_import);
    return footer;
}

void ImportPanel::connectForm() {
    connect(m_sources, &ImportSources::edited, this, &ImportPanel::takeSources);
    connect(m_form, &SpecForm::edited, this, &ImportPanel::setField);
    connect(m_form, &SpecForm::resetRequested, this, [this](const std::string& pointer) {
        if (const Json* usual = valueAt(defaults(), pointer)) setField(pointer, *usual);
    });
    connect(m_form, &SpecForm::removeRequested, this, [this](const std::string& pointer) {
        eraseAt(m_json, pointer);
        refresh();
    });
}

void ImportPanel::begin(const QStringList& paths) {
    ImportSpec spec;
    if (!paths.isEmpty()) spec.name = nameFor(paths.front());
    m_json = to_json(spec);
    m_sources->setSources(m_json["sources"]);
    m_report->setReport({});
    m_tabs->setCurrentWidget(m_form);
    add(paths);
    refresh();
}

void ImportPanel::add(const QStringList& paths) {
    m_sources->add(paths);
}

void ImportPanel::takeSources() {
    m_json["sources"] = m_sources->sources();
    const Json* name = valueAt(m_json, "/name");
    if (name != nullptr && *name == "" && !m_json["sources"].empty())
        if (const Json* path = valueAt(m_json["sources"][0], "/path"); path != nullptr && path->is_string())
            m_json["name"] = nameFor(QString::fromStdString(path->get<std::string>()));
    refresh();
}

/// Whoever counts in tokens is offered the tokenizer that is chosen on the page.
void ImportPanel::setField(const std::string& pointer, const Json& value) {
    setAt(m_json, pointer, value);
    const Json* tokenizer = valueAt(m_json, "/balance/tokenizer");
    if (pointer == "/balance/unit" && value == "tokens" && tokenizer != nullptr && *tokenizer == "")
        setAt(m_json, "/balance/tokenizer", m_tokenizer);
    refresh();
}

void ImportPanel::refresh() {
    const ImportSpecReading reading = read_import_spec(m_json);
    m_spec = reading.spec;
    m_form->showValues(m_json, defaults(), tr("default"));
    std::vector<Problem> ofForm = reading.problems;
    std::erase_if(ofForm, isOfSources);
    m_form->showProblems(ofForm);
    m_sources->showProblems(reading.problems);
    showOutlook(reading.problems);
}

void ImportPanel::showOutlook(const std::vector<Problem>& problems) {
    const bool isWhole = problems.empty();
    m_preview->setEnabled(isWhole && m_canMake);
    m_import->setEnabled(isWhole && m_canMake);
    if (!isWhole && m_spec.sources.empty())
        m_outlook->setText(tr("Add files or folders, or drop them here."));
    else if (!isWhole)
        m_outlook->setText(problems.size() == 1
                               ? tr("1 problem to solve before it can begin")
                               : tr("%1 problems to solve before it can begin").arg(problems.size()));
    else if (m_taken.contains(m_spec.name))
        m_outlook->setText(tr("There is a corpus %1 already; the import replaces it.")
                               .arg(QString::fromStdString(m_spec.name)));
    else
        m_outlook->clear();
}

void ImportPanel::setPossible(bool canMake) {
    m_canMake = canMake;
    showOutlook(read_import_spec(m_json).problems);
}

void ImportPanel::showPreview(const ImportReport& report) {
    m_report->setReport(report);
    m_tabs->setCurrentWidget(m_report);
}

} // namespace retort
