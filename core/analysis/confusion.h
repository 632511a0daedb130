// SPDX-License-Identifier: GPL-3.0-or-later
// What a confusion matrix says. Scores are shares in [0, 1], as scikit-learn defines them with
// zero_division=0: a share without a denominator is 0.
#pragma once

#include "analysis/statistics.h"
#include "spec/routing.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace retort {

/// Rows are what is true, columns what was said. A column beyond the classes is "unknown": said of nothing
/// known. A row beyond them is a domain that the router never learned: right is the column unknown.
struct ConfusionMatrix {
    std::vector<std::string> rows;
    std::vector<std::string> columns;
    std::vector<std::int64_t> counts; ///< row by row

    [[nodiscard]] std::int64_t at(std::size_t row, std::size_t column) const {
        return counts[row * columns.size() + column];
    }
    [[nodiscard]] std::int64_t total() const;
    /// Whether the column is the right answer to the row.
    [[nodiscard]] bool is_right(std::size_t row, std::size_t column) const;
};

/// With abstention, and without it.
[[nodiscard]] ConfusionMatrix decided_matrix(const RoutingEvaluation& evaluation);
[[nodiscard]] ConfusionMatrix forced_matrix(const RoutingEvaluation& evaluation);
/// Without abstention, as the paper counts; with it where there are domains that only abstention is right
/// for.
[[nodiscard]] ConfusionMatrix headline_matrix(const RoutingEvaluation& evaluation);

/// Counts as shares of the row, of the column, or of all; 0 where that is 0.
enum class Normalisation { counts, rows, columns, all };
[[nodiscard]] std::vector<double> normalised(const ConfusionMatrix& matrix, Normalisation by);

struct ClassScores {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    std::int64_t support = 0; ///< inputs of the class
};

[[nodiscard]] double accuracy(const ConfusionMatrix& matrix);
/// In the order of the rows.
[[nodiscard]] std::vector<ClassScores> class_scores(const ConfusionMatrix& matrix);
/// Over the rows that have inputs or answers, each alike, or by support.
[[nodiscard]] ClassScores macro_scores(const ConfusionMatrix& matrix);
[[nodiscard]] ClassScores weighted_scores(const ConfusionMatrix& matrix);

/// Exact interval of a share (Clopper and Pearson 1934); `successes` <= `n`, n >= 1.
[[nodiscard]] Interval clopper_pearson(std::int64_t successes, std::int64_t n, double confidence = 0.95);

/// Expected calibration error: Σ count / total · |mean confidence − share correct| (Naeini et al. 2015).
[[nodiscard]] double expected_calibration_error(std::span<const ConfidenceBin> bins);

/// Mean of −ln p of the true class, probabilities clipped to [eps, 1] with the double's epsilon.
/// `probabilities` [n × classes].
[[nodiscard]] double log_loss(std::span<const double> probabilities, std::span<const std::int32_t> labels,
                              std::size_t classes);

/// P(a positive's value > a negative's), ties half (Mann and Whitney 1947); NaN where either is empty.
[[nodiscard]] double roc_auc(std::span<const double> positives, std::span<const double> negatives);

/// Area under risk over coverage: the decisions are accepted by falling confidence, risk is the share of
/// wrong ones among the accepted (Geifman and El-Yaniv 2017). 0 for none.
struct RankedDecision {
    double confidence = 0;
    bool correct = false;
};
[[nodiscard]] double risk_coverage_area(std::vector<RankedDecision> decisions);

/// The confidence that keeps at least `coverage` of the decisions; 0 for none.
[[nodiscard]] double threshold_for_coverage(std::vector<double> confidences, double coverage);

} // namespace retort
