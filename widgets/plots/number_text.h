// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as a person reads them, in the language of the window. Files use fileNumber().
#pragma once

#include <QString>
#include <cstdint>
#include <optional>

namespace retort {

/// Four significant digits: 3.412, 0.0005, 1.25e-7; NaN and ±∞ by name.
[[nodiscard]] QString numberText(double value, int digits = 4);
/// 950, 12.4k, 3.07M, 1.2G.
[[nodiscard]] QString countText(double value);
/// 42 s, 3:05 min, 2:10 h, 3.5 d.
[[nodiscard]] QString durationText(double seconds);
/// 42s, 3:05, 2:10:00, for the ticks of an axis.
[[nodiscard]] QString clockText(double seconds);
/// 0.9812: a score or a probability.
[[nodiscard]] QString decimalText(double value, int decimals = 4);
/// 12,345: all digits.
[[nodiscard]] QString wholeText(std::int64_t value);
/// In the place of a number that is not there.
[[nodiscard]] QString dash();
/// Shortest text that reads back as the same double, with a point whatever the language; NaN, Infinity,
/// -Infinity.
[[nodiscard]] QString fileNumber(double value);
/// Empty for none.
[[nodiscard]] QString fileNumber(const std::optional<double>& value);

} // namespace retort
