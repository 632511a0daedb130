// SPDX-License-Identifier: GPL-3.0-or-later
// Counter-based random numbers: a value is a pure function of who asks for it and the how-manieth it is, so
// that nothing needs to be saved to resume, and the CPU and a GPU draw the same. Source: Salmon et al.,
// "Parallel random numbers: as easy as 1, 2, 3", SC 2011 (Philox4x32-10).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace retort {

using PhiloxKey = std::array<std::uint32_t, 2>;
using PhiloxBlock = std::array<std::uint32_t, 4>;

/// One block of Philox4x32 with ten rounds.
[[nodiscard]] constexpr PhiloxBlock philox(PhiloxBlock counter, PhiloxKey key) noexcept {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = std::uint64_t{0xD2511F53u} * counter[0];
        const std::uint64_t b = std::uint64_t{0xCD9E8D57u} * counter[2];
        counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
                   static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
        key[0] += 0x9E3779B9u;
        key[1] += 0xBB67AE85u;
    }
    return counter;
}

/// A stream of numbers named by (seed, purpose, name), e.g. (1, "init", "transformer.wte.weight").
/// Streams of different names are independent; `at` may be called in any order from any thread.
class RandomStream {
public:
    RandomStream(std::uint64_t seed, std::string_view purpose, std::string_view name = {}) noexcept;

    /// 64 bits of the element (step, index).
    [[nodiscard]] std::uint64_t bits(std::uint64_t step, std::uint64_t index) const noexcept;
    /// Uniform in [0, bound), without the bias of a remainder for any bound that fits into 32 bits in
    /// practice.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound, std::uint64_t step,
                                      std::uint64_t index) const noexcept;
    /// Standard normal (Box and Muller), in double precision.
    [[nodiscard]] double normal(std::uint64_t step, std::uint64_t index) const noexcept;

    [[nodiscard]] PhiloxKey key() const noexcept { return key_; }
    /// Block whose counter is (index, step); for kernels that draw many at once.
    [[nodiscard]] PhiloxBlock block(std::uint64_t step, std::uint64_t index) const noexcept;

private:
    PhiloxKey key_{};
};

} // namespace retort
