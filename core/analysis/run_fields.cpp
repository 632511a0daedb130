// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/run_fields.h"

#include "analysis/ascii_text.h"
#include "analysis/near_names.h"
#include "spec/imported_run.h"
#include "spec/run_spec_fields.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace retort {
namespace {

using Kind = RunField::Kind;
using Read = std::function<RunValue(const RunRecord&)>;

RunValue value_or_nothing(const std::optional<double>& value) {
    return value ? RunValue(*value) : RunValue();
}

template <class T>
Read number(T RunRecord::*member) {
    return [member](const RunRecord& run) { return static_cast<double>(run.*member); };
}

Read text(std::string RunRecord::*member) {
    return [member](const RunRecord& run) { return run.*member; };
}

Read metric(std::optional<double> RunSummary::*member) {
    return [member](const RunRecord& run) { return value_or_nothing(run.summary.*member); };
}

Read of_domain(std::map<std::string, double> RunSummary::*member, const std::string& domain) {
    return [member, domain](const RunRecord& run) {
        const auto& values = run.summary.*member;
        const auto found = values.find(domain);
        return found == values.end() ? RunValue() : RunValue(found->second);
    };
}

template <class E>
std::vector<std::string> names_of() {
    std::vector<std::string> names;
    for (const auto& [value, name] : EnumNames<E>::values)
        names.emplace_back(name);
    return names;
}

/// With the word for runs that were measured elsewhere.
std::vector<std::string> task_names() {
    std::vector<std::string> names = names_of<Task>();
    names.emplace_back("imported");
    return names;
}

std::vector<std::string> listed(const std::set<std::string>& names) {
    return {names.begin(), names.end()};
}

void add_identity(std::vector<RunField>& fields, const RunFields::Seen& seen) {
    const auto add = [&](const char* path, Kind kind, const char* label, const char* help, Read read,
                         std::vector<std::string> values = {}) {
        fields.push_back({path, kind, label, help, std::move(values), std::move(read)});
    };
    add("name", Kind::text, "Name", "Given by a person", [](const RunRecord& run) { return run.marks.name; });
    add("study", Kind::text, "Study", "", text(&RunRecord::study), listed(seen.studies));
    add("variant", Kind::text, "Variant", "", text(&RunRecord::variant), listed(seen.variants));
    add("seed", Kind::number, "Seed", "", number(&RunRecord::seed));
    add("attempt", Kind::number, "Attempt", "Counts the runs of one study, variant and seed",
        number(&RunRecord::attempt));
    add(
        "task", Kind::choice, "Task", "", [](const RunRecord& run) { return std::string(task_name(run)); },
        task_names());
    add(
        "status", Kind::choice, "Status", "",
        [](const RunRecord& run) { return std::string(name_of(run.status)); }, names_of<RunStatus>());
    add("reason", Kind::text, "Reason", "Why the run ended as it did", text(&RunRecord::reason));
    add("created", Kind::time, "Created", "UTC", text(&RunRecord::created));
    add("id", Kind::text, "Id", "", text(&RunRecord::id));
    add(
        "tag", Kind::list, "Tags", "Given by a person", [](const RunRecord& run) { return run.marks.tags; },
        listed(seen.tags));
    add("starred", Kind::truth, "Starred", "", [](const RunRecord& run) { return run.marks.starred; });
    add("note", Kind::text, "Note", "Written by a person",
        [](const RunRecord& run) { return run.marks.note; });
}

void add_progress(std::vector<RunField>& fields) {
    const auto add = [&](const char* path, const char* label, const char* help, Read read) {
        fields.push_back({path, Kind::number, label, help, {}, std::move(read)});
    };
    add("progress", "Progress", "Share of the optimiser steps that are done, 0 to 1",
        [](const RunRecord& run) {
            return run.total_steps > 0 ? RunValue(double(run.steps) / double(run.total_steps)) : RunValue();
        });
    add("steps", "Steps", "Optimiser steps done", number(&RunRecord::steps));
    add("total_steps", "All steps", "Optimiser steps of the whole run", number(&RunRecord::total_steps));
    add("tokens", "Tokens", "Targets trained on so far", number(&RunRecord::tokens));
    add("wall_seconds", "Training time", "Seconds", number(&RunRecord::wall_seconds));
    add("left", "Time left", "Seconds of training, at the mean speed so far",
        [](const RunRecord& run) { return value_or_nothing(seconds_left(run)); });
    add("parameters", "Parameters", "", [](const RunRecord& run) { return double(run.parameters.total); });
    add("active_parameters", "Parameters per token", "Used for one token",
        [](const RunRecord& run) { return double(run.parameters.active); });
}

void add_metrics(std::vector<RunField>& fields, const std::set<std::string>& domains) {
    const auto add = [&](const std::string& path, const std::string& label, const std::string& help,
                         Read read) {
        fields.push_back({path, Kind::number, label, help, {}, std::move(read)});
    };
    add("loss", "Loss", "Validation, nats per token, mean over the domains, newest evaluation",
        metric(&RunSummary::loss));
    add("best", "Best loss", "Lowest value of the criterion of the best checkpoint, nats per token",
        [](const RunRecord& run) { return run.best ? RunValue(run.best->loss) : RunValue(); });
    add("best_step", "Best step", "Where the best loss was measured",
        [](const RunRecord& run) { return run.best ? RunValue(double(run.best->step)) : RunValue(); });
    add("perplexity", "Perplexity", "exp(loss)", [](const RunRecord& run) {
        return run.summary.loss ? RunValue(std::exp(*run.summary.loss)) : RunValue();
    });
    for (const std::string& domain : domains) {
        add("perplexity." + domain, "Perplexity " + domain, "exp(nats per token) on its validation set",
            of_domain(&RunSummary::perplexity, domain));
        add("accuracy." + domain, "Accuracy " + domain, "Top-1, 0 to 1, on its validation set",
            of_domain(&RunSummary::accuracy, domain));
    }
    add("ce", "Last CE", "Cross-entropy of the last training step", metric(&RunSummary::ce));
    add("kd", "Last KD", "Divergence from the teacher at the last training step", metric(&RunSummary::kd));
    add("tokens_per_second", "Tokens/s", "At the last training step", metric(&RunSummary::tokens_per_second));
}

Kind kind_of(FieldInfo::Type type) {
    switch (type) {
    case FieldInfo::Type::boolean:
        return Kind::truth;
    case FieldInfo::Type::integer:
    case FieldInfo::Type::real:
        return Kind::number;
    case FieldInfo::Type::text:
        return Kind::text;
    case FieldInfo::Type::choice:
        return Kind::choice;
    case FieldInfo::Type::text_list:
    case FieldInfo::Type::real_list:
        break;
    }
    return Kind::list;
}

std::string scalar_text(const Json& json) {
    return json.is_string() ? json.get<std::string>() : json.dump();
}

RunValue value_of(const Json& json) {
    if (json.is_boolean()) return json.get<bool>();
    if (json.is_number()) return json.get<double>();
    if (!json.is_array()) return json.is_null() ? RunValue() : RunValue(scalar_text(json));
    std::vector<std::string> list;
    for (const Json& element : json)
        list.push_back(scalar_text(element));
    return list;
}

std::vector<std::string> keys_of(const std::string& path) {
    std::vector<std::string> keys;
    for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
        end = path.find('.', begin);
        keys.push_back(path.substr(begin, end - begin));
    }
    return keys;
}

