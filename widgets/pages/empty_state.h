// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace retort {

/// Centred words where there is nothing to show yet: what is so, and what to do next. `actions` stand below
/// them; null: none.
[[nodiscard]] QWidget* createEmptyState(const QString& title, const QString& nextStep,
                                        QWidget* actions = nullptr);

} // namespace retort
