// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/run_actions.h"

#include "spec/imported_run.h"

#include <QCoreApplication>
#include <QUndoStack>
#include <QWidget>
#include <algorithm>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::RunsPage)
};

QAction* adopt(QWidget* page, QAction* action, const QKeySequence& keys, const QString& help) {
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(
        keys.isEmpty() ? help : QStringLiteral("%1 (%2)").arg(help, keys.toString(QKeySequence::NativeText)));
    page->addAction(action);
    return action;
}

QAction* make(QWidget* page, const QString& text, const QKeySequence& keys, const QString& help) {
    return adopt(page, new QAction(text, page), keys, help);
}

} // namespace

RunActions::RunActions(QWidget* page, QUndoStack& stack)
    : open(make(page, Text::tr("&Open"), {}, Text::tr("Show the curves of the run (Enter)"))),
      resume(make(page, Text::tr("&Resume"), Qt::Key_F6, Text::tr("Go on from the newest checkpoint"))),
      stop(make(page, Text::tr("S&top"), Qt::SHIFT | Qt::Key_F5, Text::tr("Save a checkpoint and end"))),
      clone(make(page, Text::tr("&Clone to Design"), Qt::CTRL | Qt::Key_D,
                 Text::tr("Open a copy of the specification in the form"))),
      study(make(page, Text::tr("Edit St&udy"), Qt::CTRL | Qt::SHIFT | Qt::Key_D,
                 Text::tr("Open the study that the run belongs to in the form"))),
      compare(make(page, Text::tr("Co&mpare"), Qt::CTRL | Qt::Key_M,
                   Text::tr("Curves and differences of the selected runs, by variant"))),
      difference(make(page, Text::tr("D&ifference"), Qt::CTRL | Qt::Key_E,
                      Text::tr("What differs between the configurations of the selected runs"))),
      report(make(page, Text::tr("R&eport…"), Qt::CTRL | Qt::SHIFT | Qt::Key_M,
                  Text::tr("A report on the selected runs that are finished"))),
      experts(make(page, Text::tr("E&xperts…"), {},
                   Text::tr("Add, replace or take away an expert of a finished modular model"))),
      star(make(page, Text::tr("St&ar"), Qt::CTRL | Qt::Key_B,
                Text::tr("Star the selected runs, or no longer"))),
      rename(make(page, Text::tr("Re&name"), Qt::Key_F2, Text::tr("Give the run a name of its own"))),
      tags(make(page, Text::tr("Ta&gs…"), Qt::CTRL | Qt::Key_T, Text::tr("Give the selected runs tags"))),
      note(make(page, Text::tr("&Write Note"), Qt::CTRL | Qt::SHIFT | Qt::Key_E,
                Text::tr("Write a note on the run"))),
      remove(make(page, Text::tr("&Delete"), QKeySequence::Delete,
                  Text::tr("Move the selected runs into the bin; can be undone"))),
      restore(make(page, Text::tr("&Restore"), {}, Text::tr("Bring the selected runs back from the bin"))),
      erase(make(page, Text::tr("Delete for &Good…"), QKeySequence(Qt::SHIFT | Qt::Key_Delete),
                 Text::tr("Delete the selected runs of the bin, or all, with their curves and checkpoints"))),
      undo(adopt(page, stack.createUndoAction(page, Text::tr("&Undo")), QKeySequence::Undo,
                 Text::tr("Take back the last change of the list"))),
      redo(adopt(page, stack.createRedoAction(page, Text::tr("Red&o")), QKeySequence::Redo,
                 Text::tr("Do it again"))),
      find(make(page, Text::tr("Filter"), QKeySequence::Find, Text::tr("Go to the filter"))) {
    undo->setShortcutContext(Qt::WindowShortcut); // in a window's menu, too
    redo->setShortcutContext(Qt::WindowShortcut);
    undo->setObjectName(QStringLiteral("undoRuns"));
    redo->setObjectName(QStringLiteral("redoRuns"));
}

void RunActions::follow(const std::vector<const RunRecord*>& selected, bool isBin) {
    const RunRecord* one = selected.size() == 1 ? selected.front() : nullptr;
    const bool isAny = !selected.empty();
    const bool isAnyLive =
        std::ranges::any_of(selected, [](const RunRecord* run) { return is_live(run->status); });
    open->setEnabled(one != nullptr);
    clone->setEnabled(one != nullptr && !is_imported(*one));
    study->setEnabled(one != nullptr);
    resume->setEnabled(!isBin && one != nullptr &&
                       (is_resumable(one->status) || one->status == RunStatus::paused));
    stop->setEnabled(!isBin && one != nullptr && is_live(one->status));
    compare->setEnabled(!isBin && selected.size() > 1);
    difference->setEnabled(selected.size() > 1);
    report->setEnabled(!isBin && std::ranges::any_of(selected, [](const RunRecord* run) {
        return run->status == RunStatus::done;
    }));
    experts->setEnabled(!isBin && one != nullptr && one->task == Task::modular &&
                        one->status == RunStatus::done);
    star->setEnabled(isAny && !isBin);
    rename->setEnabled(one != nullptr && !isBin);
    tags->setEnabled(isAny && !isBin);
    note->setEnabled(one != nullptr && !isBin);
    remove->setEnabled(isAny && !isAnyLive && !isBin);
    restore->setEnabled(isAny && isBin);
    erase->setEnabled(isBin);
}

QList<QAction*> RunActions::ofRow(bool isBin) const {
    if (isBin) return {restore, erase, difference};
    return {open, resume, stop, clone, study, compare, difference, report, experts, remove};
}

QList<QAction*> RunActions::ofMenu(bool isBin) const {
    if (isBin) return {restore, erase, nullptr, difference, nullptr, undo, redo};
    return {open,    resume,  stop, nullptr, clone, study, nullptr, compare, difference, report,
            experts, nullptr, star, rename,  tags,  note,  nullptr, remove,  undo,       redo};
}

} // namespace retort
