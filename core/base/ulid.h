// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace retort {

/// A new run id: 26 characters of Crockford base 32 (ULID specification: 48 bits of milliseconds, 80 random
/// bits). Those of one process sort in the order of their making, those of several by its millisecond. Any
/// thread.
[[nodiscard]] std::string new_ulid();

} // namespace retort