Read at_path(const std::string& path) {
    return [keys = keys_of(path)](const RunRecord& run) {
        const Json* json = &*run.spec;
        for (const std::string& key : keys) {
            if (!json->is_object()) return RunValue();
            const auto found = json->find(key);
            if (found == json->end()) return RunValue();
            json = &*found;
        }
        return value_of(*json);
    };
}

std::string dotted(std::string_view pointer) {
    std::string path(pointer.substr(1));
    std::ranges::replace(path, '/', '.');
    return path;
}

/// Labels say their section, "Teacher model › Layers", because others have fields of the same label.
void add_section(std::vector<RunField>& fields, const SectionInfo& section) {
    const std::string before = section.label.empty() ? "" : section.label + " › ";
    for (const FieldInfo& field : section.fields) {
        const std::string path = dotted(field.pointer);
        if (path == "task" || path == "seed") continue; // the run's own, above
        fields.push_back({path == "best" ? "criterion" : path, kind_of(field.type), before + field.label,
                          field.help, field.choices, at_path(path)});
    }
    for (const SectionInfo& nested : section.sections)
        add_section(fields, nested);
}

bool ends_in(std::string_view path, std::string_view end) {
    return path.size() > end.size() && path[path.size() - end.size() - 1] == '.' &&
           same_text(path.substr(path.size() - end.size()), end);
}

