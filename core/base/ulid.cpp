// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ulid.h"

#include <chrono>
#include <cstdint>
#include <random>

namespace retort {
namespace {

void append_base32(std::string& text, std::uint64_t value, int digits) {
    static constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (int shift = 5 * (digits - 1); shift >= 0; shift -= 5)
        text += alphabet[(value >> shift) & 31];
}

} // namespace

std::string new_ulid() {
    using namespace std::chrono;
    const auto now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    std::random_device source;
    const auto random40 = [&] {
        return (std::uint64_t{source()} << 8 | (source() & 255u)) & 0xFF'FFFF'FFFFu;
    };
    std::string text;
    append_base32(text, static_cast<std::uint64_t>(now), 10);
    append_base32(text, random40(), 8);
    append_base32(text, random40(), 8);
    return text;
}

} // namespace retort
