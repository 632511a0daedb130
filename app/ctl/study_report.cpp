// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/study_report.h"

#include "analysis/spec_difference.h"
#include "app/ctl/compared_curves.h"
#include "base/error.h"
#include "data/corpus.h"
#include "spec/fidelity.h"
#include "store/stage_matrices.h"
#include "store/study_claims.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace retort::ctl {
namespace {

struct ReportedStudy {
    StudyRecord record;
    StudySpec spec;
    std::vector<RunRecord> all;  ///< of this study, whatever became of them
    std::vector<RunRecord> runs; ///< the newest done attempt of each variant and seed
};

ReportedStudy read_reported(RunStore& store, const std::string& name) {
    const std::vector<StudyRecord> studies = store.studies();
    const auto found = std::ranges::find(studies, name, &StudyRecord::name);
    if (found == studies.end())
        throw Error(ErrorKind::data,
                    "The workspace has no study " + name + "; run it with retortctl run STUDY.json.");
    ReportedStudy study{*found, read_study(found->text).study, store.runs(), {}};
    study.runs = runs_of_study(study.all, name);
    std::erase_if(study.all, [&](const RunRecord& run) { return run.study != name; });
    if (study.runs.empty())
        throw Error(ErrorKind::data, "No run of " + name + " is finished; run the study first.");
    return study;
}

std::vector<std::string> variants_of(const std::vector<RunRecord>& runs) {
    std::vector<std::string> variants;
    for (const RunRecord& run : runs)
        if (std::ranges::count(variants, run.variant) == 0) variants.push_back(run.variant);
    return variants;
}

const RunRecord& first_of(const ReportedStudy& study, const std::string& variant) {
    return *std::ranges::find(study.runs, variant, &RunRecord::variant);
}

TableCell number(double value, int digits = 4) {
    return {fmt::format("{:.{}f}", value, digits), value};
}

ReportSection question(const ReportedStudy& study) {
    const auto seeds = study.spec.seeds.size();
    const auto variants = variants_of(study.runs).size();
    return {"Question",
            {ReportText{study.spec.title},
             ReportText{fmt::format("The study {} has {} finished run{}: {} variant{} over {} seed{}.",
                                    study.record.name, study.runs.size(), study.runs.size() == 1 ? "" : "s",
                                    variants, variants == 1 ? "" : "s", seeds, seeds == 1 ? "" : "s")}}};
}

std::string sentence_of(const ClaimTestResult& test) {
    const std::string head = metric_of(test.test) + " of " + test.test.variant;
    const std::string kind = std::string(name_of(test.test.kind));
    if (!compares_variants(test.test.kind))
        return fmt::format("{} {} {}", head, kind, test.test.value.value_or(0));
    return fmt::format("{} {} {}", head, kind, test.test.reference);
}

std::vector<TableCell> row_of(const ClaimTestResult& test) {
    std::vector<TableCell> row = {{sentence_of(test)}, {std::to_string(test.n), double(test.n)}};
    row.push_back(test.effect ? number(*test.effect) : TableCell{"–"});
    row.push_back(
        {test.interval ? fmt::format("[{:.4f}, {:.4f}]", test.interval->low, test.interval->high) : "–"});
    row.push_back(test.p ? number(*test.p) : TableCell{"–"});
    row.push_back({std::string(verdict_word(test.verdict))});
    return row;
}

ReportTable tests_of(const ClaimResult& claim) {
    ReportTable table{"Tests of “" + claim.claim.text +
                          "” Effects are differences of means by seed, or the mean itself against a value; "
                          "intervals are of 95 %.",
                      {{"Test"}, {"n", true}, {"Effect", true}, {"Interval", true}, {"p", true}, {"Verdict"}},
                      {}};
    for (const ClaimTestResult& test : claim.tests)
        table.rows.push_back(row_of(test));
    return table;
}

ReportSection answer(RunStore& store, const ReportedStudy& study) {
    ReportSection section{"Answer", {}};
    const StudyClaims claims = assess_study(store, study.record);
    for (const ClaimResult& claim : claims.claims) {
        const std::string verdict =
            claims.conclusions ? std::string(verdict_word(claim.verdict)) : "no conclusions";
        section.blocks.push_back(ReportFinding{verdict, claim.claim.text + " " + claim.reason});
    }
    for (const ClaimResult& claim : claims.claims)
        section.blocks.push_back(tests_of(claim));
    if (claims.claims.empty())
        section.blocks.push_back(ReportText{"The study makes no claim; the tables below are its result."});
    return section;
}

ReportTable licences_of(const Corpus& corpus) {
    ReportTable table{"Sources of the corpus and their licences.", {{"Source"}, {"Licence"}}, {}};
    for (const auto& [source, licence] : corpus.manifest.at("licences").items())
        table.rows.push_back({{source}, {licence.is_string() ? licence.get<std::string>() : licence.dump()}});
    return table;
}

ReportSection data(const ReportedStudy& study) {
    const DataSpec& data = read_run_spec(study.runs.front().spec).spec.data;
    ReportSection section{"Data", {}};
    section.blocks.push_back(ReportText{
        fmt::format("Corpus {} ({}), sequences of {} targets, a vocabulary of {} tokens.", data.corpus,
                    fmt::join(data.domains, ", "), data.context, data.tokenizer.vocab)});
    try {
        const Corpus corpus = open_corpus(data.corpus);
        ReportTable files{"Articles of the corpus by domain.",
                          {{"Split"}, {"Domain"}, {"Articles", true}, {"Characters", true}},
                          {}};
        for (const CorpusFile& file : corpus.files)
            files.rows.push_back({{file.split},
                                  {file.domain},
                                  {std::to_string(file.articles), double(file.articles)},
                                  {std::to_string(file.characters), double(file.characters)}});
        section.blocks.push_back(std::move(files));
        if (corpus.manifest.contains("licences")) section.blocks.push_back(licences_of(corpus));
    } catch (const Error& error) {
        section.blocks.push_back(
            ReportText{std::string("Its texts are not on this machine: ") + error.what()});
    }
    return section;
}

std::string differences_text(const Json& base, const Json& spec) {
    std::string text;
    for (const Difference& difference : differences(base, spec)) {
        if (difference.pointer == "/seed") continue;
        const std::string value = difference.right ? difference.right->dump() : "left out";
        text += (text.empty() ? "" : "; ") + difference.pointer + " " + value;
    }
    return text.empty() ? "–" : text;
}

ReportSection set_up(const ReportedStudy& study) {
    const RunRecord& base = study.runs.front();
    ReportTable table{
        "The variants; differences are to " + base.variant + ".",
        {{"Variant"}, {"Fidelity"}, {"Parameters", true}, {"For one token", true}, {"Differences"}},
        {}};
    for (const std::string& variant : variants_of(study.runs)) {
        const RunRecord& run = first_of(study, variant);
        const std::string fidelity = fidelity_of(read_run_spec(run.spec).spec);
        table.rows.push_back({{variant},
                              {fidelity.empty() ? "–" : fidelity},
                              {std::to_string(run.parameters.total), double(run.parameters.total)},
                              {std::to_string(run.parameters.active), double(run.parameters.active)},
                              {differences_text(base.spec, run.spec)}});
    }
    return {"Set-up",
            {std::move(table), ReportText{"The whole specification of " + base.variant + ":"},
             ReportCode{base.spec.dump(1)}}};
}

ReportTable by_domain(RunStore& store, const ReportedStudy& study) {
    const std::vector<std::string>& domains = read_run_spec(study.runs.front().spec).spec.data.domains;
    ReportTable table{"Loss by domain (nats per token), means over the seeds at the newest common step.",
                      {{"Variant"}},
                      {}};
    for (const std::string& variant : variants_of(study.runs))
        table.rows.push_back({{variant}});
    for (const std::string& domain : domains) {
        table.columns.push_back({domain, true});
        const auto compared =
            compare_variants(curves_of(store, study.runs, "loss." + domain), "", Better::lower);
        for (auto& row : table.rows) {
            const auto found = std::ranges::find(compared, row.front().text, &ComparedVariant::variant);
            const bool is_there = found != compared.end() && found->last.mean;
            row.push_back(is_there ? number(*found->last.mean) : TableCell{"–"});
        }
    }
    return table;
}

ReportSection results(RunStore& store, const ReportedStudy& study) {
    const std::string reference = study.runs.front().variant;
    const auto compared = compare_variants(curves_of(store, study.runs, "loss"), reference, Better::lower);
    ReportSection section{"Results", {}};
    section.blocks.push_back(comparison_table(compared, {"Loss", "nats per token", Better::lower,
                                                         compared.size() > 1 ? reference : std::string()}));
    section.blocks.push_back(by_domain(store, study));
    return section;
}

ReportTable matrix_table(const RunRecord& run, const StageMatrix& matrix) {
    ReportTable table{"Loss (nats per token) of " + run.label() + " on each domain after each stage.",
                      {{"After"}, {"Step", true}},
                      {}};
    for (const std::string& domain : matrix.domains)
        table.columns.push_back({domain, true});
    for (const StageRow& row : matrix.rows) {
        table.rows.push_back({{row.name}, {std::to_string(row.step), double(row.step)}});
        for (const double loss : row.scores.loss)
            table.rows.back().push_back(number(loss));
    }
    return table;
}

TableCell mean_cell(const std::vector<std::optional<double>>& values) {
    std::vector<double> known;
    for (const auto& value : values)
        if (value) known.push_back(*value);
    const SampleSummary summary = summarise(known);
    if (!summary.mean) return {"–"};
    TableCell cell = number(*summary.mean);
    cell.spread = summary.standard_deviation;
    if (cell.spread) cell.text += fmt::format(" ± {:.4f}", *cell.spread);
    return cell;
}

std::vector<TableCell> forgetting_row(RunStore& store, const ReportedStudy& study,
                                      const std::string& variant) {
    std::vector<std::optional<double>> forgetting, backward, forward, intransigence;
    for (const RunRecord& run : study.runs) {
        if (run.variant != variant) continue;
        const StageMatrix matrix = read_stage_matrix(store, run);
        if (!can_forget(matrix)) continue;
        const auto joint = read_joint_matrix(store, run);
        const ForgettingMeasures measures = forgetting_measures(matrix, joint ? &*joint : nullptr);
        forgetting.push_back(measures.forgetting.value);
        backward.push_back(measures.backward.value);
        forward.push_back(measures.forward.value);
        intransigence.push_back(measures.intransigence.value);
    }
    return {
        {variant}, mean_cell(forgetting), mean_cell(backward), mean_cell(forward), mean_cell(intransigence)};
}

/// Nothing where no run of the study has stages.
std::vector<ReportSection> forgetting(RunStore& store, const ReportedStudy& study) {
    ReportTable table{"Forgetting (nats per token), mean ± standard deviation over the seeds: " +
                          std::string(forgetting_formula::mean_forgetting) + "; " +
                          std::string(forgetting_formula::forgetting) + "; " +
                          std::string(forgetting_formula::backward) + "; " +
                          std::string(forgetting_formula::forward) +
                          "; intransigence: " + std::string(forgetting_formula::intransigence) + ".",
                      {{"Variant"},
                       {"Forgetting", true},
                       {"Backward transfer", true},
                       {"Forward transfer", true},
                       {"Intransigence", true}},
                      {}};
    std::vector<ReportBlock> matrices;
    for (const std::string& variant : variants_of(study.runs)) {
        const StageMatrix matrix = read_stage_matrix(store, first_of(study, variant));
        if (can_forget(matrix)) table.rows.push_back(forgetting_row(store, study, variant));
        if (matrix.is_sequential) matrices.push_back(matrix_table(first_of(study, variant), matrix));
    }
    if (matrices.empty()) return {};
    matrices.insert(matrices.begin(), std::move(table));
    return {{"Forgetting", std::move(matrices)}};
}

ReportSection threats(RunStore& store, const ReportedStudy& study) {
    ReportSection section{"Threats to validity", {}};
    const auto say = [&](const std::string& text) { section.blocks.push_back(ReportText{text}); };
    if (!study.spec.conclusions.value_or(true))
        say("The study is marked as one without conclusions: it is too small to decide anything.");
    if (study.spec.seeds.size() < fewest_pairs)
        say(fmt::format("With {} seeds, fewer than {}, no paired test gives a verdict.",
                        study.spec.seeds.size(), fewest_pairs));
    for (const RunRecord& run : study.all)
        if (run.status == RunStatus::diverged || run.status == RunStatus::failed)
            say(fmt::format("{} (attempt {}) {} after {} steps: {}", run.label(), run.attempt,
                            name_of(run.status), run.steps, run.reason));
    for (const std::string& run : assess_study(store, study.record).deviating)
        say(run + " was made by another specification than the study's text has now.");
    for (const RunRecord& run : study.runs)
        for (const SessionRecord& session : store.sessions(run.id))
            if (session.started.inexact)
                say(run.label() + " was resumed with other threads, precision or libraries than before.");
    if (section.blocks.empty()) say("None that the workspace knows of.");
    return section;
}

ReportSection repeat(RunStore& store, const ReportedStudy& study) {
    std::set<std::vector<std::string>> machines;
    double seconds = 0;
    for (const RunRecord& run : study.runs) {
        seconds += run.wall_seconds;
        for (const SessionRecord& session : store.sessions(run.id)) {
            const ResolvedSettings& with = session.started.resolved;
            machines.insert({with.device, with.precision, std::to_string(with.threads), with.vector_level,
                             with.blas, with.torch});
        }
    }
    ReportTable table{
        fmt::format("What the runs were trained with, {:.0f} seconds of training in all.", seconds),
        {{"Device"}, {"Precision"}, {"Threads", true}, {"Vectors"}, {"BLAS"}, {"LibTorch"}},
        {}};
    for (const auto& machine : machines) {
        table.rows.emplace_back();
        for (const std::string& value : machine)
            table.rows.back().push_back({value});
    }
    return {"To repeat it",
            {std::move(table),
             ReportCode{"retortctl run " + study.record.name + ".json\nretortctl report " +
                        study.record.name + " --out " + study.record.name + ".html"},
             ReportText{"where " + study.record.name + ".json is:"}, ReportCode{study.record.text}}};
}

} // namespace

ReportDocument study_report(RunStore& store, const std::string& name) {
    const ReportedStudy study = read_reported(store, name);
    ReportDocument document{study.spec.title.empty() ? name : study.spec.title,
                            "Study " + name + ", saved " + study.record.saved,
                            {}};
    document.sections = {question(study), answer(store, study), data(study), set_up(study),
                         results(store, study)};
    for (ReportSection& section : forgetting(store, study))
        document.sections.push_back(std::move(section));
    document.sections.push_back(threats(store, study));
    document.sections.push_back(repeat(store, study));
    return document;
}

} // namespace retort::ctl
