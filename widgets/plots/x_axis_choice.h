// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_clock.h"

#include <QString>

class QComboBox;

namespace retort {

[[nodiscard]] QString axisName(XAxis axis);

/// "Step 12,400", "1.23M tokens", "2:10 h": a place on it.
[[nodiscard]] QString placeText(XAxis axis, double position);

/// Every horizontal axis by name, the axis as the item's data.
void addXAxes(QComboBox& choice);

} // namespace retort
