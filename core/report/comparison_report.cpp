// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison_report.h"

#include "report/number_text.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace retort {
namespace {

TableCell number_cell(const std::optional<double>& value, const std::string& text) {
    return value ? TableCell{text, value} : TableCell{"–"};
}

TableCell summary_cell(const SampleSummary& summary) {
    if (!summary.mean) return {"–"};
    TableCell cell{shown_number(*summary.mean, 5), summary.mean, summary.standard_deviation};
    if (summary.standard_deviation) cell.text += " ± " + shown_number(*summary.standard_deviation, 2);
    return cell;
}

TableCell difference_cell(const ComparedVariant& variant) {
    if (!variant.difference) return {"–"};
    const PairedDifference& difference = variant.difference->difference;
    const SampleSummary& summary = difference.differences;
    TableCell cell = number_cell(summary.mean, summary.mean ? shown_number(*summary.mean, 3) : "");
    if (summary.interval)
        cell.text += " [" + shown_number(summary.interval->low, 3) + ", " +
                     shown_number(summary.interval->high, 3) + "]";
    if (variant.difference->adjusted_p.value_or(1) < 0.05) cell.mark = "*";
    return cell;
}

TableCell p_cell(const std::optional<double>& p) {
    if (!p) return {"–"};
    return {*p < 0.001 ? "<0.001" : shown_number(*p, 2), p};
}

std::vector<TableCell> row_of(const ComparedVariant& variant, bool has_reference) {
    std::vector<TableCell> row = {{variant.variant}};
    row.push_back({std::to_string(variant.n), static_cast<double>(variant.n)});
    row.push_back(summary_cell(variant.last));
    row.push_back(summary_cell(variant.best));
    if (!has_reference) return row;
    row.push_back(difference_cell(variant));
    row.push_back(p_cell(variant.difference ? variant.difference->adjusted_p : std::nullopt));
    row.push_back(p_cell(variant.difference ? variant.difference->adjusted_rank_p : std::nullopt));
    return row;
}

/// Best bold, second best underlined. Values that are alike share their mark.
void mark_best(std::vector<std::vector<TableCell>>& rows, std::size_t column, Better better) {
    if (better == Better::neither || rows.size() < 2) return;
    std::set<double> values;
    for (const auto& row : rows)
        if (const auto& value = row[column].value; value && !std::isnan(*value))
            values.insert(better == Better::lower ? *value : -*value);
    if (values.empty()) return;
    const double best = *values.begin(), second = values.size() > 2 ? *std::next(values.begin()) : best;
    for (auto& row : rows) {
        if (!row[column].value) continue;
        const double value = better == Better::lower ? *row[column].value : -*row[column].value;
        row[column].is_best = value == best;
        row[column].is_second = value == second && !row[column].is_best;
    }
}

std::string seeds_text(std::span<const ComparedVariant> variants) {
    std::set<std::size_t> counts;
    for (const ComparedVariant& variant : variants)
        counts.insert(variant.n);
    if (counts.empty()) return "no seeds";
    const std::string least = std::to_string(*counts.begin());
    const std::string all = counts.size() == 1 ? least : least + "–" + std::to_string(*counts.rbegin());
    return all == "1" ? "one seed" : all + " seeds";
}

std::string caption_of(std::span<const ComparedVariant> variants, const ComparisonTopic& topic) {
    std::string caption = topic.quantity + (topic.unit.empty() ? "" : " (" + topic.unit + ")") +
                          ": mean ± standard deviation over " + seeds_text(variants) +
                          " at the newest step that all of them have, and of each seed's best value.";
    if (topic.better != Better::neither) caption += " Bold: the best mean.";
    if (topic.better != Better::neither && variants.size() > 2) caption += " Underlined: the second best.";
    if (topic.reference.empty()) return caption;
    return caption + " Differences to " + topic.reference +
           " are paired by seed, with 95 % intervals; p is of the paired t test and of the signed-rank test, "
           "each by Holm over the variants; * p < 0.05 (t, Holm).";
}

} // namespace

ReportTable comparison_table(std::span<const ComparedVariant> variants, const ComparisonTopic& topic) {
    const bool has_reference = !topic.reference.empty();
    ReportTable table{
        caption_of(variants, topic),
        {{"Variant", false, "variant"}, {"n", true}, {"Last", true, "last"}, {"Best", true, "best"}},
        {}};
    if (has_reference) {
        table.columns.push_back({"Difference", true, "difference"});
        table.columns.push_back({"p (t, Holm)", true, "p_holm"});
        table.columns.push_back({"p (ranks, Holm)", true, "p_signed_rank_holm"});
    }
    for (const ComparedVariant& variant : variants)
        table.rows.push_back(row_of(variant, has_reference));
    for (const std::size_t column : {std::size_t{2}, std::size_t{3}})
        mark_best(table.rows, column, topic.better);
    return table;
}

} // namespace retort
