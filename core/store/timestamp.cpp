// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/timestamp.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>

namespace retort {

std::string to_iso8601(Instant instant) {
    const std::int64_t total = milliseconds_since_1970(instant);
    const std::time_t seconds = static_cast<std::time_t>(total / 1000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text.data() + length, text.size() - length, ".%03dZ", static_cast<int>(total % 1000));
    return text.data();
}

std::optional<Instant> instant_in(const std::string& iso8601) {
    std::tm parts{};
    int milliseconds = 0, length = 0;
    if (std::sscanf(iso8601.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ%n", &parts.tm_year, &parts.tm_mon,
                    &parts.tm_mday, &parts.tm_hour, &parts.tm_min, &parts.tm_sec, &milliseconds,
                    &length) != 7 ||
        length != static_cast<int>(iso8601.size()))
        return {};
    parts.tm_year -= 1900;
    parts.tm_mon -= 1;
    return std::chrono::system_clock::from_time_t(::timegm(&parts)) + std::chrono::milliseconds(milliseconds);
}

Instant instant_of(double seconds_since_1970) {
    return Instant(std::chrono::milliseconds(std::llround(seconds_since_1970 * 1000)));
}

} // namespace retort
