// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/checkpoint.h"

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "nn/model_folder.h"
#include "nn/safetensors.h"

#include <algorithm>
#include <cstdio>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kept_checkpoints = 2;
constexpr const char* checked_files[] = {"config.json", "model.safetensors", "optimizer.safetensors"};

std::string folder_name(std::int64_t step) {
    char text[32];
    std::snprintf(text, sizeof text, "step-%08lld", static_cast<long long>(step));
    return text;
}

/// Checkpoint folders, newest first: their names sort as their steps.
std::vector<fs::path> checkpoint_folders(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none))
        if (entry.path().filename().string().starts_with("step-")) found.push_back(entry.path());
    std::ranges::sort(found, std::greater{});
    return found;
}

Json hashes_of(const fs::path& folder) {
    Json hashes = Json::object();
    for (const char* file : checked_files)
        hashes[file] = sha256_of_file(folder / file);
    return hashes;
}

void remove_old(const fs::path& folder) {
    const auto all = checkpoint_folders(folder);
    std::error_code ignored; // a leftover costs space, not correctness
    for (std::size_t i = kept_checkpoints; i < all.size(); ++i)
        fs::remove_all(all[i], ignored);
}

/// Nothing when the checkpoint is damaged in any way.
std::optional<FoundCheckpoint> examine(const fs::path& folder) try {
    Json state = Json::parse(read_file(folder / "state.json"));
    if (state.at("sha256") != hashes_of(folder)) return {};
    const std::int64_t step = state.at("step");
    return FoundCheckpoint{folder, step, std::move(state)};
} catch (const std::exception&) {
    return {};
}

} // namespace

fs::path save_checkpoint(const fs::path& folder, std::int64_t step, Trainee& trainee, const Json& state) {
    const fs::path target = folder / folder_name(step);
    fs::create_directories(folder);
    write_folder_atomically(target, [&](const fs::path& temporary) {
        write_model(temporary, trainee.model().shape(), trainee.weights());
        write_safetensors(temporary / "optimizer.safetensors", trainee.optimizer().state());
        Json full = state;
        full["step"] = step;
        full["updates"] = trainee.optimizer().updates();
        full["sha256"] = hashes_of(temporary);
        write_file_atomically(temporary / "state.json", full.dump(1) + "\n");
    });
    remove_old(folder);
    return target;
}

std::optional<FoundCheckpoint> newest_checkpoint(const fs::path& folder) {
    const auto all = checkpoint_folders(folder);
    for (const fs::path& candidate : all)
        if (auto found = examine(candidate)) return found;
    if (all.empty()) return {};
    throw Error(ErrorKind::data,
                "Every checkpoint in " + folder.string() + " is damaged; run the study again with --again.");
}

void load_checkpoint(const FoundCheckpoint& checkpoint, Trainee& trainee) {
    const auto weights = checkpoint.folder / "model.safetensors",
               moments = checkpoint.folder / "optimizer.safetensors";
    trainee.load_weights(read_safetensors(weights), weights.string());
    trainee.optimizer().restore(read_safetensors(moments), checkpoint.state.at("updates"), moments.string());
}

} // namespace retort
