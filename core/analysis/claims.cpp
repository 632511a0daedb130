// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/claims.h"

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr const char* no_conclusions =
    "The study is marked as one without conclusions; its full form decides.";
constexpr const char* no_difference = "No seed shows a difference, so that no test can be made.";

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

Verdict opposite(Verdict verdict) {
    if (verdict == Verdict::undecided) return verdict;
    return verdict == Verdict::supported ? Verdict::contradicted : Verdict::supported;
}

/// Of the seeds at which every run that the test needs is done and has measured a number.
struct Sample {
    std::vector<double> variant;
    std::vector<double> reference;       ///< the value, of at_most and at_least
    std::vector<std::string> missing;    ///< runs, as variant/seed
    std::vector<std::string> unmeasured; ///< those without the metric

    [[nodiscard]] std::string gap(const std::string& metric) const {
        if (!missing.empty()) return "No finished run of " + joined(missing) + ".";
        if (!unmeasured.empty()) return "No number for " + metric + " of " + joined(unmeasured) + ".";
        if (variant.size() < fewest_pairs)
            return "n is too small: a verdict needs " + std::to_string(fewest_pairs) +
                   " seeds, and these are " + std::to_string(variant.size()) + ".";
        return {};
    }
};

class Collector {
public:
    Collector(const ClaimTest& test, const ClaimValues& values) : test_(test) {
        const auto found = values.find(metric_of(test));
        if (found != values.end()) values_ = &found->second;
    }
    [[nodiscard]] Sample take(std::span<const std::uint64_t> seeds) {
        for (const std::uint64_t seed : seeds) {
            const auto variant = look_up(test_.variant, seed);
            const auto reference =
                compares_variants(test_.kind) ? look_up(test_.reference, seed) : test_.value;
            if (!variant || !reference) continue;
            sample_.variant.push_back(*variant);
            sample_.reference.push_back(*reference);
        }
        return std::move(sample_);
    }

private:
    std::optional<double> look_up(const std::string& variant, std::uint64_t seed) {
        const auto found = values_->find({variant, seed});
        if (found != values_->end() && std::isfinite(found->second)) return found->second;
        (found == values_->end() ? sample_.missing : sample_.unmeasured)
            .push_back(variant + "/" + std::to_string(seed));
        return {};
    }

    const ClaimTest& test_;
    const MetricValues none_;
    const MetricValues* values_ = &none_;
    Sample sample_;
};

std::vector<double> shifted(std::vector<double> values, double by) {
    for (double& value : values)
        value += by;
    return values;
}

/// Two one-sided signed-rank tests, for what a t test cannot take: differences that are all the same.
Equivalence rank_equivalence(const Sample& sample, double difference, double margin) {
    Equivalence result{margin, {}, Verdict::undecided};
    const auto above = signed_rank_test(sample.variant, shifted(sample.reference, -margin)).p;
    const auto below = signed_rank_test(sample.variant, shifted(sample.reference, margin)).p;
    if (!above || !below) return result;
    const bool is_within = std::abs(difference) < margin;
    result.p = is_within ? std::max(*above, *below) / 2 : 1;
    result.verdict = is_within ? Verdict::supported : Verdict::contradicted;
    return result;
}

void measure_comparison(ClaimTestResult& result, const Sample& sample) {
    const PairedDifference difference = paired_difference(sample.variant, sample.reference);
    result.effect = difference.differences.mean;
    result.interval = difference.differences.interval;
    result.signed_rank_p = signed_rank_test(sample.variant, sample.reference).p;
    const bool is_constant = result.n > 1 && !difference.p;
    if (is_constant) result.interval = {*result.effect, *result.effect};
    result.p = is_constant ? result.signed_rank_p : difference.p;
    if (result.test.kind != ClaimKind::alike) return;
    const double margin = result.test.margin.value_or(default_margin);
    const Equivalence alike = is_constant ? rank_equivalence(sample, *result.effect, margin)
                                          : test_equivalence(sample.variant, sample.reference, margin);
    result.p = alike.p;
    result.verdict = alike.verdict;
}

/// The numbers of a test, and of `alike` the verdict that they would bear if no run was missing.
ClaimTestResult measure(const ClaimTest& test, const Sample& sample) {
    ClaimTestResult result;
    result.test = test;
    result.n = sample.variant.size();
    if (compares_variants(test.kind)) {
        measure_comparison(result, sample);
        return result;
    }
    const SampleSummary summary = summarise(sample.variant);
    result.effect = summary.mean;
    result.interval = summary.interval;
    result.p = paired_difference(sample.variant, sample.reference).p;
    return result;
}

