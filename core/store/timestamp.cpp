// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/timestamp.h"

#include <array>
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

} // namespace retort
