// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recipes.h"

#include "base/sha256.h"
#include "data/tokenizer_import.h"
#include "spec/run_spec_fields.h"

namespace retort {
namespace {

/// Where a run's teacher comes from: another artifact's id, a folder, or a recipe of its own.
Json teacher_fields(const RunSpec& spec, const std::string& corpus_identity) {
    if (!uses_teacher(spec)) return nullptr;
    if (!spec.teacher->artifact.empty()) return spec.teacher->artifact;
    if (!spec.teacher->path.empty()) return {{"path", spec.teacher->path}};
    return model_recipe(teacher_run(spec), corpus_identity).fields;
}

/// Fields that came later are left out at their defaults, so that what was made before keeps its name.
void leave_out(Json& section, const std::string& key, const Json& when) {
    if (const auto found = section.find(key); found != section.end() && *found == when) section.erase(key);
}

/// Its file's bytes count, and which of its tokens begin and end a text, not where it lies.
ArtifactRecipe imported_recipe(const TokenizerSpec& tokenizer) {
    const TokenizerSource source = tokenizer_source(tokenizer);
    Json fields = {{"kind", name_of(tokenizer.kind)}, {"sha256", sha256_of_file(source.file)}};
    if (!source.config.bos.empty()) fields["bos"] = source.config.bos;
    if (!source.config.eos.empty()) fields["eos"] = source.config.eos;
    return {"tokenizer", std::move(fields)};
}

/// Of a schedule without stages, what only stages have changes nothing.
void leave_out_stages(const RunSpec& spec, Json& json) {
    const bool has_stages = spec.schedule.kind == ScheduleKind::sequential;
    if (json.contains("remedies") && (!has_stages || spec.remedies == RemedySpec())) json.erase("remedies");
    Json& schedule = json["schedule"];
    for (const char* of_stages : {"moments", "rewarm"})
        if (!has_stages) schedule.erase(of_stages);
    leave_out(schedule, "moments", "carried");
    leave_out(schedule, "rewarm", false);
}

/// What it is asked after its training does not change it.
ArtifactRecipe router_recipe(const RunSpec& spec, Json router, const std::string& corpus_identity) {
    for (const char* of_evaluation : {"folds", "longest"})
        router.erase(of_evaluation);
    return {"router",
            {{"seed", spec.seed},
             {"tokens", tokens_recipe(spec.data, corpus_identity).fields},
             {"router", std::move(router)}}};
}

/// How it is evaluated is no part of it, but the router is.
void add_modular(const RunSpec& spec, const Json& json, const std::string& corpus_identity, Json& fields) {
    fields["modular"] = json.at("modular");
    fields["modular"].erase("files"); // their bytes count, not where they lie
    fields["idle"] = name_of(spec.optim.idle);
    fields["domains"] = spec.data.domains;
    if (asks_router(spec)) fields["asked"] = model_recipe(router_run(spec), corpus_identity).fields;
    for (const std::string& file : spec.modular->files)
        fields["files"].push_back(sha256_of_file(file));
    for (const std::string& expert : separate_experts(spec))
        fields["experts"][expert] = model_recipe(expert_run(spec, expert), corpus_identity).fields;
}

} // namespace

ArtifactRecipe tokenizer_recipe(const DataSpec& data, const std::string& corpus_identity) {
    if (!data.tokenizer.artifact.empty()) return {"tokenizer", {{"artifact", data.tokenizer.artifact}}};
    if (is_given(data.tokenizer)) return imported_recipe(data.tokenizer);
    RunSpec spec;
    spec.data = data;
    Json tokenizer = to_json(spec)["data"]["tokenizer"];
    tokenizer.erase("domains");
    const Json defaults = to_json(RunSpec())["data"]["tokenizer"];
    for (const auto& [key, value] : defaults.items())
        if (key != "kind" && key != "vocab") leave_out(tokenizer, key, value);
    return {"tokenizer",
            {{"corpus", corpus_identity},
             {"domains", tokenizer_domains(data)},
             {"tokenizer", std::move(tokenizer)}}};
}

ArtifactRecipe tokens_recipe(const DataSpec& data, const std::string& corpus_identity) {
    return {"tokens",
            {{"corpus", corpus_identity},
             {"domains", data.domains},
             {"tokenizer", tokenizer_recipe(data, corpus_identity).fields}}};
}

ArtifactRecipe hidden_states_recipe(const RunSpec& spec, const std::string& corpus_identity,
                                    const std::string& weights, const ResolvedSettings& resolved) {
    return {"hidden",
            {{"weights", weights},
             {"tokens", tokens_recipe(spec.data, corpus_identity).fields},
             {"context", spec.data.context},
             {"device", resolved.device},
             {"precision", resolved.precision},
             {"threads", resolved.threads},
             {"vector_level", resolved.vector_level},
             {"torch", resolved.torch}}};
}

ArtifactRecipe model_recipe(const RunSpec& spec, const std::string& corpus_identity) {
    Json json = to_json(spec);
    if (spec.task == Task::router) return router_recipe(spec, json.at("router"), corpus_identity);
    leave_out(json["model"], "init", "gpt2");
    leave_out(json["schedule"], "domains", Json::array());
    leave_out_stages(spec, json);
    json["optim"].erase("idle"); // only modular models have idle experts
    Json fields = {{"task", json["task"]},
                   {"seed", json["seed"]},
                   {"tokens", tokens_recipe(spec.data, corpus_identity).fields},
                   {"context", spec.data.context},
                   {"model", json["model"]},
                   {"schedule", json["schedule"]},
                   {"optim", json["optim"]},
                   {"precision", json["run"]["precision"]},
                   {"teacher", teacher_fields(spec, corpus_identity)}};
    if (json.contains("distill")) fields["distill"] = json["distill"];
    if (json.contains("remedies")) fields["remedies"] = json["remedies"];
    if (spec.modular) add_modular(spec, json, corpus_identity, fields);
    if (uses_teacher(spec) && spec.run.teacher == TeacherMode::cached) fields["teacher_mode"] = "cached";
    return {"model", std::move(fields)};
}

} // namespace retort
