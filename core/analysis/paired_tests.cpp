// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/paired_tests.h"

#include "analysis/ranks.h"
#include "analysis/student_t.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace retort {
namespace {

std::vector<double> subtract(std::span<const double> x, std::span<const double> y) {
    std::vector<double> differences(std::min(x.size(), y.size()));
    for (std::size_t i = 0; i < differences.size(); ++i)
        differences[i] = x[i] - y[i];
    return differences;
}

double largest_size(std::span<const double> values) {
    double largest = 0;
    for (const double value : values)
        largest = std::max(largest, std::abs(value));
    return largest;
}

/// Whether differences of numbers of this size are more than the rounding of them.
bool does_vary(const SampleSummary& differences, double size) {
    return differences.standard_deviation &&
           *differences.standard_deviation > 8 * std::numeric_limits<double>::epsilon() * size;
}

/// Probability of each doubled sum of positive ranks when every sign is a fair coin.
std::vector<double> rank_sum_distribution(const std::vector<std::size_t>& ranks) {
    std::vector<double> probability(std::accumulate(ranks.begin(), ranks.end(), std::size_t{1}));
    probability[0] = 1;
    std::size_t reached = 0;
    for (const std::size_t rank : ranks) {
        reached += rank;
        for (std::size_t sum = reached + 1; sum-- > 0;)
            probability[sum] = 0.5 * (probability[sum] + (sum >= rank ? probability[sum - rank] : 0));
    }
    return probability;
}

/// The distribution is symmetric, so that the two tails are as likely.
double two_sided(const std::vector<double>& probability, std::size_t sum) {
    const std::size_t tail = std::min(sum, probability.size() - 1 - sum);
    const auto end = probability.begin() + static_cast<std::ptrdiff_t>(tail) + 1;
    return std::min(1.0, 2 * std::accumulate(probability.begin(), end, 0.0));
}

/// In place: over +margin contradicts, under -margin too.
bool is_outside(const std::optional<Interval>& interval, double margin) {
    return interval && (interval->low > margin || interval->high < -margin);
}

} // namespace

std::string_view verdict_word(Verdict verdict) noexcept {
    switch (verdict) {
    case Verdict::supported:
        return "supported";
    case Verdict::contradicted:
        return "contradicted";
    case Verdict::undecided:
        break;
    }
    return "undecided";
}

PairedDifference paired_difference(std::span<const double> x, std::span<const double> y, double confidence) {
    const std::vector<double> differences = subtract(x, y);
    PairedDifference result;
    result.n = differences.size();
    result.differences = summarise(differences, confidence);
    if (!does_vary(result.differences, std::max(largest_size(x), largest_size(y)))) {
        result.differences.interval.reset();
        return result;
    }
    const double mean = *result.differences.mean;
    result.t = mean / *result.differences.standard_error;
    result.p = student_t_two_sided(*result.t, static_cast<double>(result.n - 1));
    result.effect_size = mean / *result.differences.standard_deviation;
    return result;
}

Equivalence test_equivalence(std::span<const double> x, std::span<const double> y, double margin,
                             double level) {
    Equivalence result{margin, {}, Verdict::undecided};
    const PairedDifference difference = paired_difference(x, y, 1 - level);
    if (!difference.t) return result;
    const double mean = *difference.differences.mean, error = *difference.differences.standard_error;
    const double df = static_cast<double>(difference.n - 1);
    result.p =
        std::max(student_t_tail((mean + margin) / error, df), student_t_tail((margin - mean) / error, df));
    if (difference.n < fewest_pairs) return result;
    if (*result.p < level) result.verdict = Verdict::supported;
    if (is_outside(difference.differences.interval, margin)) result.verdict = Verdict::contradicted;
    return result;
}

SignedRank signed_rank_test(std::span<const double> x, std::span<const double> y) {
    std::vector<double> differences = subtract(x, y);
    if (!are_finite(differences)) return {};
    std::erase(differences, 0.0);
    std::vector<double> sizes;
    for (const double difference : differences)
        sizes.push_back(std::abs(difference));
    const std::vector<std::size_t> ranks = doubled_ranks(sizes);
    std::size_t positive = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i)
        if (differences[i] > 0) positive += ranks[i];
    SignedRank result;
    result.n = differences.size();
    result.positive = static_cast<double>(positive) / 2;
    result.is_too_small = result.n < fewest_pairs;
    if (!result.is_too_small) result.p = two_sided(rank_sum_distribution(ranks), positive);
    return result;
}

std::vector<double> holm_adjusted(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> adjusted(p.size());
    double largest = 0;
    for (std::size_t place = 0; place < order.size(); ++place) {
        const double scaled = static_cast<double>(p.size() - place) * p[order[place]];
        adjusted[order[place]] = largest = std::max(largest, std::min(1.0, scaled));
    }
    return adjusted;
}

Verdict is_lower(const PairedDifference& difference, std::optional<double> p, double level) {
    if (difference.n < fewest_pairs || !p || !difference.differences.mean || !(*p < level))
        return Verdict::undecided;
    return *difference.differences.mean < 0 ? Verdict::supported : Verdict::contradicted;
}

} // namespace retort
