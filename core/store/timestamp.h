// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace retort {

using Instant = std::chrono::system_clock::time_point;

/// ISO 8601, UTC, to the millisecond: 2024-07-27T16:21:10.125Z
[[nodiscard]] std::string to_iso8601(Instant instant);

/// The inverse; nothing for another text.
[[nodiscard]] std::optional<Instant> instant_in(const std::string& iso8601);

[[nodiscard]] inline std::string now_iso8601() {
    return to_iso8601(std::chrono::system_clock::now());
}

[[nodiscard]] inline std::int64_t milliseconds_since_1970(Instant instant) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count();
}

[[nodiscard]] inline double seconds_since_1970(Instant instant) {
    return std::chrono::duration<double>(instant.time_since_epoch()).count();
}

/// To the millisecond.
[[nodiscard]] Instant instant_of(double seconds_since_1970);

} // namespace retort
