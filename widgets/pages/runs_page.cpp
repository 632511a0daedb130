// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/runs_page.h"

#include "widgets/forms/inline_message.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/run_actions.h"
#include "widgets/pages/run_changes.h"
#include "widgets/pages/run_detail.h"
#include "widgets/pages/run_marks_editor.h"
#include "widgets/pages/saved_filters.h"
#include "widgets/tables/run_filter_edit.h"
#include "widgets/tables/run_table.h"
#include "widgets/tables/run_table_model.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace retort {
namespace {

enum Shown { NoRuns, NoMatch, EmptyBin, Table };

QToolButton* buttonFor(QAction* action) {
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

RunsPage::RunsPage(QWidget* parent)
    : QWidget(parent),
      m_model(new RunTableModel(this)),
      m_changes(new RunChanges(this)),
      m_actions(std::make_unique<RunActions>(this, m_changes->stack())) {
    m_stack = new QStackedWidget;
    m_stack->addWidget(createEmptyState(tr("No runs yet."), tr("Open Studies and press Run.")));
    m_stack->addWidget(createEmptyState(tr("No run fits the filter."),
                                        tr("Shorten it, or press Esc in it to see all runs.")));
    m_stack->addWidget(createEmptyState(tr("The bin is empty."), tr("Runs that you delete wait here.")));
    m_stack->addWidget(createContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(6);
    layout->addWidget(createFilterRow());
    m_problem = new InlineMessage(InlineMessage::Kind::problem);
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    layout->addWidget(m_problem);
    layout->addWidget(createActionRow());
    layout->addWidget(createUndoBar());
    layout->addWidget(m_stack, 1);
    connectTable();
    connectActions();
    connectMarks();
    connectChanges();
    showList(false);
}

RunsPage::~RunsPage() = default;

QWidget* RunsPage::createFilterRow() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    auto* label = new QLabel(tr("&Filter:"));
    m_filter = new RunFilterEdit;
    label->setBuddy(m_filter);
    m_saved = new SavedFilters(m_filter);
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("count"));
    auto* groupLabel = new QLabel(tr("Grou&p:"));
    m_grouping = createGrouping();
    groupLabel->setBuddy(m_grouping);
    QToolButton* columns =
        createToolButton("columns", tr("Co&lumns…"), tr("Choose what the table shows: any field or metric"));
    connect(columns, &QToolButton::clicked, this, &RunsPage::showColumns);
    m_bin = createToolButton("bin", tr("&Bin"), tr("Show the runs that were deleted"));
    m_bin->setCheckable(true);
    connect(m_bin, &QToolButton::toggled, this, &RunsPage::showList);
    layout->addWidget(label);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_saved);
    layout->addWidget(m_count);
    layout->addSpacing(12);
    for (QWidget* widget : std::initializer_list<QWidget*>{groupLabel, m_grouping, columns, m_bin})
        layout->addWidget(widget);
    return row;
}

QComboBox* RunsPage::createGrouping() {
    auto* grouping = new QComboBox;
    grouping->setObjectName(QStringLiteral("grouping"));
    grouping->setAccessibleName(tr("Group"));
    grouping->addItem(tr("none"), static_cast<int>(RunGrouping::none));
    grouping->addItem(tr("by study"), static_cast<int>(RunGrouping::study));
    grouping->addItem(tr("by variant"), static_cast<int>(RunGrouping::variant));
    grouping->setToolTip(tr("Runs below their study or variant, with means"));
    return grouping;
}

QWidget* RunsPage::createActionRow() {
    m_actionRow = new QWidget;
    auto* layout = new QHBoxLayout(m_actionRow);
    layout->setContentsMargins({});
    layout->addStretch(1);
    return m_actionRow;
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
    layout->addWidget(buttonFor(m_actions->undo));
    layout->addStretch(1);
    layout->addWidget(close);
    m_undoBar->hide();
    return m_undoBar;
}

