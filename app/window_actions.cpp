// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_actions.h"

#include "app/theme.h"
#include "widgets/forms/symbol_icon.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QKeySequence>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::WindowActions)
};

struct Face {
    QString text;
    const char* icon = "";
    QString help;
};

QAction* makeAction(QMainWindow* window, const char* name, const Face& face, const QKeySequence& shortcut) {
    auto* action = new QAction(face.text, window);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(shortcut);
    action->setStatusTip(face.help);
    if (*face.icon != '\0') action->setIcon(symbolIcon(face.icon));
    window->addAction(action); // shortcuts work in full screen too
    return action;
}

QAction* makeChoice(QActionGroup* group, const QString& text, const QVariant& data) {
    QAction* action = group->addAction(text);
    action->setCheckable(true);
    action->setData(data);
    return action;
}

} // namespace

WindowActions::WindowActions(QMainWindow* window, const QList<QAction*>& ofDesign) {
    initWindowResources();
    adopt(ofDesign);
    makeFileActions(window);
    makeRunActions(window);
    makePageActions(window);
    makeThemeActions(window);
    makeHelpActions(window);
    fillMenus(window);
}

void WindowActions::adopt(const QList<QAction*>& ofDesign) {
    const auto take = [&](const char* name) {
        const auto found = std::ranges::find(ofDesign, QLatin1String(name), &QAction::objectName);
        (*found)->setShortcutContext(Qt::WindowShortcut);
        return *found;
    };
    saveStudy = take("save");
    runStudy = take("run");
    undo = take("undo");
    redo = take("redo");
}

void WindowActions::makeFileActions(QMainWindow* window) {
    newStudy = makeAction(window, "newStudy",
                          {Text::tr("&New Study"), "add", Text::tr("Begin a study from defaults")},
                          QKeySequence::New);
    openStudy =
        makeAction(window, "openStudy", {Text::tr("&Open Study…"), "open", Text::tr("Open a study file")},
                   QKeySequence::Open);
    saveStudyAs = makeAction(window, "saveStudyAs", {Text::tr("Save Study &As…"), "", {}},
                             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    openWorkspace =
        makeAction(window, "openWorkspace",
                   {Text::tr("Open &Workspace…"), "", Text::tr("Open the folder where runs are kept")},
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    importRuns =
        makeAction(window, "importRuns",
                   {Text::tr("&Import Runs…"), "", Text::tr("Take in runs from TensorBoard or CSV files")},
                   QKeySequence(Qt::CTRL | Qt::Key_I));
    freeSpace = makeAction(
        window, "freeSpace",
        {Text::tr("&Free Space…"), "", Text::tr("See what takes room, and what of it can go")}, {});
    quit = makeAction(window, "quit", {Text::tr("&Quit"), "", {}}, QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
}

void WindowActions::makeRunActions(QMainWindow* window) {
    pause = makeAction(window, "pauseRun", {Text::tr("&Pause"), "pause", Text::tr("Hold the run in memory")},
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    resume = makeAction(window, "resumeRun",
                        {Text::tr("R&esume"), "resume", Text::tr("Go on with the paused or stopped run")},
                        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    stop =
        makeAction(window, "stopRun",
                   {Text::tr("&Stop"), "stop", Text::tr("Save a checkpoint and end; the run can be resumed")},
                   QKeySequence(Qt::CTRL | Qt::Key_Period));
    pauseQueue = makeAction(
        window, "pauseQueue",
        {Text::tr("Pause the &Queue"), "", Text::tr("Let the run finish, then start no other")}, {});
    pauseQueue->setCheckable(true);
}

void WindowActions::makePageActions(QMainWindow* window) {
    pages = new QActionGroup(window);
    const QList<Face> faces = {
        {Text::tr("&Studies"), "page-studies", Text::tr("Ready studies, workspaces and the queue")},
        {Text::tr("D&ata"), "page-data", Text::tr("Corpora: what is in them, and how to get more")},
        {Text::tr("&Design"), "page-design", Text::tr("The study in work")},
        {Text::tr("&Live"), "page-live", Text::tr("Curves of one run")},
        {Text::tr("&Runs"), "page-runs", Text::tr("All runs of the workspace")},
        {Text::tr("&Compare"), "page-compare", Text::tr("Variants against each other, over their seeds")},
        {Text::tr("R&outer"), "page-router", Text::tr("What routers decide, and what they get wrong")},
        {Text::tr("&Try"), "page-try", Text::tr("A text, and how trained runs go on with it")},
        {Text::tr("R&eport"), "page-report", Text::tr("What a study asked and answers, to print or send")}};
    for (int row = 0; row < faces.size(); ++row) {
        QAction* action =
            makeAction(window, "", faces[row], QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + row)));
        action->setObjectName(QStringLiteral("page%1").arg(row));
        action->setCheckable(true);
        action->setData(row);
        pages->addAction(action);
    }
}

void WindowActions::makeThemeActions(QMainWindow* window) {
    themes = new QActionGroup(window);
    makeChoice(themes, Text::tr("As the &Desktop"), themeName(Theme::system));
    makeChoice(themes, Text::tr("&Light"), themeName(Theme::light));
    makeChoice(themes, Text::tr("Dar&k"), themeName(Theme::dark));
    fullScreen =
        makeAction(window, "fullScreen", {Text::tr("&Full Screen"), "", {}}, QKeySequence(Qt::Key_F11));
    fullScreen->setCheckable(true);
}

void WindowActions::makeHelpActions(QMainWindow* window) {
    shortcuts = makeAction(window, "shortcuts", {Text::tr("&Keyboard Shortcuts"), "", {}}, {});
    shortcuts->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Question), QKeySequence(Qt::Key_F1)});
    about = makeAction(window, "about", {Text::tr("&About Retort"), "", {}}, {});
    about->setMenuRole(QAction::AboutRole);
}

