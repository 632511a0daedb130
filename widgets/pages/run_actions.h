// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QAction>
#include <QList>
#include <vector>

class QUndoStack;
class QWidget;

namespace retort {

/// What can be done with the runs of the Runs page; each action has its keys there and a place in a menu.
struct RunActions {
    /// Made for a page, which owns them.
    RunActions(QWidget* page, QUndoStack& stack);

    /// Only what makes sense for the selected runs is enabled.
    void follow(const std::vector<const RunRecord*>& selected, bool isBin);
    /// Those of the tool row, in order.
    [[nodiscard]] QList<QAction*> ofRow(bool isBin) const;
    /// All, null between groups.
    [[nodiscard]] QList<QAction*> ofMenu(bool isBin) const;

    QAction* open;
    QAction* resume;
    QAction* stop;
    QAction* clone;
    QAction* study;
    QAction* compare;
    QAction* difference;
    QAction* report;
    QAction* experts;
    QAction* star;
    QAction* rename;
    QAction* tags;
    QAction* note;
    QAction* remove;
    QAction* restore;
    QAction* erase;
    QAction* undo;
    QAction* redo;
    QAction* find;
};

} // namespace retort
