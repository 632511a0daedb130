// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace retort {

/// A new run id: 26 characters of Crockford base 32 that sort by the time of their making (ULID
/// specification: 48 bits of milliseconds, 80 random bits). Any thread.
[[nodiscard]] std::string new_ulid();

} // namespace retort
