// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/queue_view.h"

#include "widgets/forms/symbol_icon.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/forms/two_line_delegate.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace retort {
namespace {

QString captionOf(const QueueEntry& entry) {
    const bool hasBegun = entry.progress > 0;
    return hasBegun ? QStringLiteral("%1, %2 %").arg(entry.state).arg(static_cast<int>(entry.progress * 100))
                    : entry.state;
}

} // namespace

QueueView::QueueView(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    m_hint = new TintedLabel({}, this);
    m_hint->setObjectName(QStringLiteral("queueHint"));
    m_hint->setWordWrap(true);
    createList();
    layout->addWidget(m_hint, 0, Qt::AlignTop);
    layout->addWidget(m_list, 1);
    layout->addStretch();
    m_goesOn = new QCheckBox(tr("&Go on after an error"), this);
    m_goesOn->setObjectName(QStringLiteral("goesOnAfterError"));
    m_goesOn->setToolTip(tr("Without it the queue pauses when a run fails or diverges"));
    m_goesOn->setChecked(true);
    connect(m_goesOn, &QCheckBox::clicked, this, &QueueView::goOnRequested);
    layout->addWidget(m_goesOn);
    createBar();
    layout->addWidget(m_bar);
    showEntries();
}

void QueueView::createList() {
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("queue"));
    m_list->setAccessibleName(tr("Queue of runs"));
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_list, &QListWidget::currentRowChanged, this, &QueueView::updateActions);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this,
            [this](const QModelIndex&, int from, int, const QModelIndex&, int before) {
                Q_EMIT moveRequested(from, before > from ? before - 1 : before);
                // The order is the owner's: what it did not take over goes back.
                QMetaObject::invokeMethod(this, &QueueView::showEntries, Qt::QueuedConnection);
            });
}

void QueueView::createBar() {
    m_bar = new QWidget(this);
    auto* layout = new QHBoxLayout(m_bar);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    m_up = addAction("up", tr("Earlier"), QKeySequence(tr("Alt+Up")), m_bar);
    m_down = addAction("down", tr("Later"), QKeySequence(tr("Alt+Down")), m_bar);
    m_remove = addAction("remove", tr("Remove from the queue"), QKeySequence::Delete, m_bar);
    connect(m_up, &QAction::triggered, this, [this] { move(-1); });
    connect(m_down, &QAction::triggered, this, [this] { move(+1); });
    connect(m_remove, &QAction::triggered, this, [this] { Q_EMIT removeRequested(m_list->currentRow()); });
    m_pause = new QPushButton(m_bar);
    m_pause->setObjectName(QStringLiteral("pauseQueue"));
    connect(m_pause, &QPushButton::clicked, this, [this] { Q_EMIT pauseRequested(!m_paused); });
    layout->addStretch();
    layout->addWidget(m_pause);
}

QAction* QueueView::addAction(const char* icon, const QString& text, const QKeySequence& shortcut,
                              QWidget* bar) {
    auto* action = new QAction(symbolIcon(icon), text, this);
    action->setObjectName(QLatin1String(icon) + QStringLiteral("InQueue"));
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetShortcut);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(text, shortcut.toString(QKeySequence::NativeText)));
    m_list->addAction(action);
    auto* button = new QToolButton(bar);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    bar->layout()->addWidget(button);
    return action;
}

void QueueView::setEntries(const QList<QueueEntry>& entries) {
    m_entries = entries;
    showEntries();
}

void QueueView::setPaused(bool paused) {
    m_paused = paused;
    showEntries();
}

void QueueView::setGoesOnAfterError(bool goesOn) {
    m_goesOn->setChecked(goesOn);
}

void QueueView::showEntries() {
    const QListWidgetItem* current = m_list->currentItem();
    const QString label = current != nullptr ? current->text() : QString();
    while (m_list->count() > m_entries.size())
        delete m_list->takeItem(m_list->count() - 1);
    for (int row = 0; row < m_entries.size(); ++row) {
        if (row == m_list->count()) m_list->addItem(QString());
        fill(row, m_entries[row]);
    }
    const auto same = [&](const QueueEntry& entry) { return entry.label == label; };
    const auto found = std::ranges::find_if(m_entries, same);
    if (found != m_entries.end()) m_list->setCurrentRow(static_cast<int>(found - m_entries.begin()));
    m_list->setVisible(!m_entries.isEmpty());
    m_hint->setVisible(m_entries.isEmpty() || m_paused);
    m_hint->setText(m_entries.isEmpty() ? tr("Nothing waits. Run a study, and its runs line up here.")
                                        : tr("Paused: what runs goes on, nothing new begins."));
    m_bar->setVisible(!m_entries.isEmpty() || m_paused);
    m_goesOn->setVisible(m_bar->isVisibleTo(this));
    m_pause->setText(m_paused ? tr("Continue queue") : tr("Pause queue"));
    m_pause->setIcon(symbolIcon(m_paused ? "run" : "pause"));
    updateActions();
}

void QueueView::fill(int row, const QueueEntry& entry) {
    QListWidgetItem* item = m_list->item(row);
    item->setText(entry.label);
    item->setToolTip(entry.label);
    item->setData(TwoLineDelegate::caption_role, captionOf(entry));
    item->setData(TwoLineDelegate::progress_role, entry.progress);
    item->setData(Qt::AccessibleDescriptionRole, captionOf(entry));
}

void QueueView::updateActions() {
    const int row = m_list->currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
    m_remove->setEnabled(row >= 0);
}

void QueueView::move(int by) {
    Q_EMIT moveRequested(m_list->currentRow(), m_list->currentRow() + by);
}

} // namespace retort
