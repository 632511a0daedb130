// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/runs_page.h"

#include "spec/imported_run.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/experts_dialog.h"
#include "widgets/pages/run_detail.h"
#include "widgets/tables/difference_dialog.h"
#include "widgets/tables/run_table.h"
#include "widgets/tables/run_table_model.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {
namespace {

enum Shown { NoRuns, NoMatch, Table };

QToolButton* buttonFor(QAction* action) {
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

RunsPage::RunsPage(QWidget* parent) : QWidget(parent), m_model(new RunTableModel(this)) {
    createActions();
    m_stack = new QStackedWidget;
    m_stack->addWidget(createEmptyState(tr("No runs yet."), tr("Open Studies and press Run.")));
    m_stack->addWidget(createEmptyState(tr("No run matches the filter."),
                                        tr("Shorten it, or press Esc in it to see all runs.")));
    m_stack->addWidget(createContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(createTools());
    layout->addWidget(createUndoBar());
    layout->addWidget(m_stack, 1);
    connectActions();
    refreshCount();
    refreshActions();
    refreshDetail();
}

RunsPage::~RunsPage() = default;

QAction* RunsPage::createAction(const QString& text, const QKeySequence& keys, const QString& help) {
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(
        keys.isEmpty() ? help : QStringLiteral("%1 (%2)").arg(help, keys.toString(QKeySequence::NativeText)));
    addAction(action);
    return action;
}

void RunsPage::createActions() {
    m_open = createAction(tr("&Open"), {}, tr("Show the curves of the run (Enter)"));
    m_resume = createAction(tr("&Resume"), Qt::Key_F6, tr("Go on from the newest checkpoint"));
    m_stop = createAction(tr("S&top"), Qt::SHIFT | Qt::Key_F5, tr("Save a checkpoint and end"));
    m_clone = createAction(tr("&Clone to Design"), Qt::CTRL | Qt::Key_D,
                           tr("Open a copy of the specification in the form"));
    m_compare = createAction(tr("Co&mpare"), Qt::CTRL | Qt::Key_M,
                             tr("Curves and differences of the selected runs, by variant"));
    m_difference = createAction(tr("D&ifference"), Qt::CTRL | Qt::Key_E,
                                tr("What differs between the two selected configurations"));
    m_experts = createAction(tr("E&xperts…"), {},
                             tr("Add, replace or take away an expert of a finished modular model"));
    m_delete = createAction(tr("&Delete"), QKeySequence::Delete,
                            tr("Take the selected runs out of the list; can be undone"));
    m_undo = createAction(tr("&Undo"), QKeySequence::Undo, tr("Bring the deleted runs back"));
    m_undo->setEnabled(false);
}

QWidget* RunsPage::createTools() {
    auto* tools = new QWidget;
    auto* layout = new QHBoxLayout(tools);
    layout->setContentsMargins({});
    auto* label = new QLabel(tr("&Filter:"));
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("study, variant, seed, status…"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(320);
    label->setBuddy(m_filter);
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("count"));
    layout->addWidget(label);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_count);
    layout->addStretch(1);
    for (QAction* action : {m_open, m_resume, m_stop, m_clone, m_compare, m_difference, m_experts, m_delete})
        layout->addWidget(buttonFor(action));
    return tools;
}

QWidget* RunsPage::createContent() {
    m_table = new RunTable(m_model);
    m_detail = new RunDetail;
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(6);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_detail);
    m_splitter->setSizes({3000, 1000});
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    return m_splitter;
}

/// Not a question before deleting but a way back after it.
QWidget* RunsPage::createUndoBar() {
    m_undoBar = new QWidget;
    m_undoBar->setObjectName(QStringLiteral("undoBar"));
    m_undoBar->setAutoFillBackground(true);
    m_undoBar->setBackgroundRole(QPalette::AlternateBase);
    m_undoText = new QLabel;
    auto* close = new QToolButton;
    close->setText(tr("Dismiss"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, m_undoBar, &QWidget::hide);
    auto* layout = new QHBoxLayout(m_undoBar);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_undoText);
    layout->addWidget(buttonFor(m_undo));
    layout->addStretch(1);
    layout->addWidget(close);
    m_undoBar->hide();
    return m_undoBar;
}

void RunsPage::connectActions() {
    const auto send = [this](QAction* action, void (RunsPage::*signal)(const QString&)) {
        connect(action, &QAction::triggered, this, [this, signal] {
            if (const RunRecord* run = selectedRun()) Q_EMIT(this->*signal)(QString::fromStdString(run->id));
        });
    };
    send(m_open, &RunsPage::openRequested);
    send(m_resume, &RunsPage::resumeRequested);
    send(m_stop, &RunsPage::stopRequested);
    send(m_clone, &RunsPage::cloneRequested);
    connect(m_compare, &QAction::triggered, this,
            [this] { Q_EMIT compareRequested(m_table->selectedIds()); });
    connect(m_difference, &QAction::triggered, this, &RunsPage::showDifference);
    connect(m_experts, &QAction::triggered, this, &RunsPage::showExperts);
    connect(m_delete, &QAction::triggered, this, &RunsPage::deleteSelected);
    connect(m_undo, &QAction::triggered, this, &RunsPage::undoDelete);
    connect(m_table, &RunTable::openRequested, this, &RunsPage::openRequested);
    connect(m_table, &RunTable::selectionMoved, this, [this] {
        refreshActions();
        refreshDetail();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_table->setFilter(words);
        refreshCount();
    });
    auto* clear = new QAction(m_filter);
    clear->setShortcut(Qt::Key_Escape);
    clear->setShortcutContext(Qt::WidgetShortcut);
    m_filter->addAction(clear);
    connect(clear, &QAction::triggered, m_filter, &QLineEdit::clear);
    auto* find = createAction(tr("Filter"), QKeySequence::Find, tr("Go to the filter"));
    connect(find, &QAction::triggered, this, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
}

void RunsPage::setRuns(std::vector<RunRecord> runs) {
    m_model->setRuns(std::move(runs));
    refreshCount();
    refreshActions();
    refreshDetail();
}

void RunsPage::updateRun(const RunRecord& run) {
    m_model->updateRun(run);
    refreshCount();
    refreshActions();
    if (selectedRun() != nullptr && selectedRun()->id == run.id) refreshDetail();
}

void RunsPage::selectRun(const QString& id) {
    m_table->select(id);
}

const RunRecord* RunsPage::selectedRun() const {
    const QStringList ids = m_table->selectedIds();
    return ids.size() == 1 ? &m_model->run(m_model->rowOf(ids.front())) : nullptr;
}

void RunsPage::refreshActions() {
    const QStringList ids = m_table->selectedIds();
    const RunRecord* run = selectedRun();
    const bool isAnyLive = std::ranges::any_of(
        ids, [this](const QString& id) { return is_live(m_model->run(m_model->rowOf(id)).status); });
    m_open->setEnabled(run != nullptr);
    m_clone->setEnabled(run != nullptr && !is_imported(*run));
    m_resume->setEnabled(run != nullptr && (is_resumable(run->status) || run->status == RunStatus::paused));
    m_stop->setEnabled(run != nullptr && is_live(run->status));
    m_compare->setEnabled(ids.size() > 1);
    m_experts->setEnabled(run != nullptr && run->task == Task::modular && run->status == RunStatus::done);
    m_difference->setEnabled(ids.size() == 2);
    m_delete->setEnabled(!ids.isEmpty() && !isAnyLive);
}

void RunsPage::refreshDetail() {
    if (const RunRecord* run = selectedRun()) return m_detail->show(*run);
    const auto count = m_table->selectedIds().size();
    const QString hint = count == 0   ? tr("Select a run to see what it is; press Enter to see its curves.")
                         : count == 2 ? tr("2 runs selected. Press Difference to see what differs.")
                                      : tr("%1 runs selected.").arg(count);
    m_detail->showWords(hint);
}

void RunsPage::refreshCount() {
    const int all = m_model->rowCount(), shown = m_table->shownCount();
    m_stack->setCurrentIndex(all == 0 ? NoRuns : shown == 0 ? NoMatch : Table);
    const QString allText = QLocale().toString(all);
    m_count->setText(shown < all ? tr("%1 of %2 runs").arg(QLocale().toString(shown), allText)
                     : all == 1  ? tr("1 run")
                                 : tr("%1 runs").arg(allText));
}

void RunsPage::deleteSelected() {
    const QStringList ids = m_table->selectedIds();
    if (ids.isEmpty()) return;
    std::vector<RunRecord> kept;
    std::ranges::copy_if(m_model->runs(), std::back_inserter(kept),
                         [&](const RunRecord& run) { return !ids.contains(QString::fromStdString(run.id)); });
    m_undoText->setText(ids.size() == 1 ? tr("1 run deleted.") : tr("%1 runs deleted.").arg(ids.size()));
    m_undoBar->show();
    m_undo->setEnabled(true);
    setRuns(std::move(kept));
    Q_EMIT deleteRequested(ids);
}

void RunsPage::undoDelete() {
    m_undo->setEnabled(false);
    m_undoBar->hide();
    Q_EMIT undoDeleteRequested();
}

void RunsPage::showDifference() {
    const QStringList ids = m_table->selectedIds();
    if (ids.size() != 2) return;
    auto* dialog = new DifferenceDialog(m_model->run(m_model->rowOf(ids[0])),
                                        m_model->run(m_model->rowOf(ids[1])), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void RunsPage::showExperts() {
    const RunRecord* run = selectedRun();
    auto model = run == nullptr ? std::nullopt : finished_model(*run, m_model->runs());
    if (!model) return;
    auto* dialog = new ExpertsDialog(std::move(*model), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExpertsDialog::runRequested, this, &RunsPage::runRequested);
    dialog->open();
}

void RunsPage::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addActions({m_open, m_resume, m_stop});
    menu.addSeparator();
    menu.addActions({m_clone, m_compare, m_difference, m_experts});
    menu.addSeparator();
    menu.addActions({m_delete, m_undo});
    menu.exec(event->globalPos());
}

QByteArray RunsPage::saveLayout() const {
    QJsonArray sizes;
    for (const int size : m_splitter->sizes())
        sizes.append(size);
    const QJsonObject layout{{"table", QString::fromUtf8(m_table->saveColumns())}, {"splitter", sizes}};
    return QJsonDocument(layout).toJson(QJsonDocument::Compact);
}

void RunsPage::restoreLayout(const QByteArray& layout) {
    const QJsonObject json = QJsonDocument::fromJson(layout).object();
    if (json.isEmpty()) return;
    m_table->restoreColumns(json.value(QLatin1String("table")).toString().toUtf8());
    QList<int> sizes;
    for (const QJsonValue& size : json.value(QLatin1String("splitter")).toArray())
        sizes << size.toInt();
    if (sizes.size() == 2) m_splitter->setSizes(sizes);
}

} // namespace retort
