// SPDX-License-Identifier: GPL-3.0-or-later
// bin: runs that were taken out of the lists; back, or gone for good.
#include "app/ctl/command.h"
#include "app/ctl/text_table.h"
#include "store/run_store.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

struct BinOptions {
    std::vector<std::string> runs;
    bool all = false;
};

int list(const Invocation& invocation) {
    RunStore store(Workspace(invocation.workspace, Workspace::Access::read_only));
    const std::vector<RunRecord> bin = store.bin();
    if (invocation.json) {
        Json all = Json::array();
        for (const RunRecord& run : bin)
            all.push_back({{"id", run.id}, {"run", run.label()}, {"status", name_of(run.status)}});
        fmt::print("{}\n", all.dump(1));
        return 0;
    }
    std::vector<std::vector<std::string>> rows = {{"run", "id", "status", "created"}};
    for (const RunRecord& run : bin)
        rows.push_back({run.label(), run.id, std::string(name_of(run.status)), run.created});
    fmt::print("{}", bin.empty() ? "The bin is empty.\n" : text_table(rows));
    return 0;
}

/// By id, its first characters, or study/variant/seed; all are known before one is changed.
std::vector<RunRecord> binned(RunStore& store, const BinOptions& options) {
    const std::vector<RunRecord> bin = store.bin();
    if (options.all) return bin;
    std::vector<RunRecord> chosen;
    for (const std::string& name : options.runs) {
        const auto is_meant = [&](const RunRecord& run) {
            return run.label() == name || (name.size() >= 4 && run.id.starts_with(name));
        };
        const auto count = std::ranges::count_if(bin, is_meant);
        if (count != 1)
            throw Error(
                ErrorKind::data,
                count == 0
                    ? "There is no run " + name + " in the bin; retortctl bin list shows those there."
                    : fmt::format("{} runs of the bin are called {}; give the id of one.", count, name));
        chosen.push_back(*std::ranges::find_if(bin, is_meant));
    }
    return chosen;
}

int put(const Invocation& invocation, const BinOptions& options) {
    RunStore store{Workspace(invocation.workspace)};
    std::vector<RunRecord> runs;
    for (const std::string& name : options.runs)
        runs.push_back(store.run(name));
    for (const RunRecord& run : runs)
        if (is_live(run.status))
            throw Error(ErrorKind::usage, run.label() + " is in training; stop it first.");
    for (const RunRecord& run : runs) {
        store.set_deleted(run.id, true);
        fmt::print("{} ({}) is in the bin\n", run.label(), run.id);
    }
    return 0;
}

int restore(const Invocation& invocation, const BinOptions& options) {
    RunStore store{Workspace(invocation.workspace)};
    for (const RunRecord& run : binned(store, options)) {
        store.set_deleted(run.id, false);
        fmt::print("{} ({}) is back\n", run.label(), run.id);
    }
    return 0;
}

int erase(const Invocation& invocation, const BinOptions& options) {
    RunStore store{Workspace(invocation.workspace)};
    for (const RunRecord& run : binned(store, options)) {
        store.erase(run.id);
        fmt::print("{} ({}) is deleted\n", run.label(), run.id);
    }
    return 0;
}

using Action = int (*)(const Invocation&, const BinOptions&);

/// A command on runs by name; `all`: or on everything in the bin.
void add_action(CLI::App& bin, Invocation& invocation, const char* name, const char* help, const char* all,
                Action action) {
    auto options = std::make_shared<BinOptions>();
    CLI::App* command = add_command(bin, invocation, name, help);
    CLI::Option* runs =
        command->add_option("run", options->runs, "Ids or study/variant/seed")->type_name("RUN");
    if (all == nullptr)
        runs->required();
    else
        command->add_flag("--all", options->all, all)->excludes(runs);
    command->callback([&invocation, options, action] {
        if (options->runs.empty() && !options->all) throw CLI::RequiredError("RUN or --all");
        invocation.action = [&invocation, options, action] { return action(invocation, *options); };
    });
}

} // namespace

void add_bin_command(CLI::App& app, Invocation& invocation) {
    CLI::App* bin = app.add_subcommand("bin", "Deleted runs: list, put, restore, erase");
    bin->require_subcommand(1);
    CLI::App* command = add_command(*bin, invocation, "list", "List the runs in the bin");
    add_json(command, invocation, "An array of objects");
    command->callback([&invocation] { invocation.action = [&invocation] { return list(invocation); }; });
    add_action(*bin, invocation, "put", "Take runs out of the lists; they can be brought back", nullptr, put);
    add_action(*bin, invocation, "restore", "Bring runs back from the bin", "All that are in the bin",
               restore);
    add_action(*bin, invocation, "erase", "Delete runs of the bin for good, with curves and checkpoints",
               "All that are in the bin", erase);
}

} // namespace retort::ctl
