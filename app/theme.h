// SPDX-License-Identifier: GPL-3.0-or-later
// Light, dark, or as the desktop has it.
#pragma once

#include <QString>

namespace retort {

enum class Theme { system, light, dark };

[[nodiscard]] QString themeName(Theme theme);
/// `system` for a name that is none.
[[nodiscard]] Theme themeOf(const QString& name);

/// Makes the icons of this library known to Qt; as often as one likes.
void initWindowResources();

/// Sets style and palette of the application; widgets hear it as a PaletteChange.
void applyTheme(Theme theme);

} // namespace retort
