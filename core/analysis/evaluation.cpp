// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/evaluation.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numbers>

namespace retort {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double ratio(double sum, std::int64_t count) {
    return count > 0 ? sum / static_cast<double>(count) : nan;
}

double worst(std::span<const EvaluationRow> rows) {
    double largest = -std::numeric_limits<double>::infinity();
    for (const EvaluationRow& row : rows) {
        const double loss = nats_per_token(row);
        if (std::isnan(loss)) return nan;
        largest = std::max(largest, loss);
    }
    return rows.empty() ? nan : largest;
}

} // namespace

double nats_per_token(const EvaluationRow& row) {
    return ratio(row.nll, row.tokens);
}

double perplexity(const EvaluationRow& row) {
    return std::exp(nats_per_token(row));
}

double bits_per_byte(const EvaluationRow& row) {
    return ratio(row.nll / std::numbers::ln2, row.bytes);
}

double accuracy(const EvaluationRow& row) {
    return ratio(static_cast<double>(row.correct), row.tokens);
}

double macro_mean(std::span<const EvaluationRow> rows) {
    double sum = 0;
    for (const EvaluationRow& row : rows)
        sum += nats_per_token(row);
    return ratio(sum, static_cast<std::int64_t>(rows.size()));
}

std::vector<EvaluationRow> headline(std::span<const EvaluationRow> rows) {
    std::vector<EvaluationRow> chosen;
    std::ranges::copy_if(rows, std::back_inserter(chosen), [](const EvaluationRow& row) {
        return row.expert.empty() && row.setting.empty() && row.split == "valid";
    });
    return chosen;
}

std::vector<EvaluationRow> read_by_experts(std::span<const EvaluationRow> rows) {
    std::vector<EvaluationRow> sums;
    for (const EvaluationRow& row : rows) {
        if (row.expert.empty() || !row.setting.empty() || row.split != "valid") continue;
        auto sum = std::ranges::find(sums, row.expert, &EvaluationRow::expert);
        if (sum == sums.end()) {
            sum = sums.emplace(sum);
            sum->expert = row.expert;
        }
        sum->nll += row.nll;
        sum->tokens += row.tokens;
        sum->bytes += row.bytes;
        sum->correct += row.correct;
    }
    return sums;
}

double best_criterion(std::string_view best, std::span<const EvaluationRow> rows) {
    if (best == "macro") return macro_mean(rows);
    if (best == "worst") return worst(rows);
    if (best == "first") return rows.empty() ? nan : nats_per_token(rows.front());
    const auto found = std::ranges::find(rows, best, &EvaluationRow::domain);
    return found == rows.end() ? nan : nats_per_token(*found);
}

} // namespace retort
