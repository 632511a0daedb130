// SPDX-License-Identifier: GPL-3.0-or-later
// Which token comes next, drawn from a model's log probabilities.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace retort {

/// Applied in this order: temperature, top-k, top-p.
struct SamplingRule {
    double temperature = 1; ///< p ∝ p^(1/T); 0: always the most probable
    std::int64_t top_k = 0; ///< only the k most probable; 0: all
    double top_p = 1;       ///< only the fewest most probable whose probabilities reach p (nucleus)
};

struct TokenChance {
    std::int64_t token = 0;
    double probability = 0;
};

/// The tokens that may be drawn, most probable first, equals by their number, with probabilities that add up
/// to 1.
[[nodiscard]] std::vector<TokenChance> chances(std::span<const float> log_probabilities,
                                               const SamplingRule& rule);

/// The first token at which the sum of probabilities passes `uniform` in [0, 1).
[[nodiscard]] std::int64_t draw(std::span<const TokenChance> chances, double uniform);

/// The most probable tokens with the model's own probabilities, most probable first, equals by their number.
[[nodiscard]] std::vector<TokenChance> most_probable(std::span<const float> log_probabilities,
                                                     std::size_t most);

} // namespace retort
