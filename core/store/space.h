// SPDX-License-Identifier: GPL-3.0-or-later
// What takes the room of a workspace, and what of it can be freed without loss.
#pragma once

#include "spec/artifact.h"
#include "spec/field.h"
#include "store/workspace.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace retort {

/// In the order in which they are freed.
enum class SpaceKind {
    cache,    ///< can be computed again
    leftover, ///< belongs to nothing: half written, or of an artifact or run that nobody knows
    artifact, ///< that no stored run needs
    binned    ///< files of runs in the bin: checkpoints, and models that no other run needs
};

template <>
struct EnumNames<SpaceKind> {
    static constexpr std::array<std::pair<SpaceKind, std::string_view>, 4> values = {
        {{SpaceKind::cache, "caches"},
         {SpaceKind::leftover, "leftovers"},
         {SpaceKind::artifact, "artifacts"},
         {SpaceKind::binned, "binned"}}};
};

struct ArtifactUse {
    Artifact artifact;
    std::string created;           ///< ISO 8601, UTC
    std::vector<std::string> runs; ///< labels of those that need it, those in the bin included
};

/// In bytes that the disk holds.
struct SpaceUse {
    std::vector<ArtifactUse> artifacts; ///< largest first
    std::uint64_t caches = 0;
    std::uint64_t run_folders = 0; ///< checkpoints, best models, models of stages
    std::uint64_t exports = 0;
    std::uint64_t database = 0;
    [[nodiscard]] std::uint64_t total() const;
};

[[nodiscard]] SpaceUse measure_space(const Workspace& workspace);

struct SpaceItem {
    SpaceKind kind = SpaceKind::cache;
    std::string name;
    std::filesystem::path path;
    std::uint64_t bytes = 0;
};

struct SpaceChoice {
    std::set<SpaceKind> kinds = {SpaceKind::cache, SpaceKind::leftover, SpaceKind::artifact};
    /// No more than is needed to free so many.
    std::uint64_t enough = std::numeric_limits<std::uint64_t>::max();
};

/// What free_space() would take, in its order, and what keeps the rest from it.
struct SpacePlan {
    std::vector<SpaceItem> items;
    std::vector<std::string> notices; ///< a sentence each
    [[nodiscard]] std::uint64_t bytes() const;
};

[[nodiscard]] SpacePlan plan_space(const Workspace& workspace, const SpaceChoice& choice);

/// Frees it and says what was freed. Runs that train beside it keep all they use: what a run that is not done
/// may ask for is never taken, caches stay while any run trains with a cached teacher, and an artifact is
/// taken out of the database before its files go. Throws Error{workspace} when the database cannot be
/// written; a file that cannot be removed is a notice.
SpacePlan free_space(const Workspace& workspace, const SpaceChoice& choice);

} // namespace retort
