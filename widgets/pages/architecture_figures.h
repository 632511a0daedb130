// SPDX-License-Identifier: GPL-3.0-or-later
// What a comparison of architectures draws, as values.
#pragma once

#include "analysis/evaluation_grid.h"
#include "widgets/pages/compare_data.h"
#include "widgets/plots/score_figure.h"

#include <map>

namespace retort {

/// The newest evaluation of one run.
struct SeedQuality {
    std::string variant;
    std::uint64_t seed = 1;
    std::int64_t active = 0;         ///< parameters that one token passes; 0: not known
    std::vector<EvaluationRow> rows; ///< of the whole model, one for each domain
    EvaluationGrid grid;             ///< empty where none was measured
};

/// Of the chosen runs that have been read and evaluated.
[[nodiscard]] std::vector<SeedQuality> qualitiesOf(const std::vector<RunRecord>& chosen,
                                                   const std::map<std::string, ComparedRun>& read);

/// Those of `qualities`, each once, in their order.
[[nodiscard]] std::vector<std::string> variantsOf(const std::vector<SeedQuality>& qualities);

struct ArchitectureLook {
    CompareMetric metric = {CompareMetric::Kind::perplexity, {}, {}}; ///< of the bars; of no series
    Band band = Band::standard_deviation;                             ///< of the whiskers
    bool areSeedsShown = true;
    VariantStyles styles = {};
};

/// The metric by domain, a column for each variant: the mean over the seeds; of perplexity exp of the mean of
/// nats per token.
[[nodiscard]] ScoreFigure domainFigure(const std::vector<SeedQuality>& qualities,
                                       const ArchitectureLook& look);

/// The mean over the domains of nats per token, over the active parameters.
[[nodiscard]] ScoreFigure activeFigure(const std::vector<SeedQuality>& qualities,
                                       const ArchitectureLook& look);

/// Over the seeds of a variant.
[[nodiscard]] MeanGrid gridOf(const std::vector<SeedQuality>& qualities, const std::string& variant);

} // namespace retort
