// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that opens dialogs on the workspace; they stand beside it, one of each. A closed one
// is only hidden, so that what it has begun goes on.
#include "app/import_dialog.h"
#include "app/main_window.h"
#include "app/space_dialog.h"

#include <QAction>

namespace retort {

template <class Dialog>
void MainWindow::openBeside() {
    auto* dialog = findChild<Dialog*>();
    if (dialog == nullptr) dialog = new Dialog(m_workspace->workspace(), this);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void MainWindow::connectWorkspaceDialogs() {
    connect(m_actions.importRuns, &QAction::triggered, this, [this] { openBeside<ImportDialog>(); });
    connect(m_actions.freeSpace, &QAction::triggered, this, [this] { openBeside<SpaceDialog>(); });
}

/// They belong to the workspace that was open.
void MainWindow::closeWorkspaceDialogs() {
    qDeleteAll(findChildren<ImportDialog*>());
    qDeleteAll(findChildren<SpaceDialog*>());
}

} // namespace retort
