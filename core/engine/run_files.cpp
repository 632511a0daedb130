// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run_files.h"

#include "base/error.h"
#include "data/corpus.h"
#include "engine/recipes.h"

namespace retort {

std::filesystem::path model_folder_of(const RunRecord& run, const std::string& what,
                                      ArtifactStore& artifacts) {
    const auto found = run.model_artifact.empty() ? std::nullopt : artifacts.find(run.model_artifact);
    if (!found)
        throw Error(ErrorKind::data, "The " + what + " of " + run.label() +
                                         " is not in the workspace (its run is " +
                                         std::string(name_of(run.status)) + "); run it again.");
    return found->folder;
}

std::optional<Artifact> find_tokenizer(const DataSpec& data, const std::string& corpus_identity,
                                       ArtifactStore& artifacts) {
    const std::string& id = data.tokenizer.artifact;
    if (id.empty()) return artifacts.find(tokenizer_recipe(data, corpus_identity));
    auto found = artifacts.find(id);
    return found && found->kind == "tokenizer" ? found : std::nullopt;
}

std::filesystem::path tokenizer_folder_of(const RunRecord& run, ArtifactStore& artifacts) {
    const RunSpec spec = read_run_spec(run.spec).spec;
    const auto found = find_tokenizer(spec.data, open_corpus(spec.data.corpus).identity(), artifacts);
    if (!found)
        throw Error(ErrorKind::data,
                    "The tokenizer of " + run.label() +
                        " is not in the workspace or is damaged; run it again with --again.");
    return found->folder;
}

} // namespace retort
