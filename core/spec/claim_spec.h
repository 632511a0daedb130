// SPDX-License-Identifier: GPL-3.0-or-later
// What a study claims, as tests on the numbers of its runs, paired by seed. Told before the runs are made, so
// that what counts as an answer is not chosen by looking at it.
#pragma once

#include "spec/field.h"
#include "spec/run_spec_json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

enum class ClaimKind {
    alike,   ///< variant − reference lies within ± margin
    lower,   ///< the variant's metric is lower than the reference's
    higher,  ///< it is higher
    at_most, ///< the variant's metric is `value` or less
    at_least ///< it is `value` or more
};

template <>
struct EnumNames<ClaimKind> {
    static constexpr std::array<std::pair<ClaimKind, std::string_view>, 5> values = {
        {{ClaimKind::alike, "alike"},
         {ClaimKind::lower, "lower"},
         {ClaimKind::higher, "higher"},
         {ClaimKind::at_most, "at_most"},
         {ClaimKind::at_least, "at_least"}}};
};

/// Whether a test of this kind has a reference, and not a value.
[[nodiscard]] constexpr bool compares_variants(ClaimKind kind) noexcept {
    return kind != ClaimKind::at_most && kind != ClaimKind::at_least;
}

/// One number of a finished run:
///     loss                    mean over the domains, nats per token, at the end
///     loss.DOMAIN             of one domain
///     loss@SETTING            mean over the domains under a setting of the evaluation grid
///     forgetting, bwt         nats per token; see analysis/forgetting.h
///     ce_increment_variance   of the cross-entropy of the training from step to step, nats²
///     router.SCORE[@LENGTH]   accuracy, precision, recall or f1, by support, in [0, 1], of inputs of LENGTH
///                             tokens; without it, of whole articles
struct ClaimMetric {
    enum class Kind { loss, domain_loss, setting_loss, forgetting, bwt, ce_increment_variance, router };
    Kind kind = Kind::loss;
    std::string part;        ///< domain, setting, or score
    std::int64_t length = 0; ///< tokens
    bool operator==(const ClaimMetric&) const = default;
};

/// Nothing for text of no such form.
[[nodiscard]] std::optional<ClaimMetric> parse_metric(std::string_view text);

/// Why runs of `spec` do not have the metric, as one sentence's end; empty: they do.
[[nodiscard]] std::string fault_of_metric(std::string_view text, const RunSpec& spec);

/// Parts that are absent in a file stay absent, so that a study is written as it was read.
struct ClaimTest {
    ClaimKind kind = ClaimKind::alike;
    std::string variant;
    std::string reference;        ///< of comparisons alone
    std::string metric;           ///< empty: loss
    std::optional<double> margin; ///< of `alike` alone, in the metric's unit; absent: default_margin
    std::optional<double> value;  ///< of at_most and at_least alone
    bool operator==(const ClaimTest&) const = default;
};

/// Nats per token.
inline constexpr double default_margin = 0.01;

[[nodiscard]] inline std::string metric_of(const ClaimTest& test) {
    return test.metric.empty() ? "loss" : test.metric;
}

struct Claim {
    std::string id;   ///< unique within the study
    std::string text; ///< as a person would say it
    std::vector<ClaimTest> tests;
    bool operator==(const Claim&) const = default;
};

[[nodiscard]] Json to_json(const std::vector<Claim>& claims);

/// Reads the list `json`, found at `pointer` of a study file whose variants are named `variants`.
[[nodiscard]] std::vector<Claim> read_claims(const Json& json, const std::string& pointer,
                                             const std::vector<std::string>& variants,
                                             std::vector<Problem>& problems);

} // namespace retort
