// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ulid.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <random>

namespace retort {
namespace {

constexpr std::uint64_t forty_bits = 0xFF'FFFF'FFFFu;

struct Parts {
    std::uint64_t milliseconds = 0;
    std::uint64_t high = 0; ///< 40 random bits each
    std::uint64_t low = 0;
};

std::uint64_t milliseconds_now() {
    using namespace std::chrono;
    return static_cast<std::uint64_t>(
        duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

/// Random, or one more than the last of the same millisecond (and of a clock that was set back).
Parts parts_after(const Parts& last) {
    const std::uint64_t now = milliseconds_now();
    if (now <= last.milliseconds) {
        const std::uint64_t low = (last.low + 1) & forty_bits;
        return {last.milliseconds, last.high + (low == 0 ? 1 : 0), low};
    }
    std::random_device source;
    const auto random40 = [&] { return (std::uint64_t{source()} << 8 | (source() & 255u)) & forty_bits; };
    return {now, random40() >> 1, random40()}; // half of the numbers are left to count up
}

void append_base32(std::string& text, std::uint64_t value, int digits) {
    static constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (int shift = 5 * (digits - 1); shift >= 0; shift -= 5)
        text += alphabet[(value >> shift) & 31];
}

} // namespace

std::string new_ulid() {
    static std::mutex mutex;
    static Parts last;
    const std::scoped_lock lock(mutex);
    last = parts_after(last);
    std::string text;
    append_base32(text, last.milliseconds, 10);
    append_base32(text, last.high, 8);
    append_base32(text, last.low, 8);
    return text;
}

} // namespace retort
