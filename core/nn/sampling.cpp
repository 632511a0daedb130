// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace retort {
namespace {

using Log = std::span<const float>;

/// Places of the `most` largest in order, or of all.
std::vector<std::int64_t> ranking(Log log_probabilities, std::size_t most) {
    std::vector<std::int64_t> order(log_probabilities.size());
    std::iota(order.begin(), order.end(), 0);
    const auto comes_first = [&](std::int64_t a, std::int64_t b) {
        const float x = log_probabilities[static_cast<std::size_t>(a)],
                    y = log_probabilities[static_cast<std::size_t>(b)];
        return x != y ? x > y : a < b;
    };
    const std::size_t count = std::min(most, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                      comes_first);
    order.resize(count);
    return order;
}

void normalise(std::vector<TokenChance>& chances) {
    double sum = 0;
    for (const TokenChance& one : chances)
        sum += one.probability;
    for (TokenChance& one : chances)
        one.probability /= sum;
}

/// Cuts after the token that reaches `share`.
void keep_nucleus(std::vector<TokenChance>& chances, double share) {
    double sum = 0;
    for (std::size_t i = 0; i < chances.size(); ++i) {
        sum += chances[i].probability;
        if (sum >= share) return chances.resize(i + 1);
    }
}

} // namespace

std::vector<TokenChance> chances(Log log_probabilities, const SamplingRule& rule) {
    const auto limit = rule.temperature == 0 ? 1
                       : rule.top_k > 0      ? static_cast<std::size_t>(rule.top_k)
                                             : log_probabilities.size();
    std::vector<TokenChance> kept;
    for (const std::int64_t token : ranking(log_probabilities, limit)) {
        const double below_best = kept.empty()
                                      ? 0.0
                                      : double(log_probabilities[static_cast<std::size_t>(token)]) -
                                            log_probabilities[static_cast<std::size_t>(kept[0].token)];
        kept.push_back({token, rule.temperature == 0 ? 1.0 : std::exp(below_best / rule.temperature)});
    }
    normalise(kept);
    if (rule.top_p >= 1) return kept;
    keep_nucleus(kept, rule.top_p);
    normalise(kept);
    return kept;
}

std::int64_t draw(std::span<const TokenChance> chances, double uniform) {
    double sum = 0;
    for (const TokenChance& one : chances) {
        sum += one.probability;
        if (uniform < sum) return one.token;
    }
    return chances.back().token; // rounding left the sum below 1
}

std::vector<TokenChance> most_probable(Log log_probabilities, std::size_t most) {
    std::vector<TokenChance> best;
    for (const std::int64_t token : ranking(log_probabilities, most))
        best.push_back({token, std::exp(double(log_probabilities[static_cast<std::size_t>(token)]))});
    return best;
}

} // namespace retort
