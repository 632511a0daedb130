// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/spec_difference.h"
#include "app/reporting/report_sections.h"
#include "base/error.h"
#include "data/corpus.h"
#include "spec/fidelity.h"
#include "spec/imported_run.h"
#include "spec/run_spec_fields.h"

#include <algorithm>
#include <fmt/format.h>
#include <regex>

namespace retort {
namespace {

/// A recipe's names have places for a language or a version: "debian-faq{p}".
std::string without_places(const std::string& name) {
    static const std::regex place(R"(\{\w+\})");
    return std::regex_replace(name, place, "…");
}

ReportTable licences_table(const Corpus& corpus) {
    ReportTable table{
        "Sources of the corpus " + corpus.name + " and their licences.", {{"Source"}, {"Licence"}}, {}};
    for (const auto& [source, licence] : corpus.manifest.at("licences").items())
        table.rows.push_back(
            {{without_places(source)}, {licence.is_string() ? licence.get<std::string>() : licence.dump()}});
    return table;
}

ReportTable files_table(const Corpus& corpus) {
    ReportTable table{"Texts of the corpus " + corpus.name + " by domain; identity " +
                          corpus.identity().substr(0, 16) + ", from the hashes of its files.",
                      {{"Split"}, {"Domain"}, {"Articles", true}, {"Characters", true}, {"Bytes", true}},
                      {}};
    for (const CorpusFile& file : corpus.files)
        table.rows.push_back({{file.split},
                              {file.domain},
                              count_cell(file.articles),
                              count_cell(file.characters),
                              count_cell(file.bytes)});
    return table;
}

void add_corpus(ReportSection& section, const std::string& name) {
    try {
        const Corpus corpus = open_corpus(name);
        section.blocks.push_back(files_table(corpus));
        if (corpus.manifest.contains("licences") && !corpus.manifest.at("licences").empty())
            section.blocks.push_back(licences_table(corpus));
    } catch (const Error& error) {
        section.blocks.push_back(
            ReportText{"Its texts are not on this machine. " + std::string(error.what())});
    }
}

std::string tokenizer_text(const TokenizerSpec& tokenizer) {
    return fmt::format("a vocabulary of {} tokens ({})", tokenizer.vocab, name_of(tokenizer.kind));
}

/// "distill.alpha.mode", as filters name it.
std::string dotted(const std::string& pointer) {
    std::string name = pointer.substr(1);
    std::ranges::replace(name, '/', '.');
    return name;
}

std::string differences_text(const Json& base, const Json& spec) {
    std::vector<std::string> parts;
    for (const Difference& difference : differences(base, spec))
        if (difference.pointer != "/seed")
            parts.push_back(dotted(difference.pointer) + " = " +
                            (difference.right ? difference.right->dump() : std::string("left out")));
    return parts.empty() ? "–" : fmt::format("{}", fmt::join(parts, "; "));
}

std::string origin_text(const RunRecord& run) {
    const Json& origin = run.spec->at("imported");
    return fmt::format("not known: imported from {} ({})", origin.at("from").get<std::string>(),
                       origin.at("format").get<std::string>());
}

std::string seeds_text(const std::vector<RunRecord>& runs) {
    std::vector<std::uint64_t> seeds;
    for (const RunRecord& run : runs)
        seeds.push_back(run.seed);
    std::ranges::sort(seeds);
    return fmt::format("{}", fmt::join(seeds, ", "));
}

/// Millions to three digits; small counts whole; of what has none, as a router's tokens, nothing.
TableCell size_cell(std::int64_t count) {
    if (count == 0) return {"–"};
    TableCell cell = count_cell(count);
    if (count >= 1'000'000) cell.text = fmt::format("{:.3g} M", static_cast<double>(count) / 1e6);
    return cell;
}

} // namespace

ReportSection data_section(const ReportedRuns& reported) {
    ReportSection section{"Data", {}};
    std::vector<std::string> corpora, imported;
    for (const RunRecord& run : reported.all) {
        const std::optional<RunSpec> spec = spec_of(run);
        if (!spec) {
            imported.push_back(run.label());
            continue;
        }
        const DataSpec& data = spec->data;
        if (std::ranges::count(corpora, data.corpus) > 0) continue;
        corpora.push_back(data.corpus);
        section.blocks.push_back(ReportText{
            fmt::format("The corpus {} has {} ({}). Sequences have {} targets over {}.", data.corpus,
                        counted(data.domains.size(), "domain"), fmt::join(data.domains, ", "), data.context,
                        tokenizer_text(data.tokenizer))});
        add_corpus(section, data.corpus);
    }
    if (!imported.empty())
        section.blocks.push_back(ReportText{fmt::format(
            "What {} read is not known: {} measured elsewhere, and only the curves were imported.",
            listed(imported), imported.size() == 1 ? "it was" : "they were")});
    return section;
}

ReportSection set_up_section(const ReportedRuns& reported) {
    const std::vector<RunRecord>& runs = main_runs(reported);
    const RunRecord* base = first_specified(runs);
    ReportTable table{
        "What was run. " +
            (base == nullptr
                 ? "Imported runs have no configuration"
                 : "Differences are those of the configuration to " + variant_name(reported, *base)) +
            "; active parameters are those that one token uses; fidelity says whether the fields in "
            "which the method's paper and its corrected form differ are as in the paper.",
        {{"Variant"},
         {"Task"},
         {"Fidelity"},
         {"Seeds"},
         {"Steps", true},
         {"Tokens", true},
         {"Parameters", true},
         {"Active", true},
         {"Differences"}},
        {}};
    for (const std::string& variant : variants_of(reported, runs)) {
        const std::vector<RunRecord> own = runs_of_variant(reported, runs, variant);
        const RunRecord& run = own.front();
        const std::optional<RunSpec> spec = spec_of(run);
        const std::string fidelity = spec ? fidelity_of(*spec) : "not known";
        table.rows.push_back({{variant},
                              {std::string(task_name(run))},
                              {fidelity.empty() ? "–" : fidelity},
                              {seeds_text(own)},
                              count_cell(run.steps),
                              size_cell(run.tokens),
                              size_cell(run.parameters.total),
                              size_cell(run.parameters.active),
                              {spec ? differences_text(base->spec, run.spec) : origin_text(run)}});
    }
    return {"Set-up", {std::move(table)}};
}

} // namespace retort
