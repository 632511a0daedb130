// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/forgetting.h"

#include "analysis/evaluation.h"
#include "spec/stages.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>

namespace retort {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Scores = std::vector<double> StageScores::*;

constexpr const char* no_stages = "The schedule is not sequential, so that no domain has a stage of its own.";
constexpr const char* one_stage = "There is one stage, and nothing comes after it.";
constexpr const char* nothing_trained = "Nothing is trained in this run.";
constexpr const char* no_random = "The model was not evaluated before its first step.";
constexpr const char* no_unigram = "The unigram model of the domains was not measured.";
constexpr const char* no_joint = "The study has no finished run of a variant named joint with this seed.";
constexpr const char* short_joint =
    "The run of the variant joint was not evaluated on these domains at its end.";

StageScores unmeasured(std::size_t domains) {
    return {std::vector(domains, nan), std::vector(domains, nan)};
}

bool is_headline(const EvaluationRow& row) {
    return !headline({&row, 1}).empty();
}

bool is_unigram(const EvaluationRow& row) {
    return row.setting == unigram_setting && row.expert.empty() && row.split == "valid";
}

bool are_numbers(const std::vector<double>& values) {
    return std::ranges::none_of(values, [](double value) { return std::isnan(value); });
}

std::optional<double> number(double value) {
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

/// The numbers of one kind of a matrix; what is not measured is NaN and makes NaN of what is derived from it.
class Cells {
public:
    Cells(const StageMatrix& matrix, Scores kind) : matrix_(matrix), kind_(kind) {}

    [[nodiscard]] double at(std::size_t row, std::size_t domain) const {
        return (matrix_.rows[row].scores.*kind_)[domain];
    }
    [[nodiscard]] double last(std::size_t domain) const { return at(matrix_.rows.size() - 1, domain); }
    [[nodiscard]] double random(std::size_t domain) const { return (matrix_.random.*kind_)[domain]; }
    /// Of rows begin … end − 1; NaN of none.
    [[nodiscard]] double extreme(std::size_t begin, std::size_t end, std::size_t domain,
                                 const std::function<bool(double, double)>& is_better) const {
        double best = begin < end ? at(begin, domain) : nan;
        for (std::size_t row = begin; row < end; ++row) {
            const double value = at(row, domain);
            if (std::isnan(value)) return nan;
            if (is_better(value, best)) best = value;
        }
        return best;
    }

private:
    const StageMatrix& matrix_;
    Scores kind_;
};

std::string gap(const StageMatrix& matrix) {
    const auto row = std::ranges::find_if_not(
        matrix.rows, are_numbers, [](const StageRow& r) -> const auto& { return r.scores.loss; });
    return row == matrix.rows.end() ? "A loss that it needs is no number."
                                    : "The evaluation after step " + std::to_string(row->step) +
                                          " is missing, or its loss is no number.";
}

/// Over domains begin … end − 1.
Measure mean_over(std::size_t begin, std::size_t end, const std::function<double(std::size_t)>& value,
                  const std::string& reason) {
    if (begin >= end) return {{}, one_stage};
    double sum = 0;
    for (std::size_t domain = begin; domain < end; ++domain)
        sum += value(domain);
    if (std::isnan(sum)) return {{}, reason};
    return {sum / static_cast<double>(end - begin), {}};
}

/// Measures of one matrix; everything that needs stages is NaN for a domain that has none.
class Reader {
public:
    Reader(const StageMatrix& matrix, const StageMatrix* joint)
        : matrix_(matrix),
          joint_(joint),
          loss_(matrix, &StageScores::loss),
          accuracy_(matrix, &StageScores::accuracy),
          stages_(matrix.is_sequential ? matrix.rows.size() : 0) {}

    [[nodiscard]] ForgettingMeasures read() const {
        ForgettingMeasures measures;
        for (std::size_t j = 0; j < matrix_.domains.size(); ++j)
            measures.domains.push_back(domain(j));
        measures.forgetting = mean_forgetting();
        measures.backward = over_stages(0, stages_ - 1, [this](std::size_t j) { return backward(j); });
        measures.forward = over_stages(
            1, stages_, [this](std::size_t j) { return forward(j, matrix_.random); }, no_random);
        measures.forward_unigram = over_stages(
            1, stages_, [this](std::size_t j) { return forward(j, matrix_.unigram); }, no_unigram);
        measures.intransigence = mean_intransigence();
        measures.avalanche = avalanche();
        measures.mammoth = mammoth();
        return measures;
    }

private:
    [[nodiscard]] double backward(std::size_t j) const { return loss_.at(j, j) - loss_.last(j); }
    [[nodiscard]] double forward(std::size_t j, const StageScores& before) const {
        return before.loss[j] - loss_.at(j - 1, j);
    }
    [[nodiscard]] double forgetting(std::size_t j) const {
        const std::size_t begin = matrix_.is_sequential ? j : 0;
        return loss_.last(j) - loss_.extreme(begin, matrix_.rows.size() - 1, j, std::less<>());
    }
    [[nodiscard]] double intransigence(std::size_t j) const {
        if (joint_ == nullptr || joint_->rows.empty()) return nan;
        const auto found = std::ranges::find(joint_->domains, matrix_.domains[j]);
        if (found == joint_->domains.end()) return nan;
        return loss_.at(j, j) -
               joint_->rows.back().scores.loss[static_cast<std::size_t>(found - joint_->domains.begin())];
    }

    [[nodiscard]] DomainForgetting domain(std::size_t j) const {
        DomainForgetting d;
        d.domain = matrix_.domains[j];
        if (matrix_.rows.empty()) return d;
        d.final = number(loss_.last(j));
        if (!matrix_.is_sequential || j < stages_) d.forgetting = number(forgetting(j));
        if (j >= stages_) return d;
        d.learned = number(loss_.at(j, j));
        if (j + 1 < stages_) d.backward = number(backward(j));
        if (j > 0) {
            d.forward = number(forward(j, matrix_.random));
            d.forward_unigram = number(forward(j, matrix_.unigram));
        }
        d.intransigence = number(intransigence(j));
        return d;
    }

    /// Why a measure of stages is not to be had at all; empty: it may be.
    [[nodiscard]] std::string obstacle() const {
        if (matrix_.rows.empty()) return nothing_trained;
        return matrix_.is_sequential ? std::string() : no_stages;
    }

    /// `otherwise`: what is missing when every row is there.
    [[nodiscard]] Measure over_stages(std::size_t begin, std::size_t end,
                                      const std::function<double(std::size_t)>& value,
                                      const std::string& otherwise = {}) const {
        if (const std::string reason = obstacle(); !reason.empty()) return {{}, reason};
        const bool is_other = matrix_.is_complete() && !otherwise.empty();
        return mean_over(begin, end, value, is_other ? otherwise : gap(matrix_));
    }

    [[nodiscard]] Measure mean_forgetting() const {
        if (matrix_.rows.empty()) return {{}, nothing_trained};
        if (matrix_.rows.size() == 1) return {{}, one_stage};
        const std::size_t end = matrix_.is_sequential ? stages_ - 1 : matrix_.domains.size();
        return mean_over(
            0, end, [this](std::size_t j) { return forgetting(j); }, gap(matrix_));
    }

    [[nodiscard]] Measure mean_intransigence() const {
        if (obstacle().empty() && joint_ == nullptr) return {{}, no_joint};
        return over_stages(
            0, stages_, [this](std::size_t j) { return intransigence(j); }, short_joint);
    }

    [[nodiscard]] double accuracy_kept(std::size_t j) const { return accuracy_.last(j) - accuracy_.at(j, j); }
    [[nodiscard]] Measure accuracy_forward() const {
        const auto gain = [this](std::size_t j) { return accuracy_.at(j - 1, j) - accuracy_.random(j); };
        return over_stages(1, stages_, gain, no_random);
    }

    [[nodiscard]] AvalancheMeasures avalanche() const {
        AvalancheMeasures measures;
        const auto lost = [this](std::size_t j) { return -accuracy_kept(j); };
        measures.stream_forgetting = over_stages(0, stages_ - 1, lost);
        measures.stream_bwt = over_stages(0, stages_ - 1, [this](std::size_t j) { return accuracy_kept(j); });
        measures.stream_forward_transfer = accuracy_forward();
        for (std::size_t j = 0; j < matrix_.domains.size(); ++j)
            measures.experience_forgetting.push_back(j + 1 < stages_ ? number(lost(j)) : std::nullopt);
        return measures;
    }

    [[nodiscard]] MammothMeasures mammoth() const {
        const auto lost = [this](std::size_t j) {
            return accuracy_.extreme(0, matrix_.rows.size(), j, std::greater<>()) - accuracy_.last(j);
        };
        return {over_stages(0, stages_ - 1, [this](std::size_t j) { return accuracy_kept(j); }),
                accuracy_forward(), over_stages(0, stages_ - 1, lost)};
    }

    const StageMatrix& matrix_;
    const StageMatrix* joint_;
    Cells loss_;
    Cells accuracy_;
    std::size_t stages_; ///< 0 without any: obstacle() comes before every use of stages_ − 1
};

} // namespace

void StageMatrix::take(std::int64_t step, const EvaluationRow& row) {
    const auto found = std::ranges::find(domains, row.domain);
    if (found == domains.end()) return;
    const auto domain = static_cast<std::size_t>(found - domains.begin());
    const auto write = [&](StageScores& scores) {
        scores.loss[domain] = nats_per_token(row);
        scores.accuracy[domain] = retort::accuracy(row);
    };
    if (step == 0 && is_unigram(row)) unigram.loss[domain] = nats_per_token(row);
    if (!is_headline(row)) return;
    if (step == 0) write(random);
    for (StageRow& end : rows)
        if (end.step == step) write(end.scores);
}

bool StageMatrix::is_complete() const {
    return std::ranges::all_of(rows, [](const StageRow& row) { return are_numbers(row.scores.loss); });
}

StageMatrix stage_matrix(const RunSpec& spec) {
    StageMatrix matrix;
    const std::vector<std::int64_t> ends =
        spec.task == Task::router ? std::vector<std::int64_t>() : stage_ends(spec);
    matrix.is_sequential = !stages_of(spec).empty();
    matrix.domains = training_domains(spec);
    for (const std::string& domain : spec.data.domains)
        if (std::ranges::count(matrix.domains, domain) == 0) matrix.domains.push_back(domain);
    matrix.random = matrix.unigram = unmeasured(matrix.domains.size());
    for (std::size_t i = 0; i < ends.size(); ++i)
        matrix.rows.push_back({matrix.is_sequential
                                   ? matrix.domains[i]
                                   : std::to_string(i + 1) + "/" + std::to_string(ends.size()),
                               ends[i], matrix.random});
    return matrix;
}

bool can_forget(const StageMatrix& matrix) {
    return matrix.is_sequential ||
           (matrix.rows.size() > 1 && matrix.domains.size() > 1 && matrix.is_complete());
}

ForgettingMeasures forgetting_measures(const StageMatrix& matrix, const StageMatrix* joint) {
    return Reader(matrix, joint).read();
}

} // namespace retort
