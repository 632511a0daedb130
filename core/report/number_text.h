// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and fields of the files that leave the laboratory, in the C locale.
#pragma once

#include <string>

namespace retort {

/// The fewest digits that read back exactly; NaN, Infinity and -Infinity are spelt so.
[[nodiscard]] std::string exact_number(double value);
/// `digits` significant ones, without an exponent for numbers of common size; a minus sign, not a hyphen.
[[nodiscard]] std::string shown_number(double value, int digits = 4);
/// A field of RFC 4180, in quotation marks where it needs them.
[[nodiscard]] std::string csv_field(const std::string& text);

} // namespace retort
