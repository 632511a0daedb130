// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/philox.h"

#include <cmath>
#include <numbers>

namespace retort {
namespace {

std::uint64_t fnv1a(std::uint64_t hash, std::string_view text) noexcept {
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return (hash ^ 0xFFu) * 0x100000001B3u; // an end mark, so that ("ab", "c") and ("a", "bc") differ
}

std::uint64_t mix(std::uint64_t x) noexcept { // the finaliser of SplitMix64
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

double unit(std::uint64_t bits) noexcept { // in (0, 1]
    return (static_cast<double>(bits >> 11) + 1.0) * 0x1.0p-53;
}

} // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view purpose, std::string_view name) noexcept {
    const std::uint64_t hash = mix(mix(seed) ^ fnv1a(fnv1a(0xCBF29CE484222325u, purpose), name));
    key_ = {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
}

PhiloxBlock RandomStream::block(std::uint64_t step, std::uint64_t index) const noexcept {
    return philox({static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32),
                   static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(step >> 32)},
                  key_);
}

std::uint64_t RandomStream::bits(std::uint64_t step, std::uint64_t index) const noexcept {
    const PhiloxBlock b = block(step, index);
    return (std::uint64_t{b[1]} << 32) | b[0];
}

std::uint64_t RandomStream::below(std::uint64_t bound, std::uint64_t step,
                                  std::uint64_t index) const noexcept {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(bits(step, index)) * bound) >> 64);
}

double RandomStream::normal(std::uint64_t step, std::uint64_t index) const noexcept {
    const PhiloxBlock b = block(step, index);
    const double radius = std::sqrt(-2.0 * std::log(unit((std::uint64_t{b[1]} << 32) | b[0])));
    return radius * std::cos(2.0 * std::numbers::pi * unit((std::uint64_t{b[3]} << 32) | b[2]));
}

} // namespace retort
