// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reporting/reported_runs.h"

#include "app/reporting/compared_curves.h"
#include "base/error.h"
#include "spec/imported_run.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace retort {
namespace {

/// The newest done attempt of each router of a study.
std::vector<RunRecord> routers_of_study(const std::vector<RunRecord>& all, const std::string& study) {
    std::vector<RunRecord> routers;
    std::set<std::pair<std::string, std::uint64_t>> seen;
    for (const RunRecord& run : all) // newest attempt first
        if (run.study == study && run.task == Task::router && run.status == RunStatus::done &&
            seen.emplace(run.variant, run.seed).second)
            routers.push_back(run);
    std::ranges::sort(routers, {}, &RunRecord::created);
    return routers;
}

ReportedRuns read_study_runs(std::vector<RunRecord> all, const StudyRecord& record) {
    ReportedRuns reported{record.name, record, read_study(record.text).study, {}, {}, {}};
    reported.runs = runs_of_study(all, record.name);
    reported.routers = routers_of_study(all, record.name);
    std::erase_if(all, [&](const RunRecord& run) { return run.study != record.name; });
    reported.all = std::move(all);
    if (reported.runs.empty() && reported.routers.empty())
        throw Error(ErrorKind::data, "No run of " + record.name + " is finished; run the study first.");
    return reported;
}

ReportedRuns read_chosen_runs(RunStore& store, const std::vector<RunRecord>& all,
                              const std::vector<std::string>& names) {
    ReportedRuns reported{"runs", {}, {}, {}, {}, {}};
    for (const std::string& name : names) {
        if (std::ranges::count(all, name, &RunRecord::study) > 0) {
            std::ranges::move(runs_of_study(all, name), std::back_inserter(reported.all));
            std::ranges::move(routers_of_study(all, name), std::back_inserter(reported.all));
        } else {
            reported.all.push_back(store.run(name));
        }
    }
    for (const RunRecord& run : reported.all) {
        if (run.status != RunStatus::done)
            throw Error(ErrorKind::data,
                        run.label() + " is not finished (" + std::string(name_of(run.status)) +
                            "); a report is of finished runs, so resume it first or leave it out.");
        (run.task == Task::router ? reported.routers : reported.runs).push_back(run);
    }
    if (reported.all.empty())
        throw Error(ErrorKind::data, "There is no finished run to report on; run the study first.");
    return reported;
}

} // namespace

ReportedRuns read_reported(RunStore& store, const std::vector<std::string>& names) {
    const std::vector<RunRecord> all = store.runs();
    if (names.size() == 1) {
        const std::vector<StudyRecord> studies = store.studies();
        const auto found = std::ranges::find(studies, names.front(), &StudyRecord::name);
        if (found != studies.end()) return read_study_runs(all, *found);
    }
    return read_chosen_runs(store, all, names);
}

std::string variant_name(const ReportedRuns& reported, const RunRecord& run) {
    const bool has_studies = std::ranges::any_of(
        reported.all, [&](const RunRecord& other) { return other.study != reported.all.front().study; });
    return has_studies ? run.study + "/" + run.variant : run.variant;
}

std::vector<std::string> variants_of(const ReportedRuns& reported, const std::vector<RunRecord>& runs) {
    std::vector<std::string> variants;
    for (const RunRecord& run : runs) {
        std::string name = variant_name(reported, run);
        if (std::ranges::count(variants, name) == 0) variants.push_back(std::move(name));
    }
    return variants;
}

std::vector<RunRecord> runs_of_variant(const ReportedRuns& reported, const std::vector<RunRecord>& runs,
                                       const std::string& variant) {
    std::vector<RunRecord> result;
    for (const RunRecord& run : runs)
        if (variant_name(reported, run) == variant) result.push_back(run);
    return result;
}

const std::vector<RunRecord>& main_runs(const ReportedRuns& reported) {
    return reported.runs.empty() ? reported.routers : reported.runs;
}

std::optional<RunSpec> spec_of(const RunRecord& run) {
    return is_imported(run) ? std::nullopt : std::optional(read_run_spec(run.spec).spec);
}

const RunRecord* first_specified(const std::vector<RunRecord>& runs) {
    const auto found = std::ranges::find(runs, false, is_imported);
    return found == runs.end() ? nullptr : &*found;
}

std::string counted(std::size_t count, const std::string& noun) {
    return count == 1 ? "one " + noun : fmt::format("{} {}s", count, noun);
}

std::string listed(const std::vector<std::string>& names) {
    if (names.size() < 2) return names.empty() ? "none" : names.front();
    return fmt::format("{} and {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back());
}

TableCell number_cell(double value, int digits) {
    return {fmt::format("{}{:.{}f}", value < 0 ? "−" : "", std::abs(value), digits), value};
}

TableCell summary_cell(const SampleSummary& summary, int digits) {
    if (!summary.mean) return {"–"};
    TableCell cell = number_cell(*summary.mean, digits);
    cell.spread = summary.standard_deviation;
    if (cell.spread) cell.text += fmt::format(" ± {:.{}f}", *cell.spread, digits);
    return cell;
}

TableCell count_cell(std::int64_t count) {
    return {std::to_string(count), static_cast<double>(count)};
}

} // namespace retort
