// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/confusion.h"
#include "analysis/evaluation_grid.h"
#include "app/reporting/report_sections.h"
#include "report/number_text.h"
#include "store/stage_matrices.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace retort {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void add_cell(MatrixFigure& figure, double value, const std::string& text) {
    figure.values.push_back(value);
    figure.texts.push_back(text);
}

/// Shades by the place of a loss between the least and the greatest.
void shade_by_range(MatrixFigure& figure) {
    double least = std::numeric_limits<double>::infinity(), greatest = -least;
    for (const double value : figure.values)
        if (std::isfinite(value)) least = std::min(least, value), greatest = std::max(greatest, value);
    for (const double value : figure.values)
        figure.shades.push_back(!std::isfinite(value) ? nan
                                : greatest > least    ? (value - least) / (greatest - least)
                                                      : 0);
}

std::string loss_text(double value) {
    return std::isnan(value) ? "–" : fmt::format("{:.3f}", value);
}

ReportFigure stage_figure(const std::string& variant, const RunRecord& run, const StageMatrix& matrix) {
    MatrixFigure figure{"After", {}, matrix.domains, {}, {}, {}};
    for (const StageRow& row : matrix.rows) {
        figure.rows.push_back(row.name);
        const auto own = std::ranges::find(matrix.domains, row.name);
        if (matrix.is_sequential && own != matrix.domains.end())
            figure.framed.push_back(figure.values.size() +
                                    static_cast<std::size_t>(own - matrix.domains.begin()));
        for (const double loss : row.scores.loss)
            add_cell(figure, loss, loss_text(loss));
    }
    shade_by_range(figure);
    return {{figure_name("forgetting-" + variant),
             "Loss after each stage, " + variant,
             fmt::format(
                 "Validation loss (nats per token) of {} on each domain after each of {} stages; darker is "
                 "worse, a frame marks the domain of the stage.",
                 run.label(), matrix.rows.size()),
             std::move(figure),
             figure_runs({run}),
             {{"metric", "loss"}}}};
}

TableCell mean_cell(const std::vector<std::optional<double>>& values) {
    std::vector<double> known;
    for (const auto& value : values)
        if (value) known.push_back(*value);
    return summary_cell(summarise(known));
}

std::vector<TableCell> forgetting_row(RunStore& store, const ReportedRuns& reported,
                                      const std::string& variant) {
    std::vector<std::optional<double>> forgetting, backward, forward, intransigence;
    for (const RunRecord& run : runs_of_variant(reported, reported.runs, variant)) {
        if (!spec_of(run)) continue;
        const StageMatrix matrix = read_stage_matrix(store, run);
        if (!can_forget(matrix)) continue;
        const auto joint = read_joint_matrix(store, run);
        const ForgettingMeasures measures = forgetting_measures(matrix, joint ? &*joint : nullptr);
        forgetting.push_back(measures.forgetting.value);
        backward.push_back(measures.backward.value);
        forward.push_back(measures.forward.value);
        intransigence.push_back(measures.intransigence.value);
    }
    return {{variant},
            count_cell(static_cast<std::int64_t>(forgetting.size())),
            mean_cell(forgetting),
            mean_cell(backward),
            mean_cell(forward),
            mean_cell(intransigence)};
}

ReportTable forgetting_table() {
    return {
        fmt::format(
            "Forgetting (nats per token), mean ± standard deviation over n seeds. Forgetting: {}, with {}. "
            "Backward transfer: {}. Forward transfer: {}. Intransigence: {}.",
            forgetting_formula::mean_forgetting, forgetting_formula::forgetting, forgetting_formula::backward,
            forgetting_formula::forward, forgetting_formula::intransigence),
        {{"Variant"},
         {"n", true},
         {"Forgetting", true},
         {"Backward transfer", true},
         {"Forward transfer", true},
         {"Intransigence", true}},
        {}};
}

/// Where no run has stages there is nothing.
void add_forgetting(RunStore& store, const ReportedRuns& reported, std::vector<ReportSection>& sections) {
    ReportTable table = forgetting_table();
    std::vector<ReportBlock> figures;
    for (const std::string& variant : variants_of(reported, reported.runs)) {
        const std::vector<RunRecord> runs = runs_of_variant(reported, reported.runs, variant);
        const RunRecord* first = first_specified(runs);
        if (first == nullptr) continue; // of an imported run no stages are known
        const StageMatrix matrix = read_stage_matrix(store, *first);
        if (can_forget(matrix)) table.rows.push_back(forgetting_row(store, reported, variant));
        if (matrix.is_sequential) figures.push_back(stage_figure(variant, *first, matrix));
    }
    if (figures.empty()) return;
    figures.insert(figures.begin(), std::move(table));
    sections.push_back({"Forgetting", std::move(figures)});
}

/// Of the newest evaluation of a run; empty where it has no settings.
EvaluationGrid newest_grid(RunStore& store, const RunRecord& run) {
    const std::vector<EvaluationRecord> records = store.evaluations(run.id);
    std::int64_t newest = -1;
    for (const EvaluationRecord& record : records)
        newest = std::max(newest, record.step);
    std::vector<EvaluationRow> rows;
    for (const EvaluationRecord& record : records)
        if (record.step == newest) rows.push_back(record.row);
    return evaluation_grid(rows);
}

