// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/studies_page.h"

class QAction;
class QCheckBox;
class QListWidget;
class QPushButton;

namespace retort {

/// The runs that wait, in order, with their progress. Reordered by dragging or Alt+Up and Alt+Down.
class QueueView : public QWidget {
    Q_OBJECT
public:
    explicit QueueView(QWidget* parent = nullptr);

    void setEntries(const QList<retort::QueueEntry>& entries);
    void setPaused(bool paused);
    void setGoesOnAfterError(bool goesOn);

Q_SIGNALS:
    void moveRequested(int from, int to);
    void removeRequested(int row);
    void pauseRequested(bool paused);
    void goOnRequested(bool goesOn);

private:
    void createList();
    void createBar();
    QAction* addAction(const char* icon, const QString& text, const QKeySequence& shortcut, QWidget* bar);
    void fill(int row, const QueueEntry& entry);
    void showEntries();
    void updateActions();
    void move(int by);

    QList<QueueEntry> m_entries;
    bool m_paused = false;
    QListWidget* m_list = nullptr;
    TintedLabel* m_hint = nullptr;
    QWidget* m_bar = nullptr;
    QPushButton* m_pause = nullptr;
    QCheckBox* m_goesOn = nullptr;
    QAction* m_up = nullptr;
    QAction* m_down = nullptr;
    QAction* m_remove = nullptr;
};

} // namespace retort
