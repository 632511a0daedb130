// SPDX-License-Identifier: GPL-3.0-or-later
// tag: what a person says of a run, beside what it is.
#include "app/ctl/command.h"
#include "store/run_store.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <fmt/format.h>
#include <memory>
#include <optional>

namespace retort::ctl {
namespace {

struct TagOptions {
    std::vector<std::string> runs;
    std::vector<std::string> add;
    std::vector<std::string> remove;
    std::optional<bool> starred;
    std::optional<std::string> name;
    std::optional<std::string> note;
};

RunMarks changed(RunMarks marks, const TagOptions& options) {
    std::erase_if(marks.tags,
                  [&](const std::string& tag) { return std::ranges::count(options.remove, tag) > 0; });
    std::ranges::copy(options.add, std::back_inserter(marks.tags));
    marks.tags = tidy_tags(marks.tags);
    marks.starred = options.starred.value_or(marks.starred);
    marks.name = options.name.value_or(marks.name);
    marks.note = options.note.value_or(marks.note);
    return marks;
}

std::string said(const RunRecord& run, const RunMarks& marks) {
    std::string text = run.label() + ":";
    if (marks.starred) text += " starred,";
    if (!marks.name.empty()) text += " named “" + marks.name + "”,";
    text += marks.tags.empty() ? " no tags" : " tags " + fmt::format("{}", fmt::join(marks.tags, ", "));
    return text + (marks.note.empty() ? "" : ", note: " + marks.note);
}

int tag(const Invocation& invocation, const TagOptions& options) {
    RunStore store{Workspace(invocation.workspace)};
    std::vector<RunRecord> runs;
    for (const std::string& name : options.runs)
        runs.push_back(store.run(name)); // all are known before one is changed
    for (const RunRecord& run : runs) {
        const RunMarks marks = changed(run.marks, options);
        if (marks != run.marks) store.mark(run.id, marks);
        fmt::print("{}\n", said(run, marks));
    }
    return 0;
}

} // namespace

void add_tag_command(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<TagOptions>();
    CLI::App* command =
        add_command(app, invocation, "tag", "Tags, star, name and note of runs; without options, show them");
    command->add_option("run", options->runs, "Ids or study/variant/seed")->required()->type_name("RUN");
    command->add_option("--add", options->add, "Tags to give, separated by commas")
        ->delimiter(',')
        ->type_name("TAGS");
    command->add_option("--remove", options->remove, "Tags to take away")->delimiter(',')->type_name("TAGS");
    command->add_flag("--star,!--no-star", options->starred, "Mark as one of the best, or no longer");
    command->add_option("--name", options->name, "Shown in lists; empty: study/variant/seed again");
    command->add_option("--note", options->note, "Free text; empty: none");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return tag(invocation, *options); };
    });
}

} // namespace retort::ctl
