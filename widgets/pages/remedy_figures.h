// SPDX-License-Identifier: GPL-3.0-or-later
// What a comparison of runs that forget draws, as values.
#pragma once

#include "analysis/remedy_comparison.h"
#include "widgets/pages/compare_data.h"
#include "widgets/plots/score_figure.h"

#include <map>

namespace retort {

struct RemedyRuns {
    std::vector<RemedyRun> runs;       ///< of those that can_forget()
    std::vector<std::string> variants; ///< all that are compared, which gives each its colour
    QStringList absent;                ///< variants that cannot forget, with the reason
};

/// Of the chosen runs that have been read. Joint runs are those of the variant `joint` of the same study and
/// seed among them.
[[nodiscard]] RemedyRuns remedyRunsOf(const std::vector<RunRecord>& chosen,
                                      const std::map<std::string, ComparedRun>& read);

struct RemedyLook {
    Band band = Band::standard_deviation; ///< of the whiskers
    bool areSeedsShown = true;
    VariantStyles styles = {};
};

/// Mean forgetting against the final loss, with the front of what no other variant with stages beats; those
/// without stages are hollow.
[[nodiscard]] ScoreFigure paretoFigure(const RemedyRuns& runs, const RemedyLook& look);

/// The final loss of each domain over its place in the order.
[[nodiscard]] ScoreFigure positionFigure(const OrderSensitivity& orders);

} // namespace retort
