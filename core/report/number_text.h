// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of the files that leave the laboratory, as they are read, in the C locale.
#pragma once

#include <string>

namespace retort {

/// `digits` significant ones, without an exponent for numbers of common size; a minus sign, not a hyphen.
[[nodiscard]] std::string shown_number(double value, int digits = 4);

} // namespace retort