void RunsPage::connectTable() {
    connect(m_table, &RunTable::openRequested, this, &RunsPage::openRequested);
    connect(m_table, &RunTable::selectionMoved, this, &RunsPage::refreshSelection);
    connect(m_table, &RunTable::columnsRequested, this, &RunsPage::showColumns);
    connect(m_table, &RunTable::starPressed, this, [this](const QString& id) {
        if (!isBin()) toggleStar({id});
    });
    connect(m_grouping, &QComboBox::currentIndexChanged, this,
            [this] { m_table->setGrouping(static_cast<RunGrouping>(m_grouping->currentData().toInt())); });
    connect(m_filter, &RunFilterEdit::problemChanged, m_problem, &InlineMessage::setText);
    connect(m_filter, &RunFilterEdit::filterChanged, this, [this](const RunFilter& filter) {
        m_table->setFilter(filter);
        refreshCount();
    });
    auto* clear = new QAction(m_filter);
    clear->setShortcut(Qt::Key_Escape);
    clear->setShortcutContext(Qt::WidgetShortcut);
    m_filter->addAction(clear);
    connect(clear, &QAction::triggered, m_filter, &QLineEdit::clear);
    connect(m_actions->find, &QAction::triggered, this,
            [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
}

void RunsPage::connectActions() {
    const auto send = [this](QAction* action, void (RunsPage::*signal)(const QString&)) {
        connect(action, &QAction::triggered, this, [this, signal] {
            if (const RunRecord* run = selectedRun()) Q_EMIT(this->*signal)(QString::fromStdString(run->id));
        });
    };
    send(m_actions->open, &RunsPage::openRequested);
    send(m_actions->resume, &RunsPage::resumeRequested);
    send(m_actions->stop, &RunsPage::stopRequested);
    send(m_actions->clone, &RunsPage::cloneRequested);
    send(m_actions->study, &RunsPage::studyRequested);
    connect(m_actions->compare, &QAction::triggered, this,
            [this] { Q_EMIT compareRequested(m_table->selectedIds()); });
    connect(m_actions->report, &QAction::triggered, this, [this] {
        QStringList ids;
        for (const RunRecord* run : selected())
            if (run->status == RunStatus::done) ids << QString::fromStdString(run->id);
        Q_EMIT reportRequested(ids);
    });
    connect(m_actions->difference, &QAction::triggered, this, &RunsPage::showDifference);
    connect(m_actions->experts, &QAction::triggered, this, &RunsPage::showExperts);
    connect(m_actions->remove, &QAction::triggered, this, &RunsPage::deleteSelected);
    connect(m_actions->erase, &QAction::triggered, this, &RunsPage::eraseRuns);
    connect(m_actions->restore, &QAction::triggered, this,
            [this] { m_changes->restore(m_table->selectedIds(), tr("restore")); });
}

void RunsPage::connectMarks() {
    RunMarksEditor* editor = m_detail->marks();
    connect(editor, &RunMarksEditor::edited, this, [this](const QString& id, const RunMarks& marks) {
        if (const RunRecord* run = m_model->find(id))
            m_changes->mark({{id, run->marks, marks}},
                            tr("marks of %1").arg(QString::fromStdString(run->title())));
    });
    connect(m_actions->rename, &QAction::triggered, editor, &RunMarksEditor::editName);
    connect(m_actions->note, &QAction::triggered, editor, &RunMarksEditor::editNote);
    connect(m_actions->tags, &QAction::triggered, this, &RunsPage::tagSelected);
    connect(m_actions->star, &QAction::triggered, this, [this] { toggleStar(m_table->selectedIds()); });
}

void RunsPage::connectChanges() {
    connect(m_changes, &RunChanges::marked, this, &RunsPage::applyMarks);
    connect(m_changes, &RunChanges::moved, this, &RunsPage::applyMove);
}

bool RunsPage::isBin() const {
    return m_bin->isChecked();
}

void RunsPage::showList(bool isBinShown) {
    std::vector<RunRecord> before = m_model->runs();
    const bool isFirst = m_actionRow->layout()->count() == 1;
    if (!isFirst) m_model->setRuns(std::exchange(m_hidden, std::move(before)));
    auto* row = static_cast<QHBoxLayout*>(m_actionRow->layout());
    while (row->count() > 1) {
        const std::unique_ptr<QLayoutItem> item(row->takeAt(0));
        delete item->widget();
    }
    for (QAction* action : m_actions->ofRow(isBinShown))
        row->insertWidget(row->count() - 1, buttonFor(action));
    refreshFields();
    refreshCount();
    refreshSelection();
}

void RunsPage::setRuns(std::vector<RunRecord> runs) {
    if (isBin())
        m_hidden = std::move(runs);
    else
        m_model->setRuns(std::move(runs));
    refreshFields();
    refreshCount();
    refreshSelection();
}

void RunsPage::setBin(std::vector<RunRecord> bin) {
    if (isBin())
        m_model->setRuns(std::move(bin));
    else
        m_hidden = std::move(bin);
    refreshCount();
}

void RunsPage::updateRun(const RunRecord& run) {
    if (isBin()) return; // the next list brings it
    const int columns = m_model->columnCount();
    const bool isNew = m_model->find(QString::fromStdString(run.id)) == nullptr;
    m_model->updateRun(run);
    if (isNew || columns != m_model->columnCount()) refreshFields();
    refreshCount();
    m_actions->follow(selected(), isBin());
    if (selectedRun() != nullptr && selectedRun()->id == run.id) refreshDetail();
}

void RunsPage::selectRun(const QString& id) {
    m_table->select({id});
}

std::vector<const RunRecord*> RunsPage::selected() const {
    std::vector<const RunRecord*> runs;
    for (const QString& id : m_table->selectedIds())
        runs.push_back(m_model->find(id));
    return runs;
}

const RunRecord* RunsPage::selectedRun() const {
    const std::vector<const RunRecord*> runs = selected();
    return runs.size() == 1 ? runs.front() : nullptr;
}

void RunsPage::refreshFields() {
    m_filter->setFields(RunFields::of(m_model->runs()));
}

void RunsPage::refreshSelection() {
    m_actions->follow(selected(), isBin());
    refreshDetail();
}

void RunsPage::refreshDetail() {
    if (const RunRecord* run = selectedRun()) return m_detail->show(*run);
    const auto count = m_table->selectedIds().size();
    m_detail->showWords(count == 0
                            ? tr("Select a run to see what it is; press Enter to see its curves.")
                            : tr("%1 runs selected. Press Difference to see what differs.").arg(count));
}

void RunsPage::refreshCount() {
    const auto all = static_cast<int>(m_model->runs().size());
    const int shown = m_table->shownCount();
    m_stack->setCurrentIndex(all == 0 ? (isBin() ? EmptyBin : NoRuns) : shown == 0 ? NoMatch : Table);
    const QString allText = QLocale().toString(all);
    m_count->setText(shown < all ? tr("%1 of %2 runs").arg(QLocale().toString(shown), allText)
                     : all == 1  ? tr("1 run")
                                 : tr("%1 runs").arg(allText));
}

void RunsPage::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    for (QAction* action : m_actions->ofMenu(isBin()))
        if (action == nullptr)
            menu.addSeparator();
        else
            menu.addAction(action);
    menu.exec(event->globalPos());
}

QList<QAction*> RunsPage::undoActions() const {
    return {m_actions->undo, m_actions->redo};
}

QByteArray RunsPage::saveLayout() const {
    QJsonArray sizes;
    for (const int size : m_splitter->sizes())
        sizes.append(size);
    const QJsonObject layout{{"table", QString::fromUtf8(m_table->saveColumns())},
                             {"splitter", sizes},
                             {"filters", m_saved->toJson()},
                             {"grouping", m_grouping->currentIndex()}};
    return QJsonDocument(layout).toJson(QJsonDocument::Compact);
}

void RunsPage::restoreLayout(const QByteArray& layout) {
    const QJsonObject json = QJsonDocument::fromJson(layout).object();
    if (json.isEmpty()) return;
    m_table->restoreColumns(json.value(QLatin1String("table")).toString().toUtf8());
    const int grouping = json.value(QLatin1String("grouping")).toInt();
    if (grouping >= 0 && grouping < m_grouping->count()) m_grouping->setCurrentIndex(grouping);
    m_saved->restore(json.value(QLatin1String("filters")).toArray());
    QList<int> sizes;
    for (const QJsonValue& size : json.value(QLatin1String("splitter")).toArray())
        sizes << size.toInt();
    if (sizes.size() == 2) m_splitter->setSizes(sizes);
}

} // namespace retort