/// By Holm over those that have a p.
void adjust(std::vector<ClaimTestResult>& tests) {
    std::vector<ClaimTestResult*> family;
    std::vector<double> p;
    for (ClaimTestResult& result : tests) {
        const bool is_directed =
            result.test.kind == ClaimKind::lower || result.test.kind == ClaimKind::higher;
        if (!is_directed || !result.p) continue;
        family.push_back(&result);
        p.push_back(*result.p);
    }
    const std::vector<double> adjusted = holm_adjusted(p);
    for (std::size_t i = 0; i < family.size(); ++i)
        family[i]->p = adjusted[i];
}

Verdict bound_verdict(const ClaimTestResult& result) {
    if (!result.interval) return Verdict::undecided;
    const double value = *result.test.value;
    const bool is_below = result.interval->high <= value, is_above = result.interval->low >= value;
    if (is_below == is_above)
        return is_below ? Verdict::supported : Verdict::undecided; // all equal the value
    return is_below == (result.test.kind == ClaimKind::at_most) ? Verdict::supported : Verdict::contradicted;
}

Verdict directed_verdict(const ClaimTestResult& result, const Sample& sample) {
    const Verdict lower = is_lower(paired_difference(sample.variant, sample.reference), result.p);
    return result.test.kind == ClaimKind::lower ? lower : opposite(lower);
}

std::string undecided_reason(const ClaimTestResult& result) {
    if (!compares_variants(result.test.kind)) return "The 95 % interval lies on both sides of the value.";
    if (!result.p) return no_difference;
    return result.test.kind == ClaimKind::alike
               ? "The 95 % interval lies partly within the margin and partly beyond it, or p is 0.05 or more."
               : "The seeds do not show a difference: p is 0.05 or more.";
}

void decide(ClaimTestResult& result, const Sample& sample) {
    result.reason = sample.gap(metric_of(result.test));
    if (!result.reason.empty()) {
        result.verdict = Verdict::undecided;
        return;
    }
    if (!compares_variants(result.test.kind))
        result.verdict = bound_verdict(result);
    else if (result.test.kind != ClaimKind::alike)
        result.verdict = directed_verdict(result, sample);
    if (result.verdict == Verdict::undecided) result.reason = undecided_reason(result);
}

std::size_t count(const std::vector<ClaimTestResult>& tests, Verdict verdict) {
    return static_cast<std::size_t>(std::ranges::count(tests, verdict, &ClaimTestResult::verdict));
}

void conclude(ClaimResult& result) {
    const std::string of_all = " of " + std::to_string(result.tests.size());
    const std::size_t against = count(result.tests, Verdict::contradicted);
    const std::size_t open = count(result.tests, Verdict::undecided);
    if (against > 0) {
        result.verdict = Verdict::contradicted;
        result.reason = "Tests that contradict it: " + std::to_string(against) + of_all + ".";
    } else if (open > 0) {
        result.reason =
            std::ranges::find(result.tests, Verdict::undecided, &ClaimTestResult::verdict)->reason;
    } else {
        result.verdict = Verdict::supported;
        result.reason = "Tests that support it: " + std::to_string(result.tests.size()) + of_all + ".";
    }
}

void withhold(ClaimResult& result) {
    result.verdict = Verdict::undecided;
    result.reason = no_conclusions;
    for (ClaimTestResult& test : result.tests) {
        test.verdict = Verdict::undecided;
        test.reason = no_conclusions;
    }
}

} // namespace

ClaimResult assess_claim(const Claim& claim, std::span<const std::uint64_t> seeds, const ClaimValues& values,
                         bool conclusions) {
    ClaimResult result;
    result.claim = claim;
    std::vector<Sample> samples;
    for (const ClaimTest& test : claim.tests) {
        samples.push_back(Collector(test, values).take(seeds));
        result.tests.push_back(measure(test, samples.back()));
    }
    adjust(result.tests);
    for (std::size_t i = 0; i < samples.size(); ++i)
        decide(result.tests[i], samples[i]);
    conclude(result);
    if (!conclusions) withhold(result);
    return result;
}

} // namespace retort
