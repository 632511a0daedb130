// SPDX-License-Identifier: GPL-3.0-or-later
// Variants against a reference as a table that goes into a paper as it is.
#pragma once

#include "analysis/run_comparison.h"
#include "report/table.h"

#include <span>
#include <string>

namespace retort {

struct ComparisonTopic {
    std::string quantity; ///< "Loss"
    std::string unit;     ///< "nats per token"; empty: none
    Better better = Better::lower;
    std::string reference; ///< variant; empty: no differences
};

/// Mean ± standard deviation over the seeds at the newest common step, the best mean bold and, of three or
/// more, the second underlined; differences to the reference with their 95 % interval, marked * where Holm's
/// p is below 0.05. The caption says all of that.
[[nodiscard]] ReportTable comparison_table(std::span<const ComparedVariant> variants,
                                           const ComparisonTopic& topic);

} // namespace retort
