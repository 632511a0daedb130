// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace retort {

/// A flat button with words; Tab reaches it, as it reaches every other control.
[[nodiscard]] QToolButton* createToolButton(const char* name, const QString& text, const QString& help);

} // namespace retort
