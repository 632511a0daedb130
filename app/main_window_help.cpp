// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"
#include "app/shortcuts_dialog.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QMessageBox>
#include <QStackedWidget>

namespace retort {

void MainWindow::connectHelpActions() {
    connect(m_actions.about, &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_actions.shortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
}

/// Beside the window, so that keys can be tried while it is read.
void MainWindow::showShortcuts() {
    const QList<WindowActions::Group> menus = m_actions.withShortcuts();
    QList<ShortcutGroup> groups;
    for (const WindowActions::Group& menu : menus)
        groups << shortcutsOf(menu);
    for (const QAction* page : m_actions.pages->actions()) {
        const QString title = tr("On the page %1").arg(page->text().remove(QLatin1Char('&')));
        groups << shortcutsWithin(title, *m_pages->widget(page->data().toInt()), menus);
    }
    groups << shortcutsOfPlots();
    auto* dialog = new ShortcutsDialog(groups, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::showAbout() {
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Retort"),
                                tr("<h3>Retort %1</h3>").arg(QApplication::applicationVersion()),
                                QMessageBox::Close, this);
    box->setInformativeText(
        tr("<p>A workbench for distilling a multilingual teacher into small, modular language "
           "models: design a study, watch it train, compare what comes out.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later. It uses "
           "Qt %1, QCustomPlot, LibTorch, SQLite and SentencePiece.</p>")
            .arg(QLatin1String(qVersion())));
    box->setIconPixmap(windowIcon().pixmap(64));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace retort
