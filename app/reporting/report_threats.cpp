// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reporting/report_sections.h"
#include "spec/fidelity.h"
#include "spec/imported_run.h"
#include "store/study_claims.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace retort {
namespace {

class Threats {
public:
    template <class... Args>
    void say(fmt::format_string<Args...> text, Args&&... args) {
        blocks_.push_back(ReportText{fmt::format(text, std::forward<Args>(args)...)});
    }
    [[nodiscard]] std::vector<ReportBlock> take() { return std::move(blocks_); }

private:
    std::vector<ReportBlock> blocks_;
};

std::size_t least_seeds(const ReportedRuns& reported) {
    const std::vector<RunRecord>& runs = main_runs(reported);
    std::size_t least = runs.size();
    for (const std::string& variant : variants_of(reported, runs))
        least = std::min(least, runs_of_variant(reported, runs, variant).size());
    return least;
}

void say_sizes(const ReportedRuns& reported, Threats& threats) {
    if (reported.spec && !reported.spec->conclusions.value_or(true))
        threats.say(
            "The study of {} is marked as one without conclusions: it is too small to decide anything.",
            counted(reported.spec->seeds.size(), "seed"));
    if (const std::size_t seeds = least_seeds(reported); seeds < fewest_pairs)
        threats.say("A variant has {}, fewer than the {} that a paired test needs to reach p < 0.05.",
                    counted(seeds, "seed"), fewest_pairs);
    if (const RunRecord* run = first_specified(reported.runs))
        threats.say(
            "An evaluation reads {} tokens of each domain's validation text, the same ones in each run ({}).",
            spec_of(*run)->run.eval_tokens, run->label());
}

void say_imported(const ReportedRuns& reported, Threats& threats) {
    std::vector<std::string> imported;
    for (const RunRecord& run : reported.all)
        if (is_imported(run)) imported.push_back(run.label());
    if (!imported.empty())
        threats.say(
            "The configuration of {} is not known, since only the curves were imported: a difference to "
            "other runs may come from anything, and equal seeds need not mean equal data.",
            listed(imported));
}

void say_fidelity(const ReportedRuns& reported, Threats& threats) {
    std::map<std::string, std::vector<std::string>> variants;
    for (const std::string& variant : variants_of(reported, main_runs(reported))) {
        const RunRecord run = runs_of_variant(reported, main_runs(reported), variant).front();
        const std::optional<RunSpec> spec = spec_of(run);
        const std::string mark = spec ? fidelity_of(*spec) : std::string();
        if (!mark.empty()) variants[mark].push_back(variant);
    }
    if (variants.size() < 2 && !variants.contains("mixed")) return;
    std::vector<std::string> parts;
    for (const auto& [mark, names] : variants)
        parts.push_back(fmt::format("{} of {}", mark, listed(names)));
    threats.say(
        "The variants differ in fidelity: {}. A difference between variants of different fidelity is one "
        "of the method's form as well.",
        fmt::join(parts, "; "));
}

void say_failures(RunStore& store, const ReportedRuns& reported, Threats& threats) {
    for (const RunRecord& run : reported.all)
        if (run.status == RunStatus::diverged || run.status == RunStatus::failed)
            threats.say("{} (attempt {}) {} after {} steps: {}", run.label(), run.attempt,
                        name_of(run.status), run.steps, run.reason);
    if (reported.record)
        for (const std::string& run : assess_study(store, *reported.record).deviating)
            threats.say("{} was made by another specification than the study's text of {} has.", run,
                        reported.record->saved);
    for (const RunRecord& run : main_runs(reported))
        for (const SessionRecord& session : store.sessions(run.id))
            if (session.started.inexact)
                threats.say(
                    "{} was resumed at step {} with other threads, precision or libraries than before.",
                    run.label(), session.started.resumed_from_step);
}

std::vector<std::vector<std::string>> machines_of(RunStore& store, const std::vector<RunRecord>& runs) {
    std::set<std::vector<std::string>> machines;
    for (const RunRecord& run : runs)
        for (const SessionRecord& session : store.sessions(run.id)) {
            const ResolvedSettings& with = session.started.resolved;
            machines.insert({with.device, with.precision, std::to_string(with.threads), with.vector_level,
                             with.blas, with.torch});
        }
    return {machines.begin(), machines.end()};
}

ReportTable machines_table(const std::vector<std::vector<std::string>>& machines,
                           const std::vector<RunRecord>& runs) {
    double seconds = 0;
    for (const RunRecord& run : runs)
        seconds += run.wall_seconds;
    ReportTable table{fmt::format("What {} trained with, {:.0f} seconds of training in all.",
                                  counted(runs.size(), "run"), seconds),
                      {{"Device"}, {"Precision"}, {"Threads", true}, {"Vectors"}, {"BLAS"}, {"LibTorch"}},
                      {}};
    for (const auto& machine : machines) {
        table.rows.emplace_back();
        for (const std::string& value : machine)
            table.rows.back().push_back({value});
    }
    return table;
}

ReportTable seeds_table(const std::vector<RunRecord>& runs) {
    ReportTable table{"The runs, with what they are known by.",
                      {{"Run"}, {"Attempt", true}, {"Id"}, {"Begun"}, {"Steps", true}, {"Seconds", true}},
                      {}};
    for (const RunRecord& run : runs)
        table.rows.push_back({{run.label()},
                              count_cell(run.attempt),
                              {run.id},
                              {run.created},
                              count_cell(run.steps),
                              number_cell(run.wall_seconds, 1)});
    return table;
}

std::string commands_of(const ReportedRuns& reported) {
    if (reported.record)
        return "retortctl run " + reported.name + ".json\nretortctl report " + reported.name + " --out " +
               reported.name + ".pdf";
    std::string commands, names;
    for (const RunRecord& run : reported.all) {
        commands += is_imported(run) ? fmt::format("retortctl import {}\n",
                                                   run.spec->at("imported").at("from").get<std::string>())
                                     : fmt::format("retortctl run {}.json --variant {} --seed {}\n",
                                                   run.study, run.variant, run.seed);
        names += run.label() + " ";
    }
    return commands + "retortctl report " + names + "--out runs.pdf";
}

/// Fields of a section side by side, sections below each other.
std::string compact_json(const Json& spec) {
    std::string text = "{";
    for (const auto& [key, value] : spec.items())
        text += (text.size() == 1 ? "\n  \"" : ",\n  \"") + key + "\": " + value.dump();
    return text + "\n}";
}

} // namespace

