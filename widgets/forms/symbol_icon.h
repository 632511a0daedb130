// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPalette>

namespace retort {

/// The icon resources/icons/<name>.svg in the colours of the application's palette at the time it is painted,
/// so that it survives a change of theme. `role` chooses the colour, e.g. ButtonText on a coloured button.
[[nodiscard]] QIcon symbolIcon(const char* name, QPalette::ColorRole role = QPalette::WindowText);

/// The same in one fixed colour.
[[nodiscard]] QIcon symbolIcon(const char* name, const QColor& color);

} // namespace retort
