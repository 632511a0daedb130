// SPDX-License-Identifier: GPL-3.0-or-later
// artifacts, gc: what takes the room of a workspace, and what of it can go.
#include "app/ctl/amounts.h"
#include "app/ctl/command.h"
#include "app/ctl/text_table.h"
#include "store/space.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

Json artifact_json(const ArtifactUse& use) {
    return {{"id", use.artifact.id},  {"kind", use.artifact.kind},     {"bytes", use.artifact.bytes},
            {"created", use.created}, {"sha256", use.artifact.sha256}, {"runs", use.runs}};
}

int list_json(const SpaceUse& use) {
    Json artifacts = Json::array();
    for (const ArtifactUse& one : use.artifacts)
        artifacts.push_back(artifact_json(one));
    const Json json = {{"artifacts", std::move(artifacts)}, {"caches", use.caches},
                       {"run_folders", use.run_folders},    {"exports", use.exports},
                       {"database", use.database},          {"total", use.total()}};
    fmt::print("{}\n", json.dump(1));
    return 0;
}

std::string users_of(const ArtifactUse& use) {
    if (use.runs.empty()) return "no run";
    if (use.runs.size() == 1) return use.runs.front();
    return fmt::format("{} and {} more", use.runs.front(), use.runs.size() - 1);
}

int list_artifacts(const Invocation& invocation) {
    const SpaceUse use = measure_space(Workspace(invocation.workspace, Workspace::Access::read_only));
    if (invocation.json) return list_json(use);
    std::vector<std::vector<std::string>> rows = {{"artifact", "size", "needed by", "created"}};
    for (const ArtifactUse& one : use.artifacts)
        rows.push_back({one.artifact.id, byte_count(one.artifact.bytes), users_of(one), one.created});
    if (rows.size() > 1) fmt::print("{}\n", text_table(rows));
    fmt::print("{}", text_table({{"caches", byte_count(use.caches)},
                                 {"folders of runs", byte_count(use.run_folders)},
                                 {"exports", byte_count(use.exports)},
                                 {"database", byte_count(use.database)},
                                 {"all", byte_count(use.total())}}));
    return 0;
}

struct CollectOptions {
    bool is_dry_run = false;
    bool with_binned = false;
    std::vector<std::string> keep;
    std::string enough;
};

SpaceChoice choice_of(const CollectOptions& options) {
    SpaceChoice choice;
    if (options.with_binned) choice.kinds.insert(SpaceKind::binned);
    for (const std::string& kind : options.keep)
        choice.kinds.erase(value_named<SpaceKind>(kind).value());
    if (options.enough.empty()) return choice;
    const auto bytes = byte_count_in(options.enough);
    if (!bytes)
        throw Error(ErrorKind::usage,
                    "--enough must be a size such as 500M or 2G, but is \"" + options.enough + "\".");
    choice.enough = *bytes;
    return choice;
}

int tell_json(const SpacePlan& plan, bool is_dry_run) {
    Json items = Json::array();
    for (const SpaceItem& item : plan.items)
        items.push_back({{"kind", name_of(item.kind)},
                         {"name", item.name},
                         {"path", item.path.string()},
                         {"bytes", item.bytes}});
    const Json json = {{"dry_run", is_dry_run}, {"items", std::move(items)}, {"bytes", plan.bytes()}};
    fmt::print("{}\n", json.dump(1));
    return 0;
}

int collect(const Invocation& invocation, const CollectOptions& options) {
    const SpaceChoice choice = choice_of(options);
    const Workspace workspace(invocation.workspace);
    const SpacePlan plan = options.is_dry_run ? plan_space(workspace, choice) : free_space(workspace, choice);
    for (const std::string& notice : plan.notices)
        fmt::print(stderr, "retortctl: {}\n", notice);
    if (invocation.json) return tell_json(plan, options.is_dry_run);
    std::vector<std::vector<std::string>> rows = {{"kind", "name", "size"}};
    for (const SpaceItem& item : plan.items)
        rows.push_back({std::string(name_of(item.kind)), item.name, byte_count(item.bytes)});
    if (rows.size() > 1) fmt::print("{}\n", text_table(rows));
    fmt::print("{} {}.\n", byte_count(plan.bytes()), options.is_dry_run ? "would be freed" : "freed");
    return 0;
}

void add_collect(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        add_command(app, invocation, "gc",
                    "Free caches, then what was left behind and artifacts that no stored run needs");
    auto options = std::make_shared<CollectOptions>();
    command->add_flag("--dry-run", options->is_dry_run, "Say what would be freed, and free nothing");
    command->add_flag("--binned", options->with_binned,
                      "Free the files of deleted runs too; their curves stay");
    command->add_option("--keep", options->keep, "Leave this alone")
        ->check(CLI::IsMember({"caches", "leftovers", "artifacts"}))
        ->type_name("KIND");
    command->add_option("--enough", options->enough, "Stop when so much is freed, such as 500M or 2G")
        ->type_name("SIZE");
    add_json(command, invocation, "One object");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return collect(invocation, *options); };
    });
}

} // namespace

void add_space_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* list =
        add_command(app, invocation, "artifacts", "List what a workspace holds, with sizes and users");
    add_json(list, invocation, "One object");
    list->callback(
        [&invocation] { invocation.action = [&invocation] { return list_artifacts(invocation); }; });
    add_collect(app, invocation);
}

} // namespace retort::ctl
