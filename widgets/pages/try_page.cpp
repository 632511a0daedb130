// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/try_page.h"

#include "widgets/pages/continuation_panel.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/try_tools.h"

#include <QPlainTextEdit>
#include <QPointer>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {
namespace {

enum Shown { NoRuns, Content };

constexpr int promptLines = 4;

/// The newest attempt of each run that has weights, newest first.
std::vector<RunRecord> writers(std::vector<RunRecord> runs) {
    std::erase_if(runs, [](const RunRecord& run) {
        return run.task == Task::router || run.status != RunStatus::done || run.model_artifact.empty();
    });
    std::ranges::sort(runs, std::ranges::greater(), &RunRecord::id);
    std::vector<RunRecord> newest;
    for (RunRecord& run : runs)
        if (std::ranges::find(newest, run.label(), &RunRecord::label) == newest.end())
            newest.push_back(std::move(run));
    return newest;
}

} // namespace

TryPage::TryPage(QWidget* parent) : QWidget(parent) {
    createParts();
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(key)), this, nullptr, nullptr,
                                       Qt::WidgetWithChildrenShortcut);
        shortcut->setWhatsThis(tr("Let the runs write"));
        connect(shortcut, &QShortcut::activated, this, &TryPage::write);
    }
    connect(m_tools, &TryTools::writeRequested, this, &TryPage::write);
    connect(m_tools, &TryTools::stopRequested, this, &TryPage::stop);
    connect(m_tools, &TryTools::addRequested, this, &TryPage::addColumn);
}

TryPage::~TryPage() = default;

void TryPage::createParts() {
    m_stack = new QStackedWidget;
    m_stack->addWidget(
        createEmptyState(tr("No run can write yet."), tr("Train one: take a ready study under Studies. When "
                                                         "it is done, it goes on with your texts here.")));
    m_stack->addWidget(createContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->addWidget(m_stack);
}

QWidget* TryPage::createContent() {
    m_prompt = new QPlainTextEdit;
    m_prompt->setObjectName(QStringLiteral("prompt"));
    m_prompt->setAccessibleName(tr("Text to go on with"));
    m_prompt->setPlaceholderText(
        tr("Type how a text begins, in a language of the runs, and press Ctrl+Return. Without any, the runs "
           "begin one themselves."));
    m_prompt->setTabChangesFocus(true);
    m_prompt->setFixedHeight(m_prompt->fontMetrics().lineSpacing() * promptLines + 14);
    m_tools = new TryTools;
    m_splitter = new QSplitter;
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(12);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(m_prompt);
    layout->addWidget(m_tools);
    layout->addWidget(m_splitter, 1);
    return content;
}

void TryPage::setSource(TrySource* source) {
    m_source = source;
    m_writing = 0;
    m_tools->setWriting(false);
    while (!m_columns.empty())
        removeColumn(m_columns.back());
    setRuns({});
}

void TryPage::setRuns(const std::vector<RunRecord>& runs) {
    m_runs = writers(runs);
    for (ContinuationPanel* column : m_columns)
        column->setRuns(m_runs);
    if (m_columns.empty()) fillColumns();
    m_stack->setCurrentIndex(m_runs.empty() ? NoRuns : Content);
}

/// A column for the newest run of each kind.
void TryPage::fillColumns() {
    for (const Task task : {Task::teacher, Task::distill, Task::modular}) {
        const auto run = std::ranges::find(m_runs, task, &RunRecord::task);
        if (run == m_runs.end()) continue;
        addColumn();
        m_columns.back()->chooseRun(run->id);
    }
}

/// With a run that no other column has.
void TryPage::addColumn() {
    auto* column = new ContinuationPanel;
    column->setRuns(m_runs);
    for (const RunRecord& run : m_runs)
        if (std::ranges::find(m_columns, run.id, &ContinuationPanel::run) == m_columns.end()) {
            column->chooseRun(run.id);
            break;
        }
    connect(column, &ContinuationPanel::closeRequested, this, [this, column] { removeColumn(column); });
    m_columns.push_back(column);
    m_splitter->addWidget(column);
    showColumns();
}

void TryPage::removeColumn(ContinuationPanel* column) {
    std::erase(m_columns, column);
    column->hide();
    column->deleteLater();
    showColumns();
}

void TryPage::showColumns() {
    m_tools->setCanAdd(m_columns.size() < mostColumns);
    for (ContinuationPanel* column : m_columns)
        column->setCanClose(m_columns.size() > 1);
    m_splitter->setSizes(QList<int>(static_cast<qsizetype>(m_columns.size()), 1000));
}

TryListener TryPage::listener() {
    const std::vector<QPointer<ContinuationPanel>> columns(m_columns.begin(), m_columns.end());
    TryListener listener;
    listener.started = [columns](std::size_t text, const GenerationStart& start) {
        if (columns[text] != nullptr) columns[text]->showStart(start);
    };
    listener.written = [columns](std::size_t text, const std::vector<GeneratedToken>& more) {
        if (columns[text] != nullptr) columns[text]->append(more);
    };
    listener.ended = [this, columns](std::size_t text, GenerationEnd end, const std::string& problem) {
        if (columns[text] != nullptr) columns[text]->showEnd(end, QString::fromStdString(problem));
        m_tools->setWriting(--m_writing > 0);
    };
    return listener;
}

void TryPage::write() {
    if (m_source == nullptr || m_columns.empty()) return;
    const QString prompt = m_prompt->toPlainText();
    std::vector<TryRequest> requests;
    for (ContinuationPanel* column : m_columns) {
        column->begin(prompt);
        TryRequest request{column->run(), m_tools->request()};
        request.text.prompt = prompt.toStdString();
        request.text.setting = column->setting();
        requests.push_back(std::move(request));
    }
    m_writing = requests.size();
    m_tools->setWriting(true);
    m_source->write(std::move(requests), listener());
}

void TryPage::stop() {
    if (m_source != nullptr && m_writing > 0) m_source->stopWriting();
}

} // namespace retort
