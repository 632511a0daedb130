// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/checkpoint.h"

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "nn/safetensors.h"

#include <algorithm>
#include <cstdio>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kept_checkpoints = 2;
constexpr const char* state_file = "state.json";
constexpr const char* moments_file = "optimizer.safetensors";
constexpr const char* more_file = "stages.safetensors";

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

/// All but the state, by name.
std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().filename() != state_file) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

Json hashes_of(const fs::path& folder) {
    Json hashes = Json::object();
    for (const fs::path& file : files_of(folder))
        hashes[file.filename().string()] = sha256_of_file(file);
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
    Json state = Json::parse(read_file(folder / state_file));
    if (state.at("sha256") != hashes_of(folder)) return {};
    const std::int64_t step = state.at("step");
    return FoundCheckpoint{folder, step, std::move(state)};
} catch (const std::exception&) {
    return {};
}

} // namespace

fs::path save_checkpoint(const fs::path& folder, std::int64_t step, Trainee& trainee, const Json& state,
                         const std::vector<NamedTensor>& more) {
    const fs::path target = folder / folder_name(step);
    fs::create_directories(folder);
    write_folder_atomically(target, [&](const fs::path& temporary) {
        trainee.model().write(temporary, trainee.weights());
        write_safetensors(temporary / moments_file, trainee.optimizer().state());
        if (!more.empty()) write_safetensors(temporary / more_file, more);
        Json full = state;
        full["step"] = step;
        full["updates"] = trainee.optimizer().updates();
        full["sha256"] = hashes_of(temporary);
        write_file_atomically(temporary / state_file, full.dump(1) + "\n");
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

std::vector<NamedTensor> load_checkpoint(const FoundCheckpoint& checkpoint, Trainee& trainee) {
    std::vector<NamedTensor> weights, more;
    for (const fs::path& file : files_of(checkpoint.folder))
        if (file.extension() == ".safetensors" && file.filename() != moments_file)
            std::ranges::move(read_safetensors(file),
                              std::back_inserter(file.filename() == more_file ? more : weights));
    trainee.load_weights(weights, checkpoint.folder.string());
    const fs::path moments = checkpoint.folder / moments_file;
    const Json& updates = checkpoint.state.at("updates"); // a single number in older checkpoints
    const auto counts = updates.is_array()
                            ? updates.get<std::vector<std::int64_t>>()
                            : std::vector(trainee.weights().size(), updates.get<std::int64_t>());
    trainee.optimizer().restore(read_safetensors(moments), counts, moments.string());
    return more;
}

} // namespace retort
