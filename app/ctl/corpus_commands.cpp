// SPDX-License-Identifier: GPL-3.0-or-later
// corpus build, list, stats, remove.
#include "app/ctl/corpus_commands.h"

#include "app/ctl/text_table.h"
#include "data/corpus.h"
#include "data/corpus_removal.h"
#include "data/import/import.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/format.h>
#include <memory>
#include <unistd.h>

namespace retort::ctl {
namespace {

Json corpus_json(const Corpus& corpus) {
    Json files = Json::array();
    for (const CorpusFile& f : corpus.files)
        files.push_back({{"split", f.split},
                         {"domain", f.domain},
                         {"articles", f.articles},
                         {"characters", f.characters},
                         {"bytes", f.bytes},
                         {"sha256", f.sha256}});
    return {{"name", corpus.name},
            {"folder", corpus.folder.string()},
            {"identity", corpus.identity()},
            {"domains", corpus.domains()},
            {"files", files},
            {"import", corpus.manifest.value("import", Json())}};
}

int build(const std::string& recipe) {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    std::string last;
    const Corpus corpus = build_corpus(recipe, [&](const std::string& phase, double done) {
        if (terminal)
            fmt::print(stderr, "\r{:3.0f} %  {:<60.60}", 100 * done, phase);
        else if (phase != last)
            fmt::print(stderr, "{}\n", phase);
        last = phase;
    });
    if (terminal) fmt::print(stderr, "\n");
    print_corpus(corpus);
    return 0;
}

int list(const Invocation& invocation) {
    const std::vector<Corpus> corpora = list_corpora();
    if (invocation.json) {
        Json all = Json::array();
        for (const Corpus& corpus : corpora)
            all.push_back(corpus_json(corpus));
        fmt::print("{}\n", all.dump(1));
        return 0;
    }
    if (corpora.empty()) fmt::print("No corpora yet; make one with retortctl corpus build debian-small.\n");
    for (const Corpus& corpus : corpora) {
        std::string domains;
        for (const std::string& domain : corpus.domains())
            domains += " " + domain;
        fmt::print("{}:{}  ({})\n", corpus.name, domains, corpus.folder.string());
    }
    return 0;
}

int stats(const Invocation& invocation, const std::string& name) {
    const Corpus corpus = open_corpus(name);
    if (invocation.json)
        fmt::print("{}\n", corpus_json(corpus).dump(1));
    else
        print_corpus(corpus);
    if (const auto report = import_report(corpus); report && !invocation.json)
        fmt::print("\n{}", import_text(*report));
    return 0;
}

int remove(const std::string& name) {
    delete_corpus(name);
    fmt::print("{} is removed for good.\n", name);
    return 0;
}

struct CorpusOptions {
    std::string name;
};

} // namespace

void print_corpus(const Corpus& corpus) {
    std::vector<std::vector<std::string>> rows = {{"split", "domain", "articles", "characters", "bytes"}};
    for (const CorpusFile& f : corpus.files)
        rows.push_back({f.split, f.domain, std::to_string(f.articles), std::to_string(f.characters),
                        std::to_string(f.bytes)});
    fmt::print("{} in {}\n{}", corpus.name, corpus.folder.string(), text_table(rows));
}

void add_corpus_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* corpus =
        app.add_subcommand("corpus", "Corpora, shared by all workspaces")->require_subcommand(1);
    auto options = std::make_shared<CorpusOptions>();
    const auto act = [&invocation](CLI::App* command, std::function<int()> action) {
        command->callback([&invocation, action] { invocation.action = action; });
    };
    CLI::App* making =
        corpus->add_subcommand("build", "Build a recipe from Debian packages, fetched through apt");
    making->add_option("recipe", options->name, "debian-small or debian-large")->required();
    act(making, [options] { return build(options->name); });

    add_import_command(*corpus, invocation);

    CLI::App* listing = corpus->add_subcommand("list", "All corpora");
    add_json(listing, invocation, "An array of objects");
    act(listing, [&invocation] { return list(invocation); });

    CLI::App* counting =
        corpus->add_subcommand("stats", "What a corpus holds, how it is balanced, and where it is from");
    counting->add_option("name", options->name, "Name of the corpus")->required();
    add_json(counting, invocation, "One object");
    act(counting, [&invocation, options] { return stats(invocation, options->name); });

    CLI::App* removing = corpus->add_subcommand("remove", "Delete a corpus for good");
    removing->add_option("name", options->name, "Name of the corpus")->required();
    act(removing, [options] { return remove(options->name); });
}

} // namespace retort::ctl
