// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer train, import, list, encode, decode.
#include "app/ctl/command.h"
#include "app/ctl/text_table.h"
#include "app/ctl/tokenizer_tables.h"
#include "data/tokenizer_import.h"
#include "engine/prepare.h"
#include "spec/run_spec_fields.h"
#include "store/artifact_folder.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <iostream>
#include <iterator>
#include <memory>
#include <sstream>

namespace retort::ctl {
namespace {

struct TokenizerOptions {
    std::string corpus;
    std::vector<std::string> domains;
    TokenizerSpec spec;
    std::string kind = "bpe", sampling = "balanced";
    std::string id;
    std::optional<std::string> text;
    bool pieces = false, special = false;
};

std::string standard_input() {
    return {std::istreambuf_iterator<char>(std::cin), {}};
}

int print_made(const Artifact& made) {
    fmt::print("{}  {}\n", made.id, made.folder.string());
    return 0;
}

int train(const Invocation& invocation, const TokenizerOptions& options) {
    const Corpus corpus = open_corpus(options.corpus);
    DataSpec data;
    data.corpus = options.corpus;
    data.domains = options.domains.empty() ? corpus.domains() : options.domains;
    data.tokenizer = options.spec;
    data.tokenizer.kind = *value_named<TokenizerKind>("sentencepiece-" + options.kind);
    data.tokenizer.sampling = *value_named<TokenizerSampling>(options.sampling);
    ArtifactFolder artifacts{Workspace(invocation.workspace)};
    return print_made(prepare_tokenizer(data, corpus, artifacts, [](const std::string&, double) {}));
}

int import_file(const Invocation& invocation, TokenizerSpec spec) {
    spec.kind = kind_of_tokenizer_file(spec.path);
    ArtifactFolder artifacts{Workspace(invocation.workspace)};
    return print_made(prepare_given_tokenizer(spec, artifacts));
}

int list(const Invocation& invocation) {
    ArtifactFolder artifacts{Workspace(invocation.workspace)};
    std::vector<std::vector<std::string>> rows = {{"id", "entries", "made by", "begins", "ends", "file"}};
    Json all = Json::array();
    for (const Artifact& artifact : artifacts.list()) {
        if (artifact.kind != "tokenizer") continue;
        const Tokenizer tokenizer(artifact.folder);
        ImportedTokenizer made{"", "Retort", tokenizer.vocab()};
        if (read_tokenizer_config(artifact.folder).is_imported) made = imported_tokenizer(artifact.folder);
        const std::string &bos = tokenizer.piece(tokenizer.bos()), &eos = tokenizer.piece(tokenizer.eos());
        rows.push_back({artifact.id, std::to_string(made.entries), made.library, bos, eos, made.file});
        all.push_back({{"id", artifact.id},
                       {"entries", made.entries},
                       {"made_by", made.library},
                       {"bos", bos},
                       {"eos", eos},
                       {"file", made.file},
                       {"folder", artifact.folder.string()}});
    }
    if (invocation.json)
        fmt::print("{}\n", all.dump(1));
    else if (all.empty())
        fmt::print("No tokenizers yet; make one with retortctl tokenizer train or import.\n");
    else
        fmt::print("{}", text_table(rows));
    return 0;
}

int encode(const Invocation& invocation, const TokenizerOptions& options) {
    const Tokenizer tokenizer = open_named_tokenizer(invocation, options.id);
    const std::string text = options.text ? *options.text : standard_input();
    for (const std::int32_t id :
         tokenizer.encode(text, options.special ? SpecialText::token : SpecialText::plain)) {
        if (options.pieces)
            fmt::print("{} {}\n", id, tokenizer.piece(id));
        else
            fmt::print("{} ", id);
    }
    fmt::print("\n");
    return 0;
}

int decode(const Invocation& invocation, const TokenizerOptions& options) {
    const Tokenizer tokenizer = open_named_tokenizer(invocation, options.id);
    std::istringstream in(options.text ? *options.text : standard_input());
    std::vector<std::int32_t> ids;
    for (std::string word; in >> word;) {
        char* end = nullptr;
        const long id = std::strtol(word.c_str(), &end, 10);
        if (*end != '\0' || id < 0 || id >= tokenizer.vocab())
            throw Error(ErrorKind::usage, "\"" + word + "\" is no token id; give whole numbers from 0 to " +
                                              std::to_string(tokenizer.vocab() - 1) + ".");
        ids.push_back(static_cast<std::int32_t>(id));
    }
    fmt::print("{}\n", tokenizer.decode(ids));
    return 0;
}

using Act = std::function<void(CLI::App*, std::function<int()>)>;

void add_training(CLI::App& tokenizer, Invocation& invocation,
                  const std::shared_ptr<TokenizerOptions>& options, const Act& act) {
    CLI::App* training = add_command(tokenizer, invocation, "train",
                                     "Train a SentencePiece tokenizer on the train split of a corpus");
    TokenizerSpec& spec = options->spec;
    training->add_option("--corpus", options->corpus, "Name of the corpus")->required();
    training->add_option("--domains", options->domains, "Domains; all when not given")->delimiter(',');
    training->add_option("--kind", options->kind, "bpe or unigram")
        ->check(CLI::IsMember({"bpe", "unigram"}))
        ->capture_default_str();
    training->add_option("--vocab", spec.vocab, "Number of tokens")->capture_default_str();
    training->add_option("--sampling", options->sampling, "Of the domains: balanced or proportional")
        ->check(CLI::IsMember({"balanced", "proportional"}))
        ->capture_default_str();
    training->add_option("--coverage", spec.coverage, "Share of the text's characters that become entries")
        ->check(CLI::Range(0.5, 1.0))
        ->capture_default_str();
    training->add_flag("--byte-fallback,!--no-byte-fallback", spec.byte_fallback,
                       "Characters without an entry as bytes (on unless --no-...)");
    training->add_flag("--split-digits,!--no-split-digits", spec.split_digits, "Each digit is a token");
    training->add_flag("--split-whitespace,!--no-split-whitespace", spec.split_whitespace,
                       "No entry reaches from one word into the next");
    training->add_flag("--whitespace-pieces,!--no-whitespace-pieces", spec.whitespace_pieces,
                       "Runs of spaces may be entries");
    act(training, [&invocation, options] { return train(invocation, *options); });
}

void add_import(CLI::App& tokenizer, Invocation& invocation, const std::shared_ptr<TokenizerOptions>& options,
                const Act& act) {
    CLI::App* importing = add_command(tokenizer, invocation, "import",
                                      "Take in a tokenizer.json of Hugging Face or a SentencePiece .model");
    importing->add_option("file", options->spec.path, "File")->required()->type_name("FILE");
    importing->add_option("--bos", options->spec.bos, "Token that begins a text; as the files say");
    importing->add_option("--eos", options->spec.eos, "Token that ends a text; as the files say");
    act(importing, [&invocation, options] { return import_file(invocation, options->spec); });
}

void add_uses(CLI::App& tokenizer, Invocation& invocation, const std::shared_ptr<TokenizerOptions>& options,
              const Act& act) {
    const auto add_use = [&](const char* name, const char* help, const char* what) {
        CLI::App* command = add_command(tokenizer, invocation, name, help);
        command->add_option("tokenizer", options->id, "Id, or a tokenizer.json or .model file")
            ->required()
            ->type_name("ID");
        command->add_option("--text", options->text, what);
        return command;
    };
    CLI::App* encoding = add_use("encode", "Text to token ids", "Text; the standard input when not given");
    encoding->add_flag("--pieces", options->pieces, "Each token on a line, with its piece");
    encoding->add_flag("--special", options->special, "Special tokens in the text are tokens, not text");
    act(encoding, [&invocation, options] { return encode(invocation, *options); });
    CLI::App* decoding = add_use("decode", "Token ids to text", "Ids; the standard input when not given");
    act(decoding, [&invocation, options] { return decode(invocation, *options); });
}

} // namespace

Tokenizer open_named_tokenizer(const Invocation& invocation, const std::string& name) {
    if (std::filesystem::is_regular_file(name)) {
        TokenizerSpec spec;
        spec.path = name;
        spec.kind = kind_of_tokenizer_file(name);
        return open_tokenizer(tokenizer_source(spec));
    }
    ArtifactFolder artifacts{Workspace(invocation.workspace)};
    const auto found = artifacts.find(name);
    if (!found || found->kind != "tokenizer")
        throw Error(ErrorKind::data, "There is no tokenizer " + name + " in " +
                                         invocation.workspace.string() +
                                         "; make one with retortctl tokenizer train.");
    return Tokenizer(found->folder);
}

void add_data_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* tokenizer = app.add_subcommand("tokenizer", "Tokenizers of a workspace")->require_subcommand(1);
    const auto options = std::make_shared<TokenizerOptions>();
    const Act act = [&invocation](CLI::App* command, std::function<int()> action) {
        command->callback([&invocation, action] { invocation.action = action; });
    };
    add_training(*tokenizer, invocation, options, act);
    add_import(*tokenizer, invocation, options, act);
    CLI::App* listing = add_command(*tokenizer, invocation, "list", "All tokenizers of the workspace");
    add_json(listing, invocation, "An array of objects");
    act(listing, [&invocation] { return list(invocation); });
    add_uses(*tokenizer, invocation, options, act);
    add_tokenizer_tables(*tokenizer, invocation);
}

} // namespace retort::ctl
