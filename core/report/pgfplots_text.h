// SPDX-License-Identifier: GPL-3.0-or-later
// What the writers of pgfplots share.
#pragma once

#include "report/figure.h"

#include <set>
#include <string>

namespace retort::pgfplots {

/// As pgfplots reads numbers.
[[nodiscard]] std::string number(double value);
[[nodiscard]] std::string length(double points);
[[nodiscard]] std::string colour_name(int style);
[[nodiscard]] std::string colour_definitions(const std::set<int>& styles);
/// ",\n  xlabel=…", with scale and range.
[[nodiscard]] std::string axis_options(char letter, const FigureAxis& axis);
/// Places and words of ticks, as ",\n  xtick={…}, xticklabels={…}".
[[nodiscard]] std::string tick_options(char letter, const std::vector<FigureTick>& ticks);
/// "\begin{axis}[…", to which options are added.
[[nodiscard]] std::string axis_head(double width, double height);
/// Options of points that have whiskers of their own lengths along the axes of `letters`.
[[nodiscard]] std::string whiskers(const std::string& letters);

/// Within a tikzpicture.
[[nodiscard]] std::string written(const PointFigure& figure, double width, double height);
[[nodiscard]] std::string written(const ParallelFigure& figure, double width, double height);

} // namespace retort::pgfplots
