// SPDX-License-Identifier: GPL-3.0-or-later
// compare: variants over their seeds, against one of them.
#include "app/ctl/command.h"
#include "app/ctl/figure_size.h"
#include "app/ctl/text_table.h"
#include "app/reporting/compared_curves.h"
#include "app/reporting/report_curves.h"
#include "app/reporting/reported_runs.h"
#include "base/files.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

struct CompareOptions {
    std::vector<std::string> runs;
    std::string metric = "loss";
    std::string reference;
    std::string format = "text";
    std::string out;
    std::filesystem::path figure; ///< empty: none is wanted
    FigureSize size;
};

Json summary_json(const SampleSummary& summary) {
    const auto number = [](const std::optional<double>& value) {
        return value ? Json(*value) : Json(nullptr);
    };
    return {{"mean", number(summary.mean)}, {"standard_deviation", number(summary.standard_deviation)}};
}

Json difference_json(const VariantDifference& difference) {
    const auto number = [](const std::optional<double>& value) {
        return value ? Json(*value) : Json(nullptr);
    };
    const SampleSummary& summary = difference.difference.differences;
    return {{"step", difference.step},
            {"seeds", difference.seeds},
            {"mean", number(summary.mean)},
            {"low", summary.interval ? Json(summary.interval->low) : Json(nullptr)},
            {"high", summary.interval ? Json(summary.interval->high) : Json(nullptr)},
            {"effect_size", number(difference.difference.effect_size)},
            {"p", number(difference.difference.p)},
            {"p_holm", number(difference.adjusted_p)},
            {"p_signed_rank", number(difference.ranks.p)},
            {"p_signed_rank_holm", number(difference.adjusted_rank_p)},
            {"better", difference.is_better ? Json(verdict_word(*difference.is_better)) : Json(nullptr)}};
}

std::string json_text(const std::vector<ComparedVariant>& variants, const std::string& metric) {
    Json all = Json::array();
    for (const ComparedVariant& variant : variants) {
        Json one = {{"variant", variant.variant}, {"metric", metric}, {"n", variant.n}};
        one["step"] = variant.step ? Json(*variant.step) : Json(nullptr);
        one["last"] = summary_json(variant.last);
        one["best"] = summary_json(variant.best);
        one["difference"] = variant.difference ? difference_json(*variant.difference) : Json(nullptr);
        all.push_back(std::move(one));
    }
    return all.dump(1) + "\n";
}

std::string plain_text(const ReportTable& table) {
    std::vector<std::vector<std::string>> rows(1);
    for (const TableColumn& column : table.columns)
        rows[0].push_back(column.title);
    for (const auto& row : table.rows) {
        rows.emplace_back();
        for (const TableCell& cell : row)
            rows.back().push_back(cell.text + cell.mark +
                                  (cell.is_best     ? " (best)"
                                   : cell.is_second ? " (second)"
                                                    : ""));
    }
    return text_table(rows) + "\n" + table.caption + "\n";
}

ComparisonTopic topic_of(const CompareOptions& options) {
    const auto evaluated = evaluation_metric(options.metric);
    ComparisonTopic topic =
        evaluated ? evaluated->topic : ComparisonTopic{options.metric, "", Better::neither, {}};
    topic.reference = options.reference;
    return topic;
}

std::string written(const std::vector<ComparedVariant>& variants, const CompareOptions& options) {
    if (options.format == "json") return json_text(variants, options.metric);
    const ComparisonTopic topic = topic_of(options);
    const ReportTable table = comparison_table(variants, topic);
    if (options.format == "csv") return to_csv(table);
    if (options.format == "markdown") return to_markdown(table);
    if (options.format == "latex") return to_latex(table);
    return options.format == "html" ? to_html(table) : plain_text(table);
}

void write_curves(const std::vector<SeedCurve>& curves, const std::vector<RunRecord>& runs,
                  const CompareOptions& options) {
    const ComparisonTopic topic = topic_of(options);
    const bool is_evaluated = evaluation_metric(options.metric).has_value();
    Figure figure =
        seed_curves_figure(curves, {figure_name(options.metric), topic.quantity, topic.unit, is_evaluated});
    figure.runs = figure_runs(runs);
    figure.options["metric"] = options.metric;
    own_drawer().write_figure(figure, options.figure, options.size.width());
}

int compare(const Invocation& invocation, CompareOptions options) {
    if (invocation.json) options.format = "json";
    RunStore store(Workspace(invocation.workspace, Workspace::Access::read_only));
    const std::vector<RunRecord> runs = chosen_runs(store, options.runs);
    if (runs.empty())
        throw Error(ErrorKind::data, "There is no finished run to compare; run the study first.");
    const std::vector<SeedCurve> curves = curves_of(store, runs, options.metric);
    if (options.reference.empty()) options.reference = curves.front().variant;
    if (std::ranges::count(curves, options.reference, &SeedCurve::variant) == 0)
        throw Error(ErrorKind::usage, "--reference must be one of the variants that are compared, but is \"" +
                                          options.reference + "\".");
    if (!options.figure.empty()) write_curves(curves, runs, options);
    const std::string text =
        written(compare_variants(curves, options.reference, topic_of(options).better), options);
    if (options.out.empty())
        fmt::print("{}", text);
    else
        write_file_atomically(options.out, text);
    return 0;
}

} // namespace

void add_compare_command(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        add_command(app, invocation, "compare", "Set variants against each other over their seeds");
    auto options = std::make_shared<CompareOptions>();
    command->add_option("runs", options->runs, "Runs, or studies with all their finished runs")->required();
    command->add_option("--metric", options->metric,
                        "loss, perplexity, accuracy, bits_per_byte, each with .DOMAIN for one domain, or a "
                        "curve such as ce");
    command->add_option("--reference", options->reference, "Variant that the others are measured against");
    command->add_option("--format", options->format, "How it is written")
        ->check(CLI::IsMember({"text", "csv", "markdown", "latex", "html", "json"}));
    command->add_option("--out", options->out, "File; without it, the terminal")->type_name("FILE");
    command
        ->add_option("--figure", options->figure,
                     "Also draw the curves: a file that ends with .pdf, .svg or .png; its data go beside it")
        ->type_name("FILE");
    add_figure_size(command, options->size);
    add_json(command, invocation, "The same as --format json");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return compare(invocation, *options); };
    });
}

} // namespace retort::ctl
