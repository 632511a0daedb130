// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer stats, compare.
#include "app/ctl/tokenizer_tables.h"

#include "analysis/tokenizer_statistics.h"
#include "app/ctl/text_table.h"
#include "data/count_tokens.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

struct TableOptions {
    std::vector<std::string> tokenizers;
    std::string corpus;
    TokenCounting what{{}, "valid", 0};
    std::size_t top = 12;
};

std::vector<TokenCounts> count(const Invocation& invocation, const TableOptions& options) {
    const Corpus corpus = open_corpus(options.corpus);
    std::vector<TokenCounts> counts;
    for (const std::string& name : options.tokenizers)
        counts.push_back(count_tokens(corpus, open_named_tokenizer(invocation, name), name, options.what));
    return counts;
}

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

Json json_of(const TokenRatios& ratios) {
    Json json = {{"domain", ratios.domain.empty() ? Json() : Json(ratios.domain)},
                 {"tokens", ratios.tokens},
                 {"tokens_per_word", number(ratios.per_word)},
                 {"tokens_per_character", number(ratios.per_character)},
                 {"tokens_per_byte", number(ratios.per_byte)},
                 {"unknown_share", number(ratios.unknown)},
                 {"byte_share", number(ratios.bytes)},
                 {"single_character_share", number(ratios.single_characters)},
                 {"entries_used", ratios.used}};
    return json;
}

Json json_of(const VocabularyParts& parts) {
    return {{"entries", parts.entries},
            {"of_several_characters", parts.words},
            {"single_characters", parts.single_characters},
            {"bytes", parts.bytes},
            {"specials", parts.specials},
            {"unused", parts.unused}};
}

Json characteristic_json(const TokenCounts& counts, std::size_t domain, std::size_t top) {
    Json pieces = Json::array();
    for (const CharacteristicPiece& piece : characteristic_pieces(counts, domain, top))
        pieces.push_back({{"id", piece.id},
                          {"piece", counts.pieces[static_cast<std::size_t>(piece.id)].text},
                          {"count", piece.count},
                          {"ratio", number(piece.ratio)},
                          {"evidence", piece.evidence}});
    return pieces;
}

Json json_of(const TokenCounts& counts, std::size_t top) {
    const std::vector<TokenRatios> ratios = token_ratios(counts);
    Json json = {{"tokenizer", counts.tokenizer},
                 {"vocabulary", json_of(vocabulary_parts(counts))},
                 {"unevenness", number(unevenness(ratios))},
                 {"domains", Json::array()}};
    for (const TokenRatios& of_domain : ratios)
        json["domains"].push_back(json_of(of_domain));
    for (std::size_t d = 0; top > 0 && d < counts.domains.size(); ++d)
        json["characteristic"][counts.domains[d].domain] = characteristic_json(counts, d, top);
    return json;
}

std::string cell(double value) {
    return std::isnan(value) ? "-" : fmt::format("{:.3f}", value);
}

std::string percent(double share) {
    return std::isnan(share) ? "-" : fmt::format("{:.2f} %", 100 * share);
}

std::vector<std::string> row_of(const std::string& name, const TokenRatios& ratios) {
    return {name,
            ratios.domain.empty() ? "all" : ratios.domain,
            std::to_string(ratios.tokens),
            cell(ratios.per_word),
            cell(ratios.per_character),
            cell(ratios.per_byte),
            percent(ratios.unknown),
            percent(ratios.bytes),
            percent(ratios.single_characters),
            std::to_string(ratios.used)};
}

void print_ratios(const std::vector<TokenCounts>& all) {
    std::vector<std::vector<std::string>> rows = {{"tokenizer", "domain", "tokens", "per word",
                                                   "per character", "per byte", "unknown", "bytes",
                                                   "single characters", "entries used"}};
    for (const TokenCounts& counts : all)
        for (const TokenRatios& ratios : token_ratios(counts))
            rows.push_back(row_of(counts.tokenizer, ratios));
    fmt::print("{}", text_table(rows));
}

void print_vocabulary(const TokenCounts& counts) {
    const VocabularyParts parts = vocabulary_parts(counts);
    fmt::print("\n{} entries: {} of several characters, {} single characters, {} bytes, {} specials; {} are "
               "not used.\n",
               parts.entries, parts.words, parts.single_characters, parts.bytes, parts.specials,
               parts.unused);
}

void print_characteristic(const TokenCounts& counts, std::size_t top) {
    for (std::size_t d = 0; d < counts.domains.size(); ++d) {
        const auto pieces = characteristic_pieces(counts, d, top);
        if (pieces.empty()) continue;
        fmt::print("\nMore often in {} than elsewhere:", counts.domains[d].domain);
        for (const CharacteristicPiece& piece : pieces)
            fmt::print(" {}", counts.pieces[static_cast<std::size_t>(piece.id)].text);
        fmt::print("\n");
    }
}

int stats(const Invocation& invocation, const TableOptions& options) {
    const std::vector<TokenCounts> counts = count(invocation, options);
    if (invocation.json) {
        fmt::print("{}\n", json_of(counts.front(), options.top).dump(1));
        return 0;
    }
    print_ratios(counts);
    print_vocabulary(counts.front());
    print_characteristic(counts.front(), options.top);
    return 0;
}

int compare(const Invocation& invocation, const TableOptions& options) {
    const std::vector<TokenCounts> counts = count(invocation, options);
    if (!invocation.json) {
        print_ratios(counts);
        return 0;
    }
    Json all = Json::array();
    for (const TokenCounts& one : counts)
        all.push_back(json_of(one, 0));
    fmt::print("{}\n", all.dump(1));
    return 0;
}

void add_table_options(CLI::App* command, const std::shared_ptr<TableOptions>& options) {
    command->add_option("--corpus", options->corpus, "Name of the corpus whose text is counted")->required();
    command->add_option("--domains", options->what.domains, "Domains; all when not given")->delimiter(',');
    command->add_option("--split", options->what.split, "train or valid")
        ->check(CLI::IsMember({"train", "valid"}))
        ->capture_default_str();
    command->add_option("--bytes", options->what.most_bytes, "Of each domain; 0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
}

} // namespace

void add_tokenizer_tables(CLI::App& tokenizer, Invocation& invocation) {
    auto options = std::make_shared<TableOptions>();
    CLI::App* telling = add_command(tokenizer, invocation, "stats",
                                    "What a tokenizer costs each domain, and which entries belong to which");
    telling->add_option("tokenizer", options->tokenizers, "Id, or a tokenizer.json or .model file")
        ->required()
        ->expected(1);
    add_table_options(telling, options);
    telling->add_option("--top", options->top, "Characteristic entries of each domain")
        ->capture_default_str();
    add_json(telling, invocation, "One object");
    telling->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return stats(invocation, *options); };
    });

    CLI::App* comparing =
        add_command(tokenizer, invocation, "compare", "Tokens per word, character and byte of each domain");
    comparing->add_option("tokenizers", options->tokenizers, "Ids, or tokenizer.json or .model files")
        ->required();
    add_table_options(comparing, options);
    add_json(comparing, invocation, "An array of objects");
    comparing->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return compare(invocation, *options); };
    });
}

} // namespace retort::ctl
