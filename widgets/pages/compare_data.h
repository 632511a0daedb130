// SPDX-License-Identifier: GPL-3.0-or-later
// From runs to the curves that are compared.
#pragma once

#include "widgets/pages/compare_source.h"
#include "widgets/plots/series_style.h"
#include "widgets/tables/compare_metric.h"

#include <QStringList>
#include <map>
#include <memory>

namespace retort {

/// Studies that have runs to compare, in the order of their newest run.
[[nodiscard]] std::vector<std::string> comparableStudies(const std::vector<RunRecord>& runs);

/// The newest attempt of each variant and seed of a study, variants in the order in which they began.
[[nodiscard]] std::vector<RunRecord> newestRunsOfStudy(const std::vector<RunRecord>& runs,
                                                       const std::string& study);

/// The same without what others of the study are made from: their teacher, their router, the experts of ple.
[[nodiscard]] std::vector<RunRecord> runsOfStudy(const std::vector<RunRecord>& runs,
                                                 const std::string& study);

/// What each of the runs is a seed of: its variant, with the study where they are of several studies and the
/// attempt where a seed is there more than once.
[[nodiscard]] std::vector<std::string> variantNames(const std::vector<RunRecord>& runs);

/// By variant as variantNames() names it.
using VariantStyles = std::map<std::string, SeriesStyle>;

/// The same whichever runs of a study are chosen: by the variant's place among those of its study in `all`.
/// Where studies would share a style, the later one takes the next that is free.
[[nodiscard]] VariantStyles stylesOfVariants(const std::vector<RunRecord>& chosen,
                                             const std::vector<RunRecord>& all);

/// Of a variant that stands at `place` among those that are shown, where nothing is known of it.
[[nodiscard]] SeriesStyle styleIn(const VariantStyles& styles, const std::string& variant, std::size_t place);

/// Metrics that at least one of the runs has measured, without domains.
[[nodiscard]] std::vector<CompareMetric> metricsOf(const std::map<std::string, ComparedRun>& runs);

/// By which domains the metric is split in the runs; "" comes first where it is there as a whole.
[[nodiscard]] std::vector<std::string> domainsOf(const CompareMetric& metric,
                                                 const std::map<std::string, ComparedRun>& runs);

/// One measure of one run with the places of its steps.
struct ComparedCurve {
    SeedCurve curve;
    std::shared_ptr<const RunClock> clock;
};

/// Of one row, in the unit of curves; loss where the kind is none of evaluations.
[[nodiscard]] double valueOf(const EvaluationRow& row, CompareMetric::Kind kind);

/// Empty where the run has not measured it. Perplexity in nats per token.
[[nodiscard]] ComparedCurve curveOf(const ComparedRun& run, const CompareMetric& metric,
                                    const std::string& variant);

/// Draws curves of runs that train nothing themselves out over the steps of the others, as extend_standing()
/// does, to where the slowest of the others stands at each.
void extendStanding(std::vector<ComparedCurve>& curves);

/// What a person must know before drawing conclusions, a sentence each.
[[nodiscard]] QStringList cautions(const std::vector<RunRecord>& runs,
                                   const std::vector<ComparedVariant>& variants);

} // namespace retort
