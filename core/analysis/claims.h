// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the runs of a study bear out what it claims (spec/claim_spec.h). The seeds are those that the study
// names: a verdict waits for all of them, so that nobody can stop where the numbers please.
#pragma once

#include "analysis/paired_tests.h"
#include "spec/claim_spec.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace retort {

/// A metric by variant and seed, of runs that are done; NaN where a run has not measured it. A run that is
/// not there is missing.
using MetricValues = std::map<std::pair<std::string, std::uint64_t>, double>;
/// By the text of the metric.
using ClaimValues = std::map<std::string, MetricValues>;

/// In the unit of the metric.
struct ClaimTestResult {
    ClaimTest test;
    std::size_t n = 0; ///< seeds that have what the test needs
    /// Mean over the seeds of variant − reference; of at_most and at_least, of the variant itself.
    std::optional<double> effect;
    std::optional<Interval> interval; ///< of the effect, 95 %
    /// alike: of two one-sided tests (test_equivalence). lower, higher: two-sided paired t, by Holm over the
    /// claim's tests of these kinds. at_most, at_least: two-sided t against the value.
    std::optional<double> p;
    std::optional<double> signed_rank_p; ///< of comparisons; see signed_rank_test
    Verdict verdict = Verdict::undecided;
    std::string reason; ///< why it is undecided, as a sentence; empty: it is not
};

struct ClaimResult {
    Claim claim;
    Verdict verdict = Verdict::undecided; ///< contradicted if any test is, supported if all are
    std::string reason;                   ///< one sentence
    std::vector<ClaimTestResult> tests;
};

/// What a study claims, and what its finished runs say to it. Runs are named variant/seed.
struct StudyClaims {
    std::string study;
    std::string title;
    bool conclusions = true;
    std::vector<std::uint64_t> seeds; ///< for which the verdicts wait
    std::vector<ClaimResult> claims;  ///< in the order of the file
    std::vector<std::string> missing; ///< runs that a test asks for and that are not finished
    /// Runs that went into the verdicts and were made by another specification than the text has now: with
    /// --set, or before the text was changed.
    std::vector<std::string> deviating;
};

/// At 5 %. alike, lower and higher as in paired_tests.h; when all seeds show the same difference, which a t
/// test cannot take, the signed-rank test decides. at_most and at_least are decided when the interval lies
/// wholly on one side of the value. Without `conclusions` everything is undecided, with its numbers.
[[nodiscard]] ClaimResult assess_claim(const Claim& claim, std::span<const std::uint64_t> seeds,
                                       const ClaimValues& values, bool conclusions = true);

} // namespace retort
