// SPDX-License-Identifier: GPL-3.0-or-later
// Routers against each other: what each variant of a study scores, over its seeds.
#pragma once

#include "analysis/statistics.h"
#include "spec/routing.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace retort {

enum class RouterScore {
    accuracy,
    precision, ///< this and the next two weighted by support
    recall,
    f1,
    macro_f1,
    log_loss,    ///< nats
    calibration, ///< expected calibration error
    f1_at_16,    ///< weighted F1 of inputs of 16 tokens
    f1_at_128,
    seconds ///< per decision
};
inline constexpr std::size_t routerScoreCount = 10;

[[nodiscard]] constexpr bool isLowerBetter(RouterScore score) {
    return score == RouterScore::log_loss || score == RouterScore::calibration ||
           score == RouterScore::seconds;
}

/// All matrices of one router, without those of other steps and kinds.
struct ScoredRun {
    std::string variant;
    std::vector<const RoutingEvaluation*> matrices;
};

struct RankedRouter {
    std::string variant;
    std::size_t n = 0; ///< runs that have been evaluated
    std::array<SampleSummary, routerScoreCount> scores;

    [[nodiscard]] const SampleSummary& operator[](RouterScore score) const {
        return scores[static_cast<std::size_t>(score)];
    }
};

/// The matrix by which a run is judged: of `length` tokens (0: whole articles), of split valid where it has
/// been measured, else of all folds together; the newest step. Null where there is none.
[[nodiscard]] const RoutingEvaluation* judgedMatrix(const std::vector<const RoutingEvaluation*>& matrices,
                                                    std::int64_t length);

/// In the order in which the variants come; one without a matrix of whole articles is left out.
/// `isForced`: scores of the most probable domains, as if no router abstained.
[[nodiscard]] std::vector<RankedRouter> rankRouters(const std::vector<ScoredRun>& runs, bool isForced);

/// Whether no other has a better mean, and at least one a worse one.
[[nodiscard]] bool isBestOf(const std::vector<RankedRouter>& all, const RankedRouter& router,
                            RouterScore score);

} // namespace retort
