// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/artifact_references.h"

#include "spec/run_record.h"
#include "store/artifact_folder.h"
#include "store/run_rows.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace retort {
namespace {

struct Registered {
    std::string kind;
    Json fields; ///< of its recipe
    int revision = 1;
    std::set<std::string> made_from; ///< ids of artifacts that are there
};

struct StoredRun {
    std::string label, study, variant, model;
    Json spec;
    bool is_done = false, is_binned = false;
};

using Registry = std::map<std::string, Registered>;

/// All objects and texts within `json`, itself among them.
void visit(const Json& json, const std::function<void(const Json&)>& take) {
    take(json);
    if (json.is_structured())
        for (const Json& part : json)
            visit(part, take);
}

/// The artifacts whose recipes or ids stand in `json`. A recipe of a revision is made of others of the same.
std::set<std::string> named_in(const Json& json, int revision, const Registry& registry) {
    std::set<std::string> ids;
    const auto add = [&](const std::string& id) {
        if (registry.contains(id)) ids.insert(id);
    };
    visit(json, [&](const Json& part) {
        if (part.is_string()) add(part.get_ref<const std::string&>());
        if (!part.is_object()) return;
        const bool is_text = part.contains("corpus");
        if (!is_text && !part.contains("tokens")) return;
        for (const char* kind : is_text ? std::array{"tokens", "tokenizer"} : std::array{"model", "router"})
            add(artifact_id({kind, part}, revision));
    });
    return ids;
}

Registry read_registry(Connection& connection) {
    Registry registry;
    Query rows = connection.query("SELECT id, kind, recipe FROM artifact");
    while (rows.next()) {
        const Json recipe = stored_json(connection, rows.text(2));
        registry[rows.text(0)] = {
            rows.text(1), recipe.value("fields", Json()), recipe.value("arithmetic_revision", 1), {}};
    }
    for (auto& [id, artifact] : registry) {
        artifact.made_from = named_in(artifact.fields, artifact.revision, registry);
        artifact.made_from.erase(id);
    }
    return registry;
}

/// Imported runs have no artifacts.
std::vector<StoredRun> read_stored_runs(Connection& connection) {
    std::vector<StoredRun> runs;
    const auto read = [&](Query rows) {
        while (rows.next()) {
            StoredRun run{{},
                          rows.text(0),
                          rows.text(1),
                          rows.text(3),
                          stored_json(connection, rows.text(4)),
                          rows.integer(5) != 0,
                          rows.integer(6) != 0};
            run.label = run.study + "/" + run.variant + "/" +
                        std::to_string(static_cast<std::uint64_t>(rows.integer(2)));
            runs.push_back(std::move(run));
        }
    };
    read(connection.query(
        "SELECT study, variant, seed, model_artifact, spec, status = 'done', deleted FROM run "
        "WHERE task <> 'imported'"));
    read(connection.query("SELECT study, variant, seed, '', spec, 0, 0 FROM queue"));
    return runs;
}

bool is_ingredient(const std::string& variant) {
    return variant == "teacher" || variant == "router" || variant.starts_with("expert-");
}

Json value_at(const Json& json, const char* pointer) {
    const Json::json_pointer place(pointer);
    return json.contains(place) ? json.at(place) : Json();
}

/// Whether the data of a specification may ask for an artifact made of text. The corpus is not compared: its
/// identity is that of its bytes, which may lie elsewhere.
bool may_ask_for(const Json& spec, const Registered& artifact) {
    const Json domains = value_at(spec, "/data/domains"), own = value_at(spec, "/data/tokenizer/domains");
    const Json of_tokenizer = own.empty() ? domains : own;
    const bool is_tokens = artifact.kind == "tokens";
    const Json tokenizer = is_tokens ? artifact.fields.value("tokenizer", Json()) : artifact.fields;
    const Json settings = tokenizer.value("tokenizer", Json());
    return (!is_tokens || artifact.fields.value("domains", Json()) == domains) &&
           tokenizer.value("domains", Json()) == of_tokenizer &&
           settings.value("kind", Json()) == value_at(spec, "/data/tokenizer/kind") &&
           settings.value("vocab", Json()) == value_at(spec, "/data/tokenizer/vocab");
}

class References {
public:
    References(Registry registry, std::vector<StoredRun> runs)
        : registry_(std::move(registry)), runs_(std::move(runs)) {}

    std::map<std::string, std::set<std::string>> find(Binned binned) {
        for (const StoredRun& run : runs_) {
            if (run.is_binned && binned == Binned::are_gone) continue;
            if (!run.model.empty()) need(run.model, run.label);
            for (const std::string& id : named_in(run.spec, 1, registry_))
                need(id, run.label);
            if (!run.is_done) need_ingredients(run);
        }
        return std::move(needed_);
    }

private:
    void need(const std::string& id, const std::string& label) {
        const auto artifact = registry_.find(id);
        if (artifact == registry_.end() || !needed_[id].insert(label).second) return;
        for (const std::string& part : artifact->second.made_from)
            need(part, label);
    }
    void need_ingredients(const StoredRun& run) {
        for (const auto& [id, artifact] : registry_)
            if ((artifact.kind == "tokens" || artifact.kind == "tokenizer") &&
                may_ask_for(run.spec, artifact))
                need(id, run.label);
        for (const StoredRun& other : runs_)
            if (other.study == run.study && is_ingredient(other.variant) && !other.model.empty())
                need(other.model, run.label);
    }

    Registry registry_;
    std::vector<StoredRun> runs_;
    std::map<std::string, std::set<std::string>> needed_;
};

} // namespace

std::map<std::string, std::set<std::string>> artifact_references(Connection& connection, Binned binned) {
    Registry registry = read_registry(connection);
    return References(std::move(registry), read_stored_runs(connection)).find(binned);
}

} // namespace retort
