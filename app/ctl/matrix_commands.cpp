// SPDX-License-Identifier: GPL-3.0-or-later
// matrix: the confusion matrices of a run, its evaluation grid or its losses by stage, as a table.
#include "analysis/confusion.h"
#include "analysis/evaluation_grid.h"
#include "app/ctl/command.h"
#include "app/ctl/forgetting_view.h"
#include "base/csv.h"
#include "base/files.h"
#include "store/run_store.h"
#include "store/stage_matrices.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

struct MatrixOptions {
    std::string run;
    std::string kind = "router";
    std::string measure = "loss";
    std::string file = "-";
};

/// Long form: a line for each cell.
std::string csv_of(const std::vector<MatrixRecord>& matrices, const std::string& kind) {
    std::string csv = "kind,classifier,split,fold,length,step,true,said,count,count_without_abstention\n";
    for (const auto& [number, e] : matrices) {
        if (e.kind != kind) continue;
        for (std::size_t row = 0; row < e.rows.size(); ++row)
            for (std::size_t column = 0; column < e.columns.size(); ++column) {
                const std::size_t cell = row * e.columns.size() + column;
                csv += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", e.kind, e.classifier, e.split, e.fold,
                                   e.length, e.step, e.rows[row], e.columns[column], e.counts[cell],
                                   e.forced[cell]);
            }
    }
    return csv;
}

/// A line for each setting, a column for each domain, in nats per token.
std::string csv_of(const EvaluationGrid& grid) {
    std::string csv = "setting";
    for (const std::string& domain : grid.domains)
        csv += ',' + csv_field(domain);
    for (std::size_t row = 0; row < grid.settings.size(); ++row) {
        csv += '\n' + csv_field(grid.settings[row]);
        for (std::size_t column = 0; column < grid.domains.size(); ++column)
            csv += std::isnan(grid.at(row, column)) ? "," : fmt::format(",{}", grid.at(row, column));
    }
    return csv + '\n';
}

/// Of the newest evaluation that measured the grid.
std::string evaluation_csv(RunStore& store, const RunRecord& record) {
    const std::vector<EvaluationRecord> all = store.evaluations(record.id);
    const auto is_of_grid = [](const EvaluationRecord& one) {
        return !one.row.setting.empty() && one.row.setting != unigram_setting;
    };
    const auto newest = std::ranges::find_if(all.rbegin(), all.rend(), is_of_grid);
    if (newest == all.rend())
        throw Error(ErrorKind::data,
                    record.label() + " has no evaluation grid; name a modular run that is done.");
    std::vector<EvaluationRow> rows;
    for (const EvaluationRecord& one : all)
        if (one.step == newest->step) rows.push_back(one.row);
    return csv_of(evaluation_grid(rows));
}

std::string router_csv(RunStore& store, const RunRecord& record, const MatrixOptions& options) {
    const std::vector<MatrixRecord> matrices = store.matrices(record.id);
    if (std::ranges::none_of(matrices, [&](const auto& m) { return m.evaluation.kind == options.kind; }))
        throw Error(ErrorKind::data,
                    record.label() + " has no matrix of the kind " + options.kind + "; name a router's run.");
    return csv_of(matrices, options.kind);
}

std::string forgetting_csv(RunStore& store, const RunRecord& record, const std::string& measure) {
    const StageMatrix matrix = read_stage_matrix(store, record);
    if (matrix.rows.empty())
        throw Error(ErrorKind::data, record.label() + " trains nothing and so forgets nothing; name a run of "
                                                      "the task teacher, distill or modular.");
    return stage_csv(matrix, measure);
}

std::string csv_of_kind(RunStore& store, const RunRecord& record, const MatrixOptions& options) {
    if (options.kind == "evaluation") return evaluation_csv(store, record);
    if (options.kind == "forgetting") return forgetting_csv(store, record, options.measure);
    return router_csv(store, record, options);
}

int write_matrix(const Invocation& invocation, const MatrixOptions& options) {
    RunStore store(Workspace(invocation.workspace, Workspace::Access::read_only));
    const RunRecord record = store.run(options.run);
    const std::string csv = csv_of_kind(store, record, options);
    if (options.file == "-")
        fmt::print("{}", csv);
    else
        write_file_atomically(options.file, csv);
    return 0;
}

} // namespace

void add_matrix_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        add_command(app, invocation, "matrix",
                    "Write a run's confusion matrices, evaluation grid or losses by stage as CSV");
    auto options = std::make_shared<MatrixOptions>();
    command->add_option("run", options->run, "A run's id or study/variant/seed")
        ->required()
        ->type_name("RUN");
    command
        ->add_option("--kind", options->kind,
                     "router: who was taken for whom; evaluation: nats per token by setting and domain; "
                     "forgetting: a measure after each stage by domain")
        ->check(CLI::IsMember({"router", "evaluation", "forgetting"}))
        ->capture_default_str();
    command->add_option("--measure", options->measure, "Of the kind forgetting; loss is in nats per token")
        ->check(CLI::IsMember({"loss", "perplexity", "accuracy"}))
        ->capture_default_str();
    command->add_option("--csv", options->file, "File to write; - is the standard output")->type_name("FILE");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return write_matrix(invocation, *options); };
    });
}

} // namespace retort::ctl