ReportSection threats_section(RunStore& store, const ReportedRuns& reported) {
    Threats threats;
    say_sizes(reported, threats);
    say_imported(reported, threats);
    say_fidelity(reported, threats);
    say_failures(store, reported, threats);
    const auto machines = machines_of(store, main_runs(reported));
    if (machines.size() > 1)
        threats.say("The runs were trained under {} different settings of the machine, listed below; equal "
                    "seeds give "
                    "equal numbers only under equal settings.",
                    machines.size());
    std::vector<ReportBlock> blocks = threats.take();
    if (blocks.empty())
        blocks.push_back(ReportText{fmt::format("None that the workspace knows of, in {}.",
                                                counted(reported.all.size(), "attempt"))});
    return {"Threats to validity", std::move(blocks)};
}

ReportSection repeat_section(RunStore& store, const ReportedRuns& reported) {
    const std::vector<RunRecord>& runs = main_runs(reported);
    ReportSection section{"To repeat it", {}};
    if (const auto machines = machines_of(store, runs); !machines.empty())
        section.blocks.push_back(machines_table(machines, runs));
    section.blocks.push_back(seeds_table(runs));
    section.blocks.push_back(ReportCode{commands_of(reported)});
    const std::vector<StudyRecord> studies = store.studies();
    for (const StudyRecord& study : studies) {
        if (std::ranges::count(reported.all, study.name, &RunRecord::study) == 0) continue;
        section.blocks.push_back(
            ReportText{fmt::format("{}.json, as it was on {}:", study.name, study.saved)});
        section.blocks.push_back(ReportCode{study.text});
    }
    if (const RunRecord* run = first_specified(runs)) {
        section.blocks.push_back(
            ReportText{fmt::format("The whole configuration of {}, every field written out:", run->label())});
        section.blocks.push_back(ReportCode{compact_json(run->spec)});
    }
    return section;
}

} // namespace retort
