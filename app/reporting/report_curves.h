// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of curves and bars from stored runs.
#pragma once

#include "analysis/run_comparison.h"
#include "report/figure.h"

#include <string>
#include <vector>

namespace retort {

struct CurveTopic {
    std::string name;       ///< of the figure's files
    std::string title;      ///< "Validation loss"
    std::string unit;       ///< empty: none
    bool has_marks = false; ///< few exact points
    /// Places that give the variants their colours, so that one looks the same in every figure; others
    /// follow.
    std::vector<std::string> order = {};
};

/// The mean of each variant over its seeds with a band of ± one standard deviation, n in the legend, and
/// every stored point of every seed, faint; of one seed its curve alone.
[[nodiscard]] Figure seed_curves_figure(const std::vector<SeedCurve>& curves, const CurveTopic& topic);

/// A group for each domain, a bar for each variant: means over the seeds at the newest common step, with
/// whiskers of ± one standard deviation. `by_domain` are the curves of each domain.
[[nodiscard]] Figure domain_bars_figure(const std::vector<std::string>& domains,
                                        const std::vector<std::vector<ComparedVariant>>& by_domain);

} // namespace retort
