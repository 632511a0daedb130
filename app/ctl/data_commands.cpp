// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer train, encode, decode.
#include "app/ctl/command.h"
#include "data/tokenizer.h"
#include "engine/prepare.h"
#include "store/artifact_folder.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <iostream>
#include <iterator>
#include <memory>
#include <sstream>

namespace retort::ctl {
namespace {

struct TokenizerOptions {
    std::string corpus;
    std::vector<std::string> domains;
    std::int64_t vocab = 4000;
    std::string id;
    std::optional<std::string> text;
    bool pieces = false;
};

std::string standard_input() {
    return {std::istreambuf_iterator<char>(std::cin), {}};
}

int train(const Invocation& invocation, const TokenizerOptions& options) {
    const Corpus corpus = open_corpus(options.corpus);
    DataSpec data;
    data.corpus = options.corpus;
    data.domains = options.domains.empty() ? corpus.domains() : options.domains;
    data.tokenizer.vocab = options.vocab;
    ArtifactFolder artifacts{Workspace(invocation.workspace)};
    const Artifact made = prepare_tokenizer(data, corpus, artifacts, [](const std::string&, double) {});
    fmt::print("{}  {}\n", made.id, made.folder.string());
    return 0;
}

Tokenizer open_tokenizer(const Invocation& invocation, const std::string& id) {
    ArtifactFolder artifacts{Workspace(invocation.workspace)};
    const auto found = artifacts.find(id);
    if (!found || found->kind != "tokenizer")
        throw Error(ErrorKind::data, "There is no tokenizer " + id + " in " + invocation.workspace.string() +
                                         "; make one with retortctl tokenizer train.");
    return Tokenizer(found->folder);
}

int encode(const Invocation& invocation, const TokenizerOptions& options) {
    const Tokenizer tokenizer = open_tokenizer(invocation, options.id);
    for (const std::int32_t id : tokenizer.encode(options.text ? *options.text : standard_input())) {
        if (options.pieces)
            fmt::print("{} {}\n", id, tokenizer.piece(id));
        else
            fmt::print("{} ", id);
    }
    fmt::print("\n");
    return 0;
}

int decode(const Invocation& invocation, const TokenizerOptions& options) {
    const Tokenizer tokenizer = open_tokenizer(invocation, options.id);
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

} // namespace

void add_data_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* tokenizer = app.add_subcommand("tokenizer", "Tokenizers of a workspace")->require_subcommand(1);
    auto options = std::make_shared<TokenizerOptions>();
    const auto act = [&invocation](CLI::App* command, std::function<int()> action) {
        command->callback([&invocation, action] { invocation.action = action; });
    };
    CLI::App* training = add_command(*tokenizer, invocation, "train",
                                     "Train SentencePiece BPE on equal amounts of each domain");
    training->add_option("--corpus", options->corpus, "Name of the corpus")->required();
    training->add_option("--domains", options->domains, "Domains; all when not given")->delimiter(',');
    training->add_option("--vocab", options->vocab, "Number of tokens");
    act(training, [&invocation, options] { return train(invocation, *options); });

    const auto add_use = [&](const char* name, const char* help, const char* what) {
        CLI::App* command = add_command(*tokenizer, invocation, name, help);
        command->add_option("tokenizer", options->id, "Id of the tokenizer")->required()->type_name("ID");
        command->add_option("--text", options->text, what);
        return command;
    };
    CLI::App* encoding = add_use("encode", "Text to token ids", "Text; the standard input when not given");
    encoding->add_flag("--pieces", options->pieces, "Each token on a line, with its piece");
    act(encoding, [&invocation, options] { return encode(invocation, *options); });
    CLI::App* decoding = add_use("decode", "Token ids to text", "Ids; the standard input when not given");
    act(decoding, [&invocation, options] { return decode(invocation, *options); });
}

} // namespace retort::ctl
