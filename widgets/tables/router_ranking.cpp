// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/router_ranking.h"

#include "analysis/confusion.h"

#include <algorithm>
#include <tuple>

namespace retort {
namespace {

using Scores = std::array<std::optional<double>, routerScoreCount>;

std::optional<double> shortF1(const std::vector<const RoutingEvaluation*>& matrices, std::int64_t length,
                              bool isForced) {
    const RoutingEvaluation* matrix = judgedMatrix(matrices, length);
    if (matrix == nullptr) return {};
    return weighted_scores(isForced ? forced_matrix(*matrix) : decided_matrix(*matrix)).f1;
}

/// In the order of RouterScore.
Scores scoresOf(const RoutingEvaluation& whole, const std::vector<const RoutingEvaluation*>& matrices,
                bool isForced) {
    const ConfusionMatrix matrix = isForced ? forced_matrix(whole) : decided_matrix(whole);
    const ClassScores weighted = weighted_scores(matrix);
    return {accuracy(matrix),
            weighted.precision,
            weighted.recall,
            weighted.f1,
            macro_scores(matrix).f1,
            whole.log_loss,
            expected_calibration_error(whole.reliability),
            shortF1(matrices, 16, isForced),
            shortF1(matrices, 128, isForced),
            whole.seconds_per_decision};
}

RankedRouter summed(const std::string& variant, const std::vector<Scores>& seeds) {
    RankedRouter router{variant, seeds.size(), {}};
    for (std::size_t i = 0; i < routerScoreCount; ++i) {
        std::vector<double> values;
        for (const Scores& scores : seeds)
            if (scores[i]) values.push_back(*scores[i]);
        router.scores[i] = summarise(values);
    }
    return router;
}

} // namespace

const RoutingEvaluation* judgedMatrix(const std::vector<const RoutingEvaluation*>& matrices,
                                      std::int64_t length) {
    const RoutingEvaluation* best = nullptr;
    const auto merit = [](const RoutingEvaluation& matrix) {
        return std::tuple(matrix.split == "valid", matrix.step);
    };
    for (const RoutingEvaluation* matrix : matrices) {
        const bool isJudged = matrix->split == "valid" || matrix->split == "folds";
        if (!isJudged || matrix->fold != 0 || matrix->length != length) continue;
        if (best == nullptr || merit(*matrix) > merit(*best)) best = matrix;
    }
    return best;
}

std::vector<RankedRouter> rankRouters(const std::vector<ScoredRun>& runs, bool isForced) {
    std::vector<std::pair<std::string, std::vector<Scores>>> variants;
    for (const ScoredRun& run : runs) {
        const RoutingEvaluation* whole = judgedMatrix(run.matrices, 0);
        if (whole == nullptr) continue;
        auto known =
            std::ranges::find(variants, run.variant, &std::pair<std::string, std::vector<Scores>>::first);
        if (known == variants.end()) known = variants.insert(known, {run.variant, {}});
        known->second.push_back(scoresOf(*whole, run.matrices, isForced));
    }
    std::vector<RankedRouter> ranked;
    for (const auto& [variant, seeds] : variants)
        ranked.push_back(summed(variant, seeds));
    return ranked;
}

bool isBestOf(const std::vector<RankedRouter>& all, const RankedRouter& router, RouterScore score) {
    const auto mean = router[score].mean;
    if (!mean) return false;
    bool isBetterThanOne = false;
    for (const RankedRouter& other : all) {
        const auto theirs = other[score].mean;
        if (!theirs) continue;
        const double ahead = isLowerBetter(score) ? *theirs - *mean : *mean - *theirs;
        if (ahead < 0) return false;
        isBetterThanOne |= ahead > 0;
    }
    return isBetterThanOne;
}

} // namespace retort
