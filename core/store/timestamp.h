// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

namespace retort {

using Instant = std::chrono::system_clock::time_point;

/// ISO 8601, UTC, to the millisecond: 2024-07-27T16:21:10.125Z
[[nodiscard]] std::string to_iso8601(Instant instant);

[[nodiscard]] inline std::string now_iso8601() {
    return to_iso8601(std::chrono::system_clock::now());
}

[[nodiscard]] inline std::int64_t milliseconds_since_1970(Instant instant) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count();
}

} // namespace retort
