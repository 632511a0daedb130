// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export_model.h"

#include "base/error.h"
#include "base/files.h"
#include "data/corpus.h"
#include "engine/recipes.h"

namespace retort {
namespace fs = std::filesystem;
namespace {

Artifact required(const std::optional<Artifact>& found, const std::string& what, const RunRecord& run) {
    if (!found)
        throw Error(ErrorKind::data,
                    "The " + what + " of " + run.label() +
                        " is not in the workspace or is damaged; run it again with --again.");
    return *found;
}

} // namespace

void export_hugging_face(const RunRecord& run, ArtifactStore& artifacts, const fs::path& out) {
    if (run.task == Task::router)
        throw Error(ErrorKind::usage,
                    run.label() + " is a router and no model of text; export a teacher or a student.");
    if (fs::exists(out) && !(fs::is_directory(out) && fs::is_empty(out)))
        throw Error(ErrorKind::usage,
                    out.string() + " is there already; name a folder that is empty or new.");
    const Artifact model = required(artifacts.find(run.model_artifact), "model", run);
    const RunSpec spec = read_run_spec(run.spec).spec;
    const std::string corpus = open_corpus(spec.data.corpus).identity();
    const Artifact tokenizer =
        required(artifacts.find(tokenizer_recipe(spec.data, corpus)), "tokenizer", run);
    write_folder_atomically(out, [&](const fs::path& folder) {
        copy_files(model.folder, folder);
        copy_files(tokenizer.folder, folder);
    });
}

} // namespace retort
