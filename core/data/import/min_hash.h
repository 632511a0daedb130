// SPDX-License-Identifier: GPL-3.0-or-later
// Near duplicates by MinHash with one permutation. Sources: Broder, "On the resemblance and containment of
// documents", 1997; Li, Owen and Zhang, "One permutation hashing", NIPS 2012; Shrivastava, "Optimal
// densification for fast and accurate minwise hashing", ICML 2017; Li and König, "b-bit minwise hashing",
// WWW 2010.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace retort {

inline constexpr std::size_t min_hash_bands = 20;
inline constexpr std::size_t min_hash_rows = 6;
inline constexpr std::size_t min_hash_bins = min_hash_bands * min_hash_rows;

/// Eight bits of each bin's minimum.
using MinHashSignature = std::array<std::uint8_t, min_hash_bins>;

struct MinHash {
    MinHashSignature signature{};
    /// Documents that share one are worth comparing: those of Jaccard similarity 0.8 share one with a
    /// probability of 0.998, of 0.7 with 0.92, of 0.4 with 0.08.
    std::array<std::uint64_t, min_hash_bands> bands{};
};

/// Gathers the five-word shingles of one document.
class MinHasher {
public:
    MinHasher() { begin(); }
    void begin();
    void word(std::uint64_t hash);
    /// `salt`: what else documents must share to be compared. False when there was no word.
    [[nodiscard]] bool finish(std::uint64_t salt, MinHash& hash);

private:
    static constexpr std::size_t shingle = 5;
    void add(std::uint64_t value);
    void densify();

    std::array<std::uint64_t, min_hash_bins> minima_;
    std::array<std::uint64_t, shingle> last_; ///< words, in a ring
    std::size_t words_ = 0;
    std::uint64_t rolling_ = 0;
};

/// Estimate of the Jaccard similarity of the documents' shingles, with a standard error of at most 0.046.
[[nodiscard]] double similarity(const MinHashSignature& a, const MinHashSignature& b);

} // namespace retort
