// SPDX-License-Identifier: GPL-3.0-or-later
// Claims with every verdict, for tests and galleries.
#pragma once

#include "widgets/pages/claims_source.h"

#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace retort {

inline ClaimTest sampleTest(ClaimKind kind, const std::string& variant, const std::string& reference,
                            std::optional<double> value = {}, const std::string& metric = "") {
    return {kind, variant, reference, metric, {}, value};
}

/// Four claims about a-fixed, b-adaptive and c-alone: b-adaptive 0.002 above a-fixed, c-alone 0.2 above it,
/// each seed with a difference of its own. Of the first `done` of six seeds there are runs.
inline StudyClaims sampleClaims(std::uint64_t done = 6, bool conclusions = true) {
    StudyClaims study{"alpha", "Which alpha?", conclusions, {1, 2, 3, 4, 5, 6}, {}, {}, {}};
    ClaimValues values;
    for (const std::uint64_t seed : study.seeds) {
        const double own = 0.01 * static_cast<double>(seed * seed % 5),
                     noise = 0.0005 * static_cast<double>(seed % 3);
        for (const auto& [variant, shift] :
             {std::pair("a-fixed", 0.0), {"b-adaptive", 0.002}, {"c-alone", 0.2}})
            if (seed <= done)
                values["loss"][{variant, seed}] = 3.4 + own + shift + noise * std::ceil(10 * shift);
            else
                study.missing.push_back(variant + ("/" + std::to_string(seed)));
        if (seed <= done)
            values["router.f1"][{"a-fixed", seed}] = 0.9994 + 0.0001 * static_cast<double>(seed % 4);
    }
    using enum ClaimKind;
    const std::vector<Claim> claims = {
        {"alike",
         "Adaptive alpha and fixed alpha perform alike.",
         {sampleTest(alike, "b-adaptive", "a-fixed")}},
        {"better",
         "The student alone is better than both, and so needs no teacher.",
         {sampleTest(lower, "c-alone", "a-fixed"), sampleTest(lower, "c-alone", "b-adaptive")}},
        {"exact",
         "The router reaches 99.95 % weighted F1.",
         {sampleTest(at_least, "a-fixed", "", 0.9995, "router.f1")}},
        {"low", "The loss of the fixed alpha is low.", {sampleTest(at_most, "a-fixed", "", 3.5)}}};
    for (const Claim& claim : claims)
        study.claims.push_back(assess_claim(claim, study.seeds, values, conclusions));
    return study;
}

/// Answers at once, or when it is told to, the newest question first, and counts.
class SampleClaimsSource : public ClaimsSource {
public:
    std::map<std::string, StudyClaims> studies;
    std::vector<std::string> asked;
    bool isSlow = false;

    void readClaims(const std::string& study, Answer answer) override {
        asked.push_back(study);
        waiting.emplace_back(study, std::move(answer));
        if (!isSlow) answerAll();
    }
    void answerAll() {
        for (; !waiting.empty(); waiting.pop_back())
            waiting.back().second(studies[waiting.back().first]);
    }

private:
    std::vector<std::pair<std::string, Answer>> waiting;
};

} // namespace retort
