// SPDX-License-Identifier: GPL-3.0-or-later
// Windows of a value axis.
#pragma once

#include "analysis/pyramid.h"

#include <QString>
#include <optional>

namespace retort {

class Curve;

/// Room for the finite values (the positive ones on a logarithmic axis) and a little air; none without any.
[[nodiscard]] std::optional<Window> fittingWindow(const Extent& extent, bool isLogarithmic);

/// Whether `shown` holds `wanted` and is not much wider.
[[nodiscard]] bool isGoodFit(Window shown, Window wanted, bool isLogarithmic);

/// By a factor around a value that stays where it is.
[[nodiscard]] Window zoomed(Window window, double factor, double value, bool isLogarithmic);

/// By a share of its height.
[[nodiscard]] Window moved(Window window, double share, bool isLogarithmic);

/// ", falling", ", rising", ", level" over the last fifth of a curve; empty for less than ten points.
[[nodiscard]] QString trendText(const Curve& curve);

} // namespace retort
