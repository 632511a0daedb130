// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_clock.h"

#include <QString>

class QComboBox;

namespace retort {

[[nodiscard]] QString axisName(XAxis axis);

/// Every horizontal axis by name, the axis as the item's data.
void addXAxes(QComboBox& choice);

} // namespace retort