/// Whole paths and their ends, so that `alpha.mod` is near `distill.alpha.mode`.
std::vector<std::string> ends_of(const std::vector<RunField>& fields) {
    std::vector<std::string> ends;
    for (const RunField& field : fields)
        for (std::string end = field.path; !end.empty();) {
            ends.push_back(end);
            const auto dot = end.find('.');
            end = dot == std::string::npos ? "" : end.substr(dot + 1);
        }
    return ends;
}

/// What the names that are near would mean.
std::vector<std::string> near_paths(const RunFields& fields, const std::string& name) {
    std::vector<std::string> paths;
    for (const std::string& near : near_names(name, ends_of(fields.all()))) {
        const RunFields::Search meant = fields.find(near);
        if (meant.field != nullptr && std::ranges::count(paths, meant.field->path) == 0)
            paths.push_back(meant.field->path);
        if (meant.is_ambiguous && paths.empty()) paths = meant.candidates;
    }
    return paths;
}

} // namespace

RunFields::RunFields(const Seen& seen) {
    add_identity(fields_, seen);
    add_metrics(fields_, seen.domains);
    add_progress(fields_);
    add_section(fields_, describe_run_spec());
}

RunFields RunFields::of(std::span<const RunRecord> runs) {
    Seen seen;
    for (const RunRecord& run : runs) {
        for (const auto& [domain, value] : run.summary.perplexity)
            seen.domains.insert(domain);
        seen.studies.insert(run.study);
        seen.variants.insert(run.variant);
        seen.tags.insert(run.marks.tags.begin(), run.marks.tags.end());
    }
    return RunFields(seen);
}

RunFields::Search RunFields::find(std::string_view written) const {
    const std::string name = written.starts_with('/') ? dotted(written) : std::string(written);
    std::vector<const RunField*> found;
    for (const RunField& field : fields_) {
        if (same_text(field.path, name)) return {&field, {}, false};
        if (ends_in(field.path, name)) found.push_back(&field);
    }
    if (found.empty()) return {nullptr, near_paths(*this, name), false};
    const RunField* shortest =
        *std::ranges::min_element(found, {}, [](const RunField* field) { return field->path.size(); });
    const auto is_below = [&](const RunField* field) {
        return field == shortest || ends_in(field->path, shortest->path);
    };
    if (std::ranges::all_of(found, is_below)) return {shortest, {}, false};
    Search search{nullptr, {}, true};
    for (const RunField* field : found)
        search.candidates.push_back(field->path);
    return search;
}

std::optional<RunField> run_field(const std::string& path) {
    RunFields::Seen seen;
    for (const char* metric : {"perplexity.", "accuracy."})
        if (path.starts_with(metric)) seen.domains.insert(path.substr(std::string_view(metric).size()));
    const RunFields fields(seen);
    const RunField* field = fields.find(path).field;
    return field == nullptr ? std::nullopt : std::optional(*field);
}

std::string value_text(const RunValue& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    if (const auto* number = std::get_if<double>(&value))
        return std::isnan(*number)   ? "NaN"
               : std::isinf(*number) ? *number < 0 ? "-Infinity" : "Infinity"
                                     : Json(*number).dump();
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    std::string joined;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value))
        for (const std::string& element : *list)
            joined += (joined.empty() ? "" : ", ") + element;
    return joined;
}

std::optional<double> seconds_left(const RunRecord& run) {
    if (!is_live(run.status) || run.steps <= 0 || run.total_steps <= 0 || run.wall_seconds <= 0) return {};
    return run.wall_seconds / double(run.steps) *
           double(std::max<std::int64_t>(run.total_steps - run.steps, 0));
}

} // namespace retort
