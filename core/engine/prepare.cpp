// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/prepare.h"

#include "base/error.h"
#include "base/sha256.h"
#include "data/token_store.h"
#include "data/tokenizer.h"
#include "data/tokenizer_import.h"
#include "engine/devices.h"
#include "engine/recipes.h"
#include "engine/run_files.h"

namespace retort {
namespace {

/// Where the teacher's weights lie and which they are.
struct TeacherWeights {
    std::filesystem::path folder;
    std::string sha256; ///< nothing of a foreign folder: hashed only where it is asked for
};

TeacherWeights teacher_weights(const RunSpec& spec, ArtifactStore& artifacts) {
    if (!spec.teacher->path.empty()) return {spec.teacher->path, {}};
    const std::string& id = spec.teacher->artifact;
    const auto found = id.empty() ? find_trained_model(teacher_run(spec), artifacts) : artifacts.find(id);
    if (!found)
        throw Error(ErrorKind::data,
                    "The teacher " + (id.empty() ? "of this run" : id) +
                        " is not in the workspace or is damaged; run the study again to train it.");
    return {found->folder, found->sha256};
}

std::filesystem::path hidden_states_folder(const RunSpec& spec, const TeacherWeights& teacher,
                                           ArtifactStore& artifacts) {
    const std::string weights =
        teacher.sha256.empty() ? sha256_of_file(teacher.folder / "model.safetensors") : teacher.sha256;
    const std::string identity = open_corpus(spec.data.corpus).identity();
    return artifacts.cache_folder(hidden_states_recipe(spec, identity, weights, resolve(spec.run)));
}

std::filesystem::path model_folder(const std::optional<Artifact>& found, const std::string& what) {
    if (!found)
        throw Error(ErrorKind::data,
                    "The " + what + " is not in the workspace or is damaged; run its study again.");
    return found->folder;
}

void prepare_modular(const RunSpec& spec, ArtifactStore& artifacts, TrainingInputs& inputs) {
    if (asks_router(spec))
        inputs.router = model_folder(find_trained_model(router_run(spec), artifacts), "router of this run");
    if (const std::string& base = spec.modular->base; !base.empty())
        inputs.base = model_folder(artifacts.find(base), "base " + base);
    for (const std::string& expert : separate_experts(spec))
        inputs.experts.emplace_back(
            expert,
            model_folder(find_trained_model(expert_run(spec, expert), artifacts), "expert " + expert));
}

/// Sizes of models are told from the field, so it must be what the file has.
void check_vocabulary(const TokenizerSpec& spec, const Tokenizer& tokenizer) {
    if (spec.vocab == tokenizer.vocab()) return;
    throw Error(ErrorKind::usage, "The tokenizer has " + std::to_string(tokenizer.vocab()) +
                                      " entries, but /data/tokenizer/vocab is " + std::to_string(spec.vocab) +
                                      "; write " + std::to_string(tokenizer.vocab()) + " there.");
}

} // namespace

Artifact prepare_given_tokenizer(const TokenizerSpec& tokenizer, ArtifactStore& artifacts) {
    DataSpec data;
    data.tokenizer = tokenizer;
    const std::string any_corpus; // on which it does not depend
    if (auto found = find_tokenizer(data, any_corpus, artifacts)) return *found;
    if (!tokenizer.artifact.empty())
        throw Error(ErrorKind::data, "There is no tokenizer " + tokenizer.artifact +
                                         " in the workspace; see retortctl tokenizer list, or make one.");
    return artifacts.put(tokenizer_recipe(data, any_corpus),
                         [&](const auto& folder) { import_tokenizer(tokenizer_source(tokenizer), folder); });
}

Artifact prepare_tokenizer(const DataSpec& data, const Corpus& corpus, ArtifactStore& artifacts,
                           const ProgressFunction& progress) {
    if (is_given(data.tokenizer)) return prepare_given_tokenizer(data.tokenizer, artifacts);
    const ArtifactRecipe recipe = tokenizer_recipe(data, corpus.identity());
    if (auto found = artifacts.find(recipe)) return *found;
    return artifacts.put(recipe,
                         [&](const auto& folder) { train_tokenizer(corpus, data, folder, progress); });
}

Artifact prepare_tokens(const DataSpec& data, const Corpus& corpus, ArtifactStore& artifacts,
                        const ProgressFunction& progress) {
    const ArtifactRecipe recipe = tokens_recipe(data, corpus.identity());
    const auto found = artifacts.find(recipe);
    if (found && !is_given(data.tokenizer)) return *found;
    const Tokenizer tokenizer(prepare_tokenizer(data, corpus, artifacts, progress).folder);
    check_vocabulary(data.tokenizer, tokenizer);
    if (found) return *found;
    return artifacts.put(recipe, [&](const auto& folder) {
        tokenise_corpus(corpus, data.domains, tokenizer, folder, progress);
    });
}

std::optional<Artifact> find_trained_model(const RunSpec& spec, ArtifactStore& artifacts) {
    return artifacts.find(model_recipe(spec, open_corpus(spec.data.corpus).identity()));
}

TrainingInputs prepare_inputs(const RunSpec& spec, ArtifactStore& artifacts,
                              const ProgressFunction& progress) {
    TrainingInputs inputs;
    const Corpus corpus = open_corpus(spec.data.corpus);
    inputs.tokens = prepare_tokens(spec.data, corpus, artifacts, progress).folder;
    if (spec.task == Task::router || spec.run.samples > 0)
        inputs.tokenizer = prepare_tokenizer(spec.data, corpus, artifacts, progress).folder;
    if (spec.modular) prepare_modular(spec, artifacts, inputs);
    if (asks_router(spec)) // which keeps texts too
        inputs.tokenizer = prepare_tokenizer(spec.data, corpus, artifacts, progress).folder;
    if (!uses_teacher(spec)) return inputs;
    const TeacherWeights teacher = teacher_weights(spec, artifacts);
    inputs.teacher = teacher.folder;
    if (spec.run.teacher == TeacherMode::cached)
        inputs.teacher_cache = hidden_states_folder(spec, teacher, artifacts);
    return inputs;
}

} // namespace retort
