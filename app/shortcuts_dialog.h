// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window_actions.h"

#include <QDialog>
#include <QList>

#include <utility>

namespace retort {

struct ShortcutGroup {
    QString title;
    QList<std::pair<QString, QString>> keys; ///< a command, and its keys as the desktop writes them
};

/// Of the commands of a menu.
[[nodiscard]] ShortcutGroup shortcutsOf(const WindowActions::Group& menu);

/// Of the actions on a page and of its QShortcuts that have a `whatsThis`, but those of the menus.
[[nodiscard]] ShortcutGroup shortcutsWithin(const QString& title, const QWidget& page,
                                            const QList<WindowActions::Group>& menus);

/// Those that work in every plot.
[[nodiscard]] ShortcutGroup shortcutsOfPlots();

/// All keys on one sheet.
class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    ShortcutsDialog(const QList<ShortcutGroup>& groups, QWidget* parent);
};

} // namespace retort
