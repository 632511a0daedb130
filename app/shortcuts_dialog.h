// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window_actions.h"

#include <QDialog>

namespace retort {

/// The keys of all commands of the menus, on one sheet.
class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    ShortcutsDialog(const QList<WindowActions::Group>& groups, QWidget* parent);
};

} // namespace retort
