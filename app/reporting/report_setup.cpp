// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/spec_difference.h"
#include "app/reporting/report_sections.h"
#include "base/error.h"
#include "data/corpus.h"
#include "spec/fidelity.h"
#include "spec/run_spec_fields.h"

#include <algorithm>
#include <fmt/format.h>

namespace retort {
namespace {

ReportTable licences_table(const Corpus& corpus) {
    ReportTable table{
        "Sources of the corpus " + corpus.name + " and their licences.", {{"Source"}, {"Licence"}}, {}};
    for (const auto& [source, licence] : corpus.manifest.at("licences").items())
        table.rows.push_back({{source}, {licence.is_string() ? licence.get<std::string>() : licence.dump()}});
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

std::string differences_text(const Json& base, const Json& spec) {
    std::vector<std::string> parts;
    for (const Difference& difference : differences(base, spec))
        if (difference.pointer != "/seed")
            parts.push_back(difference.pointer + " = " +
                            (difference.right ? difference.right->dump() : std::string("left out")));
    return parts.empty() ? "–" : fmt::format("{}", fmt::join(parts, "; "));
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
    std::vector<std::string> corpora;
    for (const RunRecord& run : reported.all) {
        const RunSpecReading reading = read_run_spec(run.spec);
        const DataSpec& data = reading.spec.data;
        if (std::ranges::count(corpora, data.corpus) > 0) continue;
        corpora.push_back(data.corpus);
        section.blocks.push_back(ReportText{
            fmt::format("The corpus {} has {} ({}). Sequences have {} targets over {}.", data.corpus,
                        counted(data.domains.size(), "domain"), fmt::join(data.domains, ", "), data.context,
                        tokenizer_text(data.tokenizer))});
        add_corpus(section, data.corpus);
    }
    return section;
}

ReportSection set_up_section(const ReportedRuns& reported) {
    const std::vector<RunRecord>& runs = main_runs(reported);
    const RunRecord& base = runs.front();
    const std::string base_name = variant_name(reported, base);
    ReportTable table{
        "What was run. Differences are those of the configuration to " + base_name +
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
        const std::string fidelity = fidelity_of(read_run_spec(run.spec).spec);
        table.rows.push_back({{variant},
                              {std::string(name_of(run.task))},
                              {fidelity.empty() ? "–" : fidelity},
                              {seeds_text(own)},
                              count_cell(run.steps),
                              size_cell(run.tokens),
                              size_cell(run.parameters.total),
                              size_cell(run.parameters.active),
                              {differences_text(base.spec, run.spec)}});
    }
    return {"Set-up", {std::move(table)}};
}

} // namespace retort
