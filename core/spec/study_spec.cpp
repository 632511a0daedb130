// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/study_spec.h"

#include "spec/fidelity.h"
#include "spec/migrate.h"
#include "spec/run_spec_fields.h"

#include <algorithm>
#include <set>

namespace retort {
namespace {

bool is_name(const std::string& name) {
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    };
    return !name.empty() && name.front() != '.' && std::ranges::all_of(name, is_plain);
}

/// Of a study that names none.
constexpr const char* only_variant = "base";

constexpr const char* name_rule = "must be a name of letters, digits, '.', '_' and '-'.";

void read_names(const Json& json, StudyReading& reading) {
    const auto text = [&](const char* key) {
        const auto found = json.find(key);
        if (found == json.end()) return std::string();
        if (!found->is_string())
            reading.problems.push_back({std::string("/") + key, "must be text in quotes."});
        return found->is_string() ? found->get<std::string>() : std::string();
    };
    reading.study.name = text("name");
    reading.study.title = text("title");
    if (!is_name(reading.study.name)) reading.problems.push_back({"/name", name_rule});
}

void read_seeds(const Json& json, StudyReading& reading) {
    const auto found = json.find("seeds");
    if (found == json.end()) return;
    const auto is_seed = [](const Json& seed) { return seed.is_number_unsigned(); };
    if (!found->is_array() || found->empty() || !std::ranges::all_of(*found, is_seed)) {
        reading.problems.push_back({"/seeds", "must be a list of one or more whole numbers of at least 0."});
        return;
    }
    reading.study.seeds = found->get<std::vector<std::uint64_t>>();
    if (std::set(reading.study.seeds.begin(), reading.study.seeds.end()).size() != reading.study.seeds.size())
        reading.problems.push_back({"/seeds", "must not name a seed twice."});
}

/// That a patch of the base leads to; distill where it is not named or no task.
Task task_of(const Json& patch, const Json& base) {
    for (const Json* json : {&patch, &base})
        if (json->contains("task") && json->at("task").is_string())
            return value_named<Task>(json->at("task").get_ref<const std::string&>()).value_or(Task::distill);
    return Task::distill;
}

/// Each layer by itself, so that a variant's preset goes before the fields of the base.
void expand(Json& patch, const std::string& place, StudyReading& reading) {
    for (const Problem& problem : expand_fidelity(patch, task_of(patch, reading.study.base)))
        reading.problems.push_back({place + problem.pointer, problem.message});
}

void read_variants(const Json& json, StudyReading& reading) {
    const auto found = json.find("variants");
    if (found == json.end()) return;
    if (!found->is_object()) {
        reading.problems.push_back({"/variants", "must be an object of merge patches by name."});
        return;
    }
    for (const auto& [name, patch] : found->items()) {
        if (!is_name(name)) reading.problems.push_back({"/variants/" + name, name_rule});
        if (!patch.is_object())
            reading.problems.push_back({"/variants/" + name, "must be an object, {} to change nothing."});
        reading.study.variants.emplace_back(name, patch);
        if (patch.is_object()) expand(reading.study.variants.back().second, "/variants/" + name, reading);
    }
}

void read_base(const Json& json, StudyReading& reading) {
    const auto found = json.find("base");
    if (found == json.end() || !found->is_object())
        reading.problems.push_back({"/base", "must be an object with the fields of a run."});
    else
        reading.study.base = *found;
    if (reading.study.base.is_object()) expand(reading.study.base, "/base", reading);
}

std::vector<std::string> variant_names(const StudySpec& study) {
    std::vector<std::string> names;
    for (const auto& [name, patch] : study.variants)
        names.push_back(name);
    return names.empty() ? std::vector<std::string>{only_variant} : names;
}

void read_conclusions(const Json& json, StudyReading& reading) {
    if (const auto found = json.find("claims"); found != json.end())
        reading.study.claims = read_claims(*found, "/claims", variant_names(reading.study), reading.problems);
    const auto found = json.find("conclusions");
    if (found == json.end()) return;
    if (found->is_boolean())
        reading.study.conclusions = found->get<bool>();
    else
        reading.problems.push_back({"/conclusions", "must be true or false."});
}

void report_unknown(const Json& json, StudyReading& reading) {
    static const std::set<std::string> known = {"retort", "name",     "title",  "seeds",
                                                "base",   "variants", "claims", "conclusions"};
    for (const auto& [key, value] : json.items())
        if (!known.contains(key))
            reading.problems.push_back(
                {"/" + key,
                 "is not a known field of a study; fields of a run belong into base or a variant."});
}

/// A pointer into the materialised run, as one into the study file: the variant where the patch names the
/// field.
std::string pointer_in_file(const StudySpec& study, const std::string& variant, const std::string& pointer) {
    for (const auto& [name, patch] : study.variants) {
        if (name != variant) continue;
        std::string prefix = pointer;
        while (!prefix.empty()) {
            if (patch.contains(Json::json_pointer(prefix))) return "/variants/" + variant + pointer;
            prefix = prefix.substr(0, prefix.rfind('/'));
        }
    }
    return "/base" + pointer;
}

std::vector<std::pair<std::string, Json>> chosen_variants(const StudySpec& study,
                                                          const std::optional<std::string>& variant) {
    std::vector<std::pair<std::string, Json>> variants = study.variants;
    if (variants.empty()) variants.emplace_back(only_variant, Json::object());
    if (variant) std::erase_if(variants, [&](const auto& entry) { return entry.first != *variant; });
    return variants;
}

void add_once(std::vector<Problem>& problems, Problem problem) {
    if (std::ranges::find(problems, problem) == problems.end()) problems.push_back(std::move(problem));
}

/// That the runs of each test's variants have its metric; `plans` are all of the study.
void check_metrics(const std::vector<RunPlan>& plans, StudyReading& reading) {
    for (std::size_t c = 0; c < reading.study.claims.size(); ++c)
        for (std::size_t t = 0; t < reading.study.claims[c].tests.size(); ++t) {
            const ClaimTest& test = reading.study.claims[c].tests[t];
            const std::string place =
                "/claims/" + std::to_string(c) + "/tests/" + std::to_string(t) + "/metric";
            for (const RunPlan& plan : plans) {
                if (plan.variant != test.variant && plan.variant != test.reference) continue;
                const std::string fault = fault_of_metric(metric_of(test), plan.spec);
                if (!fault.empty())
                    add_once(reading.problems, {place, fault + " The variant is " + plan.variant + "."});
            }
        }
}

} // namespace

