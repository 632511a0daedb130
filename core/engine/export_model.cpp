// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export_model.h"

#include "base/error.h"
#include "base/files.h"
#include "engine/run_files.h"

namespace retort {
namespace fs = std::filesystem;

void export_hugging_face(const RunRecord& run, ArtifactStore& artifacts, const fs::path& out) {
    if (run.task == Task::router)
        throw Error(ErrorKind::usage,
                    run.label() + " is a router and no model of text; export a teacher or a student.");
    if (fs::exists(out) && !(fs::is_directory(out) && fs::is_empty(out)))
        throw Error(ErrorKind::usage,
                    out.string() + " is there already; name a folder that is empty or new.");
    const fs::path model = model_folder_of(run, "model", artifacts),
                   tokenizer = tokenizer_folder_of(run, artifacts);
    write_folder_atomically(out, [&](const fs::path& folder) {
        copy_files(model, folder);
        copy_files(tokenizer, folder);
    });
}

} // namespace retort
