// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/confusion.h"

#include "analysis/student_t.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace retort {
namespace {

double share(double part, double whole) {
    return whole == 0 ? 0.0 : part / whole;
}

std::int64_t row_sum(const ConfusionMatrix& matrix, std::size_t row) {
    std::int64_t sum = 0;
    for (std::size_t column = 0; column < matrix.columns.size(); ++column)
        sum += matrix.at(row, column);
    return sum;
}

std::int64_t column_sum(const ConfusionMatrix& matrix, std::size_t column) {
    std::int64_t sum = 0;
    for (std::size_t row = 0; row < matrix.rows.size(); ++row)
        sum += matrix.at(row, column);
    return sum;
}

/// Answers to a class: those of the column by its name.
std::int64_t answers_of(const ConfusionMatrix& matrix, std::size_t row) {
    for (std::size_t column = 0; column < matrix.columns.size(); ++column)
        if (matrix.is_right(row, column)) return column_sum(matrix, column);
    return 0;
}

std::int64_t hits(const ConfusionMatrix& matrix, std::size_t row) {
    std::int64_t sum = 0;
    for (std::size_t column = 0; column < matrix.columns.size(); ++column)
        if (matrix.is_right(row, column)) sum += matrix.at(row, column);
    return sum;
}

/// Mean of the scores, each with its weight.
template <class Weight>
ClassScores mean_scores(const std::vector<ClassScores>& all, const Weight& weight_of) {
    ClassScores mean;
    double weights = 0;
    for (const ClassScores& scores : all) {
        const double weight = weight_of(scores);
        mean.precision += weight * scores.precision;
        mean.recall += weight * scores.recall;
        mean.f1 += weight * scores.f1;
        mean.support += scores.support;
        weights += weight;
    }
    mean.precision = share(mean.precision, weights);
    mean.recall = share(mean.recall, weights);
    mean.f1 = share(mean.f1, weights);
    return mean;
}

/// The x with I_x(a, b) = p, by bisection to the last bit.
double beta_quantile(double p, double a, double b) {
    double low = 0, high = 1;
    for (double middle = 0.5; low < middle && middle < high; middle = (low + high) / 2)
        (regularized_incomplete_beta(a, b, middle) < p ? low : high) = middle;
    return high;
}

} // namespace

std::int64_t ConfusionMatrix::total() const {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

bool ConfusionMatrix::is_right(std::size_t row, std::size_t column) const {
    const bool is_known = std::ranges::find(columns, rows[row]) != columns.end();
    return columns[column] == (is_known ? rows[row] : unknown_domain);
}

ConfusionMatrix decided_matrix(const RoutingEvaluation& evaluation) {
    return {evaluation.rows, evaluation.columns, evaluation.counts};
}

ConfusionMatrix forced_matrix(const RoutingEvaluation& evaluation) {
    return {evaluation.rows, evaluation.columns, evaluation.forced};
}

ConfusionMatrix headline_matrix(const RoutingEvaluation& evaluation) {
    const auto is_known = [&](const std::string& domain) {
        return std::ranges::count(evaluation.columns, domain) > 0;
    };
    return std::ranges::all_of(evaluation.rows, is_known) ? forced_matrix(evaluation)
                                                          : decided_matrix(evaluation);
}

std::vector<double> normalised(const ConfusionMatrix& matrix, Normalisation by) {
    std::vector<double> shares;
    for (std::size_t row = 0; row < matrix.rows.size(); ++row)
        for (std::size_t column = 0; column < matrix.columns.size(); ++column) {
            const std::int64_t whole = by == Normalisation::counts    ? 1
                                       : by == Normalisation::rows    ? row_sum(matrix, row)
                                       : by == Normalisation::columns ? column_sum(matrix, column)
                                                                      : matrix.total();
            shares.push_back(share(static_cast<double>(matrix.at(row, column)), static_cast<double>(whole)));
        }
    return shares;
}

double accuracy(const ConfusionMatrix& matrix) {
    std::int64_t right = 0;
    for (std::size_t row = 0; row < matrix.rows.size(); ++row)
        right += hits(matrix, row);
    return share(static_cast<double>(right), static_cast<double>(matrix.total()));
}

std::vector<ClassScores> class_scores(const ConfusionMatrix& matrix) {
    std::vector<ClassScores> all;
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        const auto right = static_cast<double>(hits(matrix, row));
        const std::int64_t support = row_sum(matrix, row), answers = answers_of(matrix, row);
        all.push_back({share(right, static_cast<double>(answers)), share(right, static_cast<double>(support)),
                       share(2 * right, static_cast<double>(support + answers)), support});
    }
    return all;
}

