// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace retort {

/// White space by signs for it: ␣ ⇥ ⏎, and other control characters by their pictures. For a token shown
/// alone.
[[nodiscard]] QString visibleText(QString text);

/// In one line, cut to `length` letters.
[[nodiscard]] QString excerptOf(const QString& text, int length = 160);

} // namespace retort
