// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace retort {

/// Every command of the window, in menus, with its shortcut. The window connects them.
struct WindowActions {
    QAction* openWorkspace;
    QAction* newStudy;
    QAction* openStudy;
    QAction* saveStudy; ///< of the Design page, as runStudy, undo and redo
    QAction* saveStudyAs;
    QAction* importRuns;
    QAction* freeSpace;
    QAction* quit;
    QAction* undo;
    QAction* redo;
    QAction* runStudy;
    QAction* pause;
    QAction* resume;
    QAction* stop;
    QAction* pauseQueue;
    QActionGroup* pages;  ///< in the order of the pages; data() is the row
    QActionGroup* themes; ///< data() is the name of the theme
    QAction* fullScreen;
    QAction* shortcuts;
    QAction* about;
    QMenu* recentWorkspaces;
    QMenu* edit;

    /// Makes the actions and the menu bar of `window`. `ofDesign` are the Design page's, named run, save,
    /// undo and redo; from now on their shortcuts work on every page.
    WindowActions(QMainWindow* window, const QList<QAction*>& ofDesign);
    /// What Edit undoes: the changes of a page, or those of the Design page where `ofPage` is empty. Keys
    /// follow, as actions of a page out of sight have none.
    void offerUndo(const QList<QAction*>& ofPage);
    struct Group {
        QString title;
        QList<QAction*> actions;
    };
    /// All actions that have a shortcut, by menu, for the shortcuts sheet.
    [[nodiscard]] QList<Group> withShortcuts() const;

private:
    void adopt(const QList<QAction*>& ofDesign);
    void makeFileActions(QMainWindow* window);
    void makeRunActions(QMainWindow* window);
    void makePageActions(QMainWindow* window);
    void makeThemeActions(QMainWindow* window);
    void makeHelpActions(QMainWindow* window);
    void fillMenus(QMainWindow* window);
};

} // namespace retort
