// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace retort {

/// `font` in bold; without one, what a model gives for a cell that stands out.
[[nodiscard]] inline QFont boldFont(QFont font = {}) {
    font.setBold(true);
    return font;
}

} // namespace retort