void WindowActions::fillMenus(QMainWindow* window) {
    QMenu* file = window->menuBar()->addMenu(Text::tr("&File"));
    file->addActions({newStudy, openStudy, saveStudy, saveStudyAs});
    file->addSeparator();
    file->addAction(openWorkspace);
    recentWorkspaces = file->addMenu(Text::tr("Re&cent Workspaces"));
    file->addActions({importRuns, freeSpace});
    file->addSeparator();
    file->addAction(quit);
    edit = window->menuBar()->addMenu(Text::tr("&Edit"));
    edit->addActions({undo, redo});
    QMenu* run = window->menuBar()->addMenu(Text::tr("&Run"));
    run->addActions({runStudy, pause, resume, stop});
    run->addSeparator();
    run->addAction(pauseQueue);
    QMenu* view = window->menuBar()->addMenu(Text::tr("&View"));
    view->addActions(pages->actions());
    view->addSeparator();
    view->addMenu(Text::tr("&Theme"))->addActions(themes->actions());
    view->addAction(fullScreen);
    QMenu* help = window->menuBar()->addMenu(Text::tr("&Help"));
    help->addActions({shortcuts, about});
}

void WindowActions::offerUndo(const QList<QAction*>& ofPage) {
    edit->clear();
    edit->addActions(ofPage.isEmpty() ? QList<QAction*>{undo, redo} : ofPage);
}

QList<WindowActions::Group> WindowActions::withShortcuts() const {
    return {
        {Text::tr("File"), {newStudy, openStudy, saveStudy, saveStudyAs, openWorkspace, importRuns, quit}},
        {Text::tr("Edit"), {undo, redo}},
        {Text::tr("Run"), {runStudy, pause, resume, stop}},
        {Text::tr("View"), pages->actions() + QList<QAction*>{fullScreen}},
        {Text::tr("Help"), {shortcuts}}};
}

} // namespace retort
