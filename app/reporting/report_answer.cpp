// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reporting/compared_curves.h"
#include "app/reporting/report_sections.h"
#include "report/figure_style.h"
#include "report/number_text.h"
#include "store/study_claims.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>

namespace retort {
namespace {

std::string interval_text(const Interval& interval) {
    return "[" + shown_number(interval.low, 3) + ", " + shown_number(interval.high, 3) + "]";
}

std::string p_text(double p) {
    return p < 0.001 ? "p < 0.001" : "p = " + shown_number(p, 2);
}

std::string unit_of(const ClaimTest& test) {
    const auto metric = parse_metric(metric_of(test));
    if (!metric || metric->kind == ClaimMetric::Kind::router) return {};
    return metric->kind == ClaimMetric::Kind::ce_increment_variance ? "nats²" : "nats per token";
}

std::string statement_of(const ClaimTest& test) {
    const std::string head = metric_of(test) + " of " + test.variant;
    switch (test.kind) {
    case ClaimKind::alike:
        return fmt::format("{} is within {} of that of {}", head,
                           shown_number(test.margin.value_or(default_margin)), test.reference);
    case ClaimKind::lower:
        return head + " is lower than that of " + test.reference;
    case ClaimKind::higher:
        return head + " is higher than that of " + test.reference;
    case ClaimKind::at_most:
        return head + " is at most " + shown_number(test.value.value_or(0));
    case ClaimKind::at_least:
        break;
    }
    return head + " is at least " + shown_number(test.value.value_or(0));
}

/// "turns − joint: 0.12 nats per token [0.1, 0.14], n = 6, p < 0.001".
std::string effect_of(const ClaimTestResult& result) {
    const ClaimTest& test = result.test;
    if (!result.effect) return {};
    const bool is_difference = compares_variants(test.kind);
    std::string text = metric_of(test) + ", " +
                       (is_difference ? test.variant + " − " + test.reference : test.variant) + ": " +
                       shown_number(*result.effect, is_difference ? 3 : 5);
    if (const std::string unit = unit_of(test); !unit.empty()) text += " " + unit;
    if (result.interval) text += " " + interval_text(*result.interval);
    text += fmt::format(", n = {}", result.n);
    if (result.p) text += ", " + p_text(*result.p);
    return text;
}

ReportFinding finding_of(const StudyClaims& claims, const ClaimResult& claim) {
    std::vector<std::string> effects;
    for (const ClaimTestResult& test : claim.tests)
        if (std::string effect = effect_of(test); !effect.empty()) effects.push_back(std::move(effect));
    const std::string verdict =
        claims.conclusions ? std::string(verdict_word(claim.verdict)) : "no conclusions";
    std::string text =
        "“" + claim.claim.text + "” " + claim.reason; // else what is contradicted would be said
    if (!effects.empty()) text += fmt::format(" ({}.)", fmt::join(effects, "; "));
    return {verdict, text};
}

std::vector<TableCell> row_of(const ClaimTestResult& test) {
    const auto optional_cell = [&](const std::optional<double>& value) {
        // 0.9995 is not 0.99954
        const int digits = compares_variants(test.test.kind) ? 3 : 5;
        return value ? TableCell{shown_number(*value, digits), value} : TableCell{"–"};
    };
    std::vector<TableCell> row = {
        {statement_of(test.test)}, count_cell(static_cast<std::int64_t>(test.n)), optional_cell(test.effect)};
    row.push_back({test.interval ? interval_text(*test.interval) : "–"});
    row.push_back(test.p ? TableCell{*test.p < 0.001 ? "<0.001" : shown_number(*test.p, 2), test.p}
                         : TableCell{"–"});
    row.push_back({std::string(verdict_word(test.verdict))});
    return row;
}

ReportTable tests_table(const StudyClaims& claims) {
    ReportTable table{
        "The tests behind the verdicts. Effects are means over the seeds of the difference of the two "
        "variants, or of the metric itself against a value; intervals are of 95 %; p is adjusted by "
        "Holm over the directed tests of a claim.",
        {{"Test"}, {"n", true}, {"Effect", true}, {"95 % interval", true}, {"p", true}, {"Verdict"}},
        {}};
    for (const ClaimResult& claim : claims.claims)
        for (const ClaimTestResult& test : claim.tests)
            table.rows.push_back(row_of(test));
    return table;
}

int style_of(Verdict verdict) {
    return verdict == Verdict::supported      ? 2
           : verdict == Verdict::contradicted ? 1
                                              : 6; // green, vermillion, grey
}

/// Effects in nats per token beside each other; nothing below two, which a sentence says as well.
std::optional<ReportFigure> effects_figure(const ReportedRuns& reported, const StudyClaims& claims) {
    IntervalFigure intervals{{"Difference", "nats per token"}, 0, {}, {}};
    for (const ClaimResult& claim : claims.claims)
        for (const ClaimTestResult& test : claim.tests) {
            if (!test.effect || !compares_variants(test.test.kind) || unit_of(test.test) != "nats per token")
                continue;
            const double margin = test.test.margin.value_or(default_margin);
            if (test.test.kind == ClaimKind::alike) intervals.margin = Interval{-margin, margin};
            intervals.rows.push_back(
                {fmt::format("{}, {}: {} − {}", metric_of(test.test), name_of(test.test.kind),
                             test.test.variant, test.test.reference),
                 *test.effect, test.interval, fmt::format("{}, n = {}", verdict_word(test.verdict), test.n),
                 style_of(test.verdict)});
        }
    if (intervals.rows.size() < 2) return {};
    const std::string margin = intervals.margin ? " The shaded strip is what counts as alike." : "";
    return ReportFigure{
        {"effects",
         "Effects with their intervals",
         "Differences between variants with 95 % intervals, over the seeds, each with what is claimed of it "
         "(alike, lower or higher). Green: the test supports its claim; vermillion: it contradicts it; "
         "grey: undecided." +
             margin,
         std::move(intervals),
         figure_runs(reported.runs),
         {{"interval", "95 % t"}}}};
}

std::string difference_text(const ComparedVariant& variant, const std::string& reference) {
    const SampleSummary& difference = variant.difference->difference.differences;
    if (!difference.mean) return {};
    std::string text = fmt::format(" Against {} the paired difference is {} nats per token", reference,
                                   shown_number(*difference.mean));
    if (difference.interval) text += " " + interval_text(*difference.interval);
    text += fmt::format(", n = {}", difference.n);
    if (variant.difference->adjusted_p) text += ", " + p_text(*variant.difference->adjusted_p) + " (t, Holm)";
    return text + ".";
}

/// Of studies without claims, and of chosen runs: the lowest loss, and how it differs from the first
/// variant's.
ReportBlock lowest_loss(RunStore& store, const ReportedRuns& reported) {
    const std::string reference = variant_name(reported, reported.runs.front());
    const auto compared = compare_variants(curves_of(store, reported.runs, "loss"), reference, Better::lower);
    const auto has_mean = [](const ComparedVariant& one) {
        return one.last.mean && std::isfinite(*one.last.mean);
    };
    const ComparedVariant* best = nullptr;
    for (const ComparedVariant& one : compared)
        if (has_mean(one) && (best == nullptr || *one.last.mean < *best->last.mean)) best = &one;
    if (best == nullptr) return ReportText{"No variant has measured a loss at its end."};
    std::string text =
        fmt::format("Of {}, {} has the lowest validation loss: {} nats per token",
                    counted(compared.size(), "variant"), best->variant, shown_number(*best->last.mean));
    if (best->last.standard_deviation)
        text += " (± " + shown_number(*best->last.standard_deviation, 2) + " over " +
                counted(best->n, "seed") + ")";
    else
        text += ", from one seed";
    text += fmt::format(", at step {}.", best->step.value_or(best->newest_step));
    std::string verdict = "measured";
    if (best->difference) {
        text += difference_text(*best, reference);
        verdict = best->difference->is_better ? std::string(verdict_word(*best->difference->is_better))
                                              : "measured";
        if (verdict == "supported") verdict = "lower";
    }
    return ReportFinding{verdict, text};
}

std::string left_out(const ReportedRuns& reported) {
    std::map<std::string, std::size_t> unfinished;
    std::set<std::string> done;
    for (const RunRecord& run : main_runs(reported))
        done.insert(run.label());
    for (const RunRecord& run : reported.all)
        if (run.status != RunStatus::done && !done.contains(run.label()))
            ++unfinished[std::string(name_of(run.status))];
    std::vector<std::string> parts;
    for (const auto& [status, count] : unfinished)
        parts.push_back(fmt::format("{} {}", counted(count, "attempt"), status));
    return parts.empty() ? std::string() : fmt::format(" Not finished, and so left out: {}.", listed(parts));
}

} // namespace

ReportSection question_section(const ReportedRuns& reported) {
    const std::vector<RunRecord>& runs = main_runs(reported);
    const std::vector<std::string> variants = variants_of(reported, runs);
    std::set<std::uint64_t> seeds;
    for (const RunRecord& run : runs)
        seeds.insert(run.seed);
    ReportSection section{"Question", {}};
    std::string text = fmt::format("{} of {} ({}), {}", counted(runs.size(), "finished run"),
                                   counted(variants.size(), "variant"), listed(variants),
                                   seeds.size() == 1 ? fmt::format("with seed {}", *seeds.begin())
                                                     : fmt::format("over seeds {}", fmt::join(seeds, ", ")));
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    section.blocks.push_back(ReportText{text + "." + left_out(reported)});
    return section;
}

ReportSection answer_section(RunStore& store, const ReportedRuns& reported) {
    ReportSection section{"Answer", {}};
    const StudyClaims claims = reported.record ? assess_study(store, *reported.record) : StudyClaims{};
    for (const ClaimResult& claim : claims.claims)
        section.blocks.push_back(finding_of(claims, claim));
    if (auto figure = effects_figure(reported, claims)) section.blocks.push_back(std::move(*figure));
    if (!claims.claims.empty()) section.blocks.push_back(tests_table(claims));
    if (claims.claims.empty() && !reported.runs.empty())
        section.blocks.push_back(lowest_loss(store, reported));
    if (section.blocks.empty())
        section.blocks.push_back(
            ReportText{fmt::format("The study makes no claim; the scores of its {} are below.",
                                   counted(reported.routers.size(), "router"))});
    return section;
}

} // namespace retort