ClassScores macro_scores(const ConfusionMatrix& matrix) {
    std::vector<ClassScores> seen = class_scores(matrix);
    for (std::size_t row = seen.size(); row-- > 0;)
        if (seen[row].support == 0 && answers_of(matrix, row) == 0)
            seen.erase(seen.begin() + static_cast<std::ptrdiff_t>(row));
    return mean_scores(seen, [](const ClassScores&) { return 1.0; });
}

ClassScores weighted_scores(const ConfusionMatrix& matrix) {
    return mean_scores(class_scores(matrix),
                       [](const ClassScores& scores) { return static_cast<double>(scores.support); });
}

Interval clopper_pearson(std::int64_t successes, std::int64_t n, double confidence) {
    const double tail = (1 - confidence) / 2;
    const auto k = static_cast<double>(successes), all = static_cast<double>(n);
    return {successes == 0 ? 0.0 : beta_quantile(tail, k, all - k + 1),
            successes == n ? 1.0 : beta_quantile(1 - tail, k + 1, all - k)};
}

double expected_calibration_error(std::span<const ConfidenceBin> bins) {
    double error = 0, total = 0;
    for (const ConfidenceBin& bin : bins) {
        error += std::abs(bin.confidence - static_cast<double>(bin.correct)); // count cancels out
        total += static_cast<double>(bin.count);
    }
    return share(error, total);
}

double log_loss(std::span<const double> probabilities, std::span<const std::int32_t> labels,
                std::size_t classes) {
    double sum = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double p = probabilities[i * classes + static_cast<std::size_t>(labels[i])];
        sum -= std::log(std::max(p, std::numeric_limits<double>::epsilon()));
    }
    return share(sum, static_cast<double>(labels.size()));
}

double roc_auc(std::span<const double> positives, std::span<const double> negatives) {
    if (positives.empty() || negatives.empty()) return std::numeric_limits<double>::quiet_NaN();
    std::vector<double> sorted(negatives.begin(), negatives.end());
    std::ranges::sort(sorted);
    double wins = 0;
    for (const double value : positives) {
        const auto [first, last] = std::ranges::equal_range(sorted, value);
        wins += static_cast<double>(first - sorted.begin()) + static_cast<double>(last - first) / 2;
    }
    return wins / (static_cast<double>(positives.size()) * static_cast<double>(negatives.size()));
}

double risk_coverage_area(std::vector<RankedDecision> decisions) {
    std::ranges::stable_sort(decisions, std::ranges::greater(), &RankedDecision::confidence);
    double area = 0, wrong = 0, accepted = 0;
    for (std::size_t begin = 0, end = 0; begin < decisions.size(); begin = end) {
        // Decisions of one confidence are accepted together, so that their order cannot matter.
        for (; end < decisions.size() && decisions[end].confidence == decisions[begin].confidence; ++end)
            wrong += decisions[end].correct ? 0 : 1;
        accepted = static_cast<double>(end);
        area += static_cast<double>(end - begin) * wrong / accepted;
    }
    return share(area, static_cast<double>(decisions.size()));
}

double threshold_for_coverage(std::vector<double> confidences, double coverage) {
    if (confidences.empty()) return 0;
    const auto kept = static_cast<std::size_t>(std::ceil(coverage * static_cast<double>(confidences.size())));
    const std::size_t left_out = confidences.size() - std::clamp<std::size_t>(kept, 1, confidences.size());
    std::ranges::nth_element(confidences, confidences.begin() + static_cast<std::ptrdiff_t>(left_out));
    return confidences[left_out];
}

} // namespace retort
