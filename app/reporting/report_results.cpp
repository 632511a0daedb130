// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reporting/compared_curves.h"
#include "app/reporting/report_curves.h"
#include "app/reporting/report_sections.h"
#include "base/error.h"
#include "report/number_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace retort {
namespace {

std::vector<std::string> domains_of(const ReportedRuns& reported) {
    std::vector<std::string> domains;
    const auto add = [&domains](const std::string& domain) {
        if (std::ranges::count(domains, domain) == 0) domains.push_back(domain);
    };
    for (const RunRecord& run : reported.runs) {
        const std::optional<RunSpec> spec = spec_of(run);
        if (spec) std::ranges::for_each(spec->data.domains, add);
        for (const auto& [domain, perplexity] : run.summary.perplexity)
            if (!spec) add(domain); // it was measured on
    }
    return domains;
}

ReportFigure figure_block(Figure figure, const std::vector<RunRecord>& runs, const std::string& metric) {
    figure.runs = figure_runs(runs);
    figure.options["metric"] = metric;
    return {std::move(figure)};
}

void mark_lowest(ReportTable& table, std::size_t column) {
    std::set<double> values;
    for (const auto& row : table.rows)
        if (row[column].value) values.insert(*row[column].value);
    if (table.rows.size() < 2 || values.empty()) return;
    for (auto& row : table.rows) {
        if (!row[column].value) continue;
        row[column].is_best = *row[column].value == *values.begin();
        row[column].is_second = values.size() > 2 && *row[column].value == *std::next(values.begin());
    }
}

struct DomainLosses {
    std::vector<std::string> domains;
    std::vector<std::vector<ComparedVariant>> compared; ///< of each domain
};

DomainLosses domain_losses(RunStore& store, const ReportedRuns& reported) {
    DomainLosses losses;
    for (const std::string& domain : domains_of(reported))
        try {
            losses.compared.push_back(
                compare_variants(curves_of(store, reported.runs, "loss." + domain), "", Better::lower));
            losses.domains.push_back(domain);
        } catch (const Error&) { // no run was evaluated on this domain
            continue;
        }
    return losses;
}

ReportTable domain_table(const ReportedRuns& reported, const DomainLosses& losses) {
    ReportTable table{
        "Validation loss by domain (nats per token), mean ± standard deviation over the seeds at the "
        "newest common step. Bold: the lowest mean of the domain; underlined: the second lowest, of "
        "three or more.",
        {{"Variant"}},
        {}};
    for (const std::string& variant : variants_of(reported, reported.runs))
        table.rows.push_back({{variant}});
    for (std::size_t d = 0; d < losses.domains.size(); ++d) {
        table.columns.push_back({losses.domains[d], true});
        for (auto& row : table.rows) {
            const auto found =
                std::ranges::find(losses.compared[d], row.front().text, &ComparedVariant::variant);
            row.push_back(found == losses.compared[d].end() ? TableCell{"–"} : summary_cell(found->last));
        }
        mark_lowest(table, d + 1);
    }
    return table;
}

/// Nothing where the runs have no such curve.
std::optional<ReportFigure> training_figure(RunStore& store, const ReportedRuns& reported) {
    try {
        const auto curves = curves_of(store, reported.runs, "ce");
        return figure_block(
            seed_curves_figure(curves, {"training-ce", "Training cross-entropy", "nats per token", false,
                                        variants_of(reported, reported.runs)}),
            reported.runs, "ce");
    } catch (const Error&) {
        return {};
    }
}

ReportTable quality_table(RunStore& store, const ReportedRuns& reported) {
    ReportTable table{
        "The same models by other measures, mean ± standard deviation over the seeds: perplexity "
        "(compares within one tokenizer), bits per byte (compares across tokenizers), top-1 accuracy.",
        {{"Variant"}},
        {}};
    for (const std::string& variant : variants_of(reported, reported.runs))
        table.rows.push_back({{variant}});
    for (const auto& [metric, digits] :
         {std::pair("perplexity", 1), std::pair("bits_per_byte", 4), std::pair("accuracy", 4)}) {
        const auto topic = evaluation_metric(metric)->topic;
        const auto compared = compare_variants(curves_of(store, reported.runs, metric), "", topic.better);
        table.columns.push_back({topic.unit.empty() ? topic.quantity : topic.unit, true, metric});
        for (auto& row : table.rows) {
            const auto found = std::ranges::find(compared, row.front().text, &ComparedVariant::variant);
            row.push_back(found == compared.end() ? TableCell{"–"} : summary_cell(found->last, digits));
        }
    }
    return table;
}

} // namespace

std::vector<ReportSection> result_sections(RunStore& store, const ReportedRuns& reported) {
    if (reported.runs.empty()) return {};
    const std::string reference = variant_name(reported, reported.runs.front());
    const auto curves = curves_of(store, reported.runs, "loss");
    const auto compared = compare_variants(curves, reference, Better::lower);
    ReportSection section{"Results", {}};
    section.blocks.push_back(
        comparison_table(compared, {"Validation loss, mean over the domains", "nats per token", Better::lower,
                                    compared.size() > 1 ? reference : std::string()}));
    section.blocks.push_back(
        figure_block(seed_curves_figure(curves, {"validation-loss", "Validation loss", "nats per token", true,
                                                 variants_of(reported, reported.runs)}),
                     reported.runs, "loss"));
    const DomainLosses losses = domain_losses(store, reported);
    if (losses.domains.size() > 1) {
        section.blocks.push_back(domain_table(reported, losses));
        section.blocks.push_back(
            figure_block(domain_bars_figure(losses.domains, losses.compared), reported.runs, "loss.DOMAIN"));
    }
    section.blocks.push_back(quality_table(store, reported));
    if (auto figure = training_figure(store, reported)) section.blocks.push_back(std::move(*figure));
    return {std::move(section)};
}

} // namespace retort
