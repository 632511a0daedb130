// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/min_hash.h"

#include "data/import/words.h"

#include <algorithm>

namespace retort {
namespace {

constexpr std::uint64_t no_minimum = ~std::uint64_t{0};
constexpr std::uint64_t base = 0x9E3779B97F4A7C15u; // odd: the hash of a shingle is a polynomial in it

constexpr std::uint64_t power(std::uint64_t value, std::size_t exponent) {
    return exponent == 0 ? 1 : value * power(value, exponent - 1);
}

constexpr std::size_t bin_of(std::uint64_t value) {
    return static_cast<std::size_t>((value >> 32) * min_hash_bins >> 32);
}

} // namespace

void MinHasher::begin() {
    minima_.fill(no_minimum);
    last_.fill(0);
    words_ = 0;
    rolling_ = 0;
}

void MinHasher::word(std::uint64_t hash) {
    constexpr std::uint64_t leaving = power(base, shingle);
    std::uint64_t& oldest = last_[words_ % shingle];
    rolling_ = rolling_ * base + hash - oldest * leaving;
    oldest = hash;
    if (++words_ >= shingle) add(rolling_);
}

/// The high half chooses the bin, the low half is what the bin takes the minimum of.
void MinHasher::add(std::uint64_t value) {
    const std::uint64_t mixed = mix_bits(value);
    std::uint64_t& minimum = minima_[bin_of(mixed)];
    minimum = std::min(minimum, mixed & 0xFFFFFFFFu);
}

/// An empty bin takes the minimum of another, which the bin alone chooses.
void MinHasher::densify() {
    const auto filled = minima_;
    for (std::size_t bin = 0; bin < min_hash_bins; ++bin)
        for (std::uint64_t attempt = 1; minima_[bin] == no_minimum; ++attempt)
            minima_[bin] = filled[bin_of(mix_bits(bin << 32 | attempt))];
}

bool MinHasher::finish(std::uint64_t salt, MinHash& hash) {
    if (words_ == 0) return false;
    if (words_ < shingle) add(rolling_);
    densify();
    for (std::size_t bin = 0; bin < min_hash_bins; ++bin)
        hash.signature[bin] = static_cast<std::uint8_t>(mix_bits(minima_[bin] ^ bin << 32) >> 56);
    for (std::size_t band = 0; band < min_hash_bands; ++band) {
        std::uint64_t value = mix_bits(salt + band);
        for (std::size_t row = 0; row < min_hash_rows; ++row)
            value = mix_bits(value ^ minima_[band * min_hash_rows + row]);
        hash.bands[band] = value;
    }
    return true;
}

double similarity(const MinHashSignature& a, const MinHashSignature& b) {
    std::size_t alike = 0;
    for (std::size_t bin = 0; bin < min_hash_bins; ++bin)
        alike += a[bin] == b[bin] ? 1 : 0;
    constexpr double by_chance = 1.0 / 256; // that eight bits agree
    const double share = static_cast<double>(alike) / static_cast<double>(min_hash_bins);
    return std::max(0.0, (share - by_chance) / (1 - by_chance));
}

} // namespace retort