bool apply(Json& json, const Override& change, std::vector<Problem>& problems) {
    try {
        json[Json::json_pointer(change.pointer)] = change.value;
        return true;
    } catch (const Json::exception&) {
        add_once(problems, {change.pointer, "is no place in a run; give a JSON pointer such as /optim/lr."});
        return false;
    }
}

StudyReading read_study(std::string_view text) {
    StudyReading reading;
    Json json;
    try {
        json = Json::parse(text);
    } catch (const Json::parse_error& error) {
        const std::string what = error.what();
        const auto colon = what.find("parse error");
        reading.problems.push_back(
            {"", "is no JSON: " + (colon == std::string::npos ? what : what.substr(colon)) + "."});
        return reading;
    }
    if (!json.is_object()) {
        reading.problems.push_back({"", "must be a JSON object with name, base and variants."});
        return reading;
    }
    Migration migration = migrate(std::move(json));
    reading.problems = std::move(migration.problems);
    if (!reading.problems.empty()) return reading;
    read_names(migration.json, reading);
    read_seeds(migration.json, reading);
    read_base(migration.json, reading);
    read_variants(migration.json, reading);
    read_conclusions(migration.json, reading);
    report_unknown(migration.json, reading);
    if (!reading.problems.empty()) return reading;
    PlanReading runs = plan_runs(reading.study);
    reading.problems = std::move(runs.problems);
    if (reading.problems.empty()) check_metrics(runs.plans, reading);
    return reading;
}

Json to_json(const StudySpec& study) {
    Json json = {
        {"retort", spec_version}, {"name", study.name}, {"title", study.title}, {"seeds", study.seeds}};
    json["base"] = study.base;
    json["variants"] = Json::object();
    for (const auto& [name, patch] : study.variants)
        json["variants"][name] = patch;
    if (!study.claims.empty()) json["claims"] = to_json(study.claims);
    if (study.conclusions) json["conclusions"] = *study.conclusions;
    return json;
}

std::optional<Override> parse_override(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || text.empty() || text.front() != '/') return {};
    const std::string value(text.substr(equals + 1));
    Json json = Json::parse(value, nullptr, false);
    return Override{std::string(text.substr(0, equals)), json.is_discarded() ? Json(value) : std::move(json)};
}

PlanReading plan_runs(const StudySpec& study, const std::vector<Override>& overrides,
                      const std::optional<std::string>& variant, const std::optional<std::uint64_t>& seed) {
    PlanReading reading;
    const auto variants = chosen_variants(study, variant);
    if (variants.empty())
        reading.problems.push_back({"/variants", "has no variant named \"" + *variant + "\"."});
    for (const auto& [name, patch] : variants) {
        Json json = study.base;
        json.merge_patch(patch);
        for (const Override& change : overrides)
            if (!apply(json, change, reading.problems)) return reading;
        const RunSpecReading run = read_run_spec(json);
        for (const Problem& problem : run.problems)
            add_once(reading.problems, {pointer_in_file(study, name, problem.pointer), problem.message});
        for (const std::uint64_t s : seed ? std::vector{*seed} : study.seeds) {
            reading.plans.push_back({study.name, name, s, run.spec});
            reading.plans.back().spec.seed = s;
        }
    }
    if (!reading.problems.empty()) reading.plans.clear();
    return reading;
}

} // namespace retort
