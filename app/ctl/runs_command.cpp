// SPDX-License-Identifier: GPL-3.0-or-later
// runs: which runs there are, those of a filter, with what a person wants to see of them.
#include "analysis/near_names.h"
#include "analysis/run_filter.h"
#include "app/ctl/command.h"
#include "app/ctl/text_table.h"
#include "spec/imported_run.h"
#include "spec/run_spec_fields.h"
#include "store/run_store.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <fmt/core.h>
#include <fmt/format.h>
#include <memory>

namespace retort::ctl {
namespace {

Json short_json(const RunRecord& r) {
    return {{"id", r.id},
            {"study", r.study},
            {"variant", r.variant},
            {"seed", r.seed},
            {"attempt", r.attempt},
            {"task", task_name(r)},
            {"status", name_of(r.status)},
            {"created", r.created},
            {"steps", r.steps},
            {"total_steps", r.total_steps},
            {"name", r.marks.name},
            {"tags", r.marks.tags},
            {"starred", r.marks.starred},
            {"note", r.marks.note}};
}

void keep_fitting(std::vector<RunRecord>& records, const RunFields& fields, const std::string& where) {
    const FilterReading reading = read_run_filter(where, fields);
    if (reading.problem)
        throw Error(ErrorKind::usage, fmt::format("--where, character {}: {}", reading.problem->place + 1,
                                                  reading.problem->message));
    std::erase_if(records, [&](const RunRecord& record) { return !reading.filter.fits(record); });
}

std::vector<const RunField*> chosen_fields(const RunFields& fields, const std::vector<std::string>& names) {
    std::vector<const RunField*> chosen;
    for (const std::string& name : names) {
        const RunFields::Search search = fields.find(name);
        if (search.field == nullptr)
            throw Error(ErrorKind::usage,
                        "--columns: no run has one field " + name +
                            (search.candidates.empty() ? "; retortctl show RUN lists a run's fields."
                                                       : "; write " + one_of(search.candidates) + "."));
        chosen.push_back(search.field);
    }
    return chosen;
}

std::string name_cell(const RunRecord& r) {
    std::string text = (r.marks.starred ? "★ " : "") + r.label();
    if (!r.marks.name.empty()) text += " “" + r.marks.name + "”";
    for (const std::string& tag : r.marks.tags)
        text += " #" + tag;
    return text;
}

std::string runs_table(const std::vector<RunRecord>& records, const std::vector<const RunField*>& fields) {
    std::vector<std::vector<std::string>> rows = {
        {"run", "id", "task", "status", "step", "loss", "perplexity", "created"}};
    for (const RunField* field : fields)
        rows.front().push_back(field->path);
    for (const RunRecord& r : records) {
        rows.push_back({name_cell(r), r.id, std::string(task_name(r)), std::string(name_of(r.status)),
                        fmt::format("{}/{}", r.steps, r.total_steps),
                        r.summary.loss ? fmt::format("{:.4f}", *r.summary.loss) : "",
                        r.summary.loss ? fmt::format("{:.1f}", std::exp(*r.summary.loss)) : "", r.created});
        for (const RunField* field : fields)
            rows.back().push_back(value_text(field->read(r)));
    }
    return text_table(rows);
}

struct RunListing {
    std::string where;
    std::vector<std::string> columns;
};

int list_runs(const Invocation& invocation, const RunListing& listing) {
    RunStore store(Workspace(invocation.workspace, Workspace::Access::read_only));
    std::vector<RunRecord> records = store.runs();
    const bool is_empty = records.empty();
    const RunFields names = RunFields::of(records);
    const std::vector<const RunField*> fields = chosen_fields(names, listing.columns);
    keep_fitting(records, names, listing.where);
    if (invocation.json) {
        Json all = Json::array();
        for (const RunRecord& record : records) {
            all.push_back(short_json(record));
            for (const RunField* field : fields)
                all.back()[field->path] = value_text(field->read(record));
        }
        fmt::print("{}\n", all.dump(1));
        return 0;
    }
    fmt::print("{}", is_empty          ? "No runs yet; start one with retortctl run STUDY.json.\n"
                     : records.empty() ? "No run fits --where.\n"
                                       : runs_table(records, fields));
    return 0;
}

} // namespace

void add_runs_command(CLI::App& app, Invocation& invocation) {
    auto listing = std::make_shared<RunListing>();
    CLI::App* runs = add_command(app, invocation, "runs", "List the runs of a workspace");
    add_json(runs, invocation, "An array of objects");
    runs->add_option("--where", listing->where,
                     "Only runs that fit, as in \"perplexity.de < 40 and alpha.mode = adaptive\"")
        ->type_name("FILTER");
    runs->add_option("--columns", listing->columns, "More fields or metrics, as in lr,accuracy.en")
        ->delimiter(',')
        ->type_name("FIELDS");
    runs->callback([&invocation, listing] {
        invocation.action = [&invocation, listing] { return list_runs(invocation, *listing); };
    });
}

} // namespace retort::ctl