ReportFigure grid_figure(const std::string& variant, const MeanGrid& grid,
                         const std::vector<RunRecord>& runs) {
    MatrixFigure figure{"Setting", grid.settings, grid.domains, {}, {}, {}};
    figure.columns.push_back("mean");
    for (std::size_t s = 0; s < grid.settings.size(); ++s) {
        for (std::size_t d = 0; d <= grid.domains.size(); ++d) {
            const SampleSummary& cell = d == grid.domains.size() ? grid.macro[s] : grid.at(s, d);
            add_cell(figure, cell.mean.value_or(nan), loss_text(cell.mean.value_or(nan)));
        }
    }
    shade_by_range(figure);
    return {{figure_name("grid-" + variant),
             "Evaluation grid, " + variant,
             fmt::format(
                 "Evaluation grid of {}: validation loss (nats per token) under each setting, means over {}; "
                 "darker is worse.",
                 variant, counted(runs.size(), "seed")),
             std::move(figure),
             figure_runs(runs),
             {{"metric", "loss@SETTING"}}}};
}

void add_grids(RunStore& store, const ReportedRuns& reported, std::vector<ReportSection>& sections) {
    ReportSection section{"Evaluation grid", {}};
    for (const std::string& variant : variants_of(reported, reported.runs)) {
        const std::vector<RunRecord> runs = runs_of_variant(reported, reported.runs, variant);
        std::vector<EvaluationGrid> grids;
        for (const RunRecord& run : runs)
            grids.push_back(newest_grid(store, run));
        const MeanGrid mean = mean_grid(grids);
        if (!mean.settings.empty()) section.blocks.push_back(grid_figure(variant, mean, runs));
    }
    if (!section.blocks.empty()) sections.push_back(std::move(section));
}

/// What speaks for a router: whole articles, of all folds where there are some, else of the validation text.
std::optional<RoutingEvaluation> headline_evaluation(RunStore& store, const RunRecord& run) {
    std::optional<RoutingEvaluation> best;
    for (MatrixRecord& record : store.matrices(run.id)) {
        RoutingEvaluation& one = record.evaluation;
        const bool is_whole = one.fold == 0 && one.split != "train";
        if (!is_whole) continue;
        const auto rank = [](const RoutingEvaluation& evaluation) {
            return std::pair(evaluation.length == 0, evaluation.split == "folds");
        };
        if (!best || rank(one) > rank(*best)) best = std::move(one);
    }
    return best;
}

ReportFigure confusion_figure(const RunRecord& run, const std::string& variant,
                              const RoutingEvaluation& evaluation) {
    const ConfusionMatrix matrix = headline_matrix(evaluation);
    const std::vector<double> shares = normalised(matrix, Normalisation::rows);
    MatrixFigure figure{"True", matrix.rows, matrix.columns, {}, {}, shares};
    for (std::size_t row = 0; row < matrix.rows.size(); ++row)
        for (std::size_t column = 0; column < matrix.columns.size(); ++column) {
            if (matrix.is_right(row, column)) figure.framed.push_back(figure.values.size());
            add_cell(figure, static_cast<double>(matrix.at(row, column)),
                     std::to_string(matrix.at(row, column)));
        }
    const std::string of =
        evaluation.length == 0 ? "whole articles" : fmt::format("inputs of {} tokens", evaluation.length);
    return {{figure_name("confusion-" + variant),
             "Confusion matrix, " + variant,
             fmt::format(
                 "Decisions of {} on {} {} ({}): rows are the true domain, columns the answer; shades are "
                 "shares of the row, frames mark what is right.",
                 run.label(), matrix.total(), of, evaluation.split),
             std::move(figure),
             figure_runs({run}),
             {{"length", evaluation.length}, {"split", evaluation.split}}}};
}

std::vector<TableCell> router_row(const RunRecord& run, const std::string& variant,
                                  const RoutingEvaluation& evaluation) {
    const ConfusionMatrix matrix = headline_matrix(evaluation);
    const double share = accuracy(matrix);
    const auto right = static_cast<std::int64_t>(std::llround(share * static_cast<double>(matrix.total())));
    TableCell cell = number_cell(share, 5);
    if (matrix.total() > 0) {
        const Interval interval = clopper_pearson(right, matrix.total());
        cell.text += fmt::format(" [{:.5f}, {:.5f}]", interval.low, interval.high);
    }
    return {{variant},
            count_cell(static_cast<std::int64_t>(run.seed)),
            {evaluation.classifier.empty() ? "–" : evaluation.classifier},
            count_cell(matrix.total()),
            std::move(cell),
            number_cell(weighted_scores(matrix).f1, 5),
            number_cell(evaluation.log_loss)};
}

void add_routers(RunStore& store, const ReportedRuns& reported, std::vector<ReportSection>& sections) {
    ReportTable table{"Routers on whole articles where they read any, else on their longest inputs: accuracy "
                      "with its exact "
                      "95 % interval (Clopper and Pearson), weighted F1, and log loss in nats.",
                      {{"Router"},
                       {"Seed", true},
                       {"Classifier"},
                       {"n", true},
                       {"Accuracy", true},
                       {"Weighted F1", true},
                       {"Log loss", true}},
                      {}};
    std::vector<ReportBlock> figures;
    for (const std::string& variant : variants_of(reported, reported.routers)) {
        bool is_first = true;
        for (const RunRecord& run : runs_of_variant(reported, reported.routers, variant)) {
            const auto evaluation = headline_evaluation(store, run);
            if (!evaluation) continue;
            table.rows.push_back(router_row(run, variant, *evaluation));
            if (is_first) figures.push_back(confusion_figure(run, variant, *evaluation));
            is_first = false;
        }
    }
    if (table.rows.empty()) return;
    figures.insert(figures.begin(), std::move(table));
    sections.push_back({"Routers", std::move(figures)});
}

} // namespace

std::vector<ReportSection> matrix_sections(RunStore& store, const ReportedRuns& reported) {
    std::vector<ReportSection> sections;
    add_forgetting(store, reported, sections);
    add_grids(store, reported, sections);
    add_routers(store, reported, sections);
    return sections;
}

} // namespace retort
