// SPDX-License-Identifier: GPL-3.0-or-later
// What a run needs from another or leaves behind, named by everything that made it, so that it is made once.
#pragma once

#include "spec/run_spec_json.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace retort {

/// Raised when the arithmetic changes so that the same recipe gives other bytes.
inline constexpr int arithmetic_revision = 5;

/// Exactly the fields that change an artifact's bytes. Keys may come in any order.
struct ArtifactRecipe {
    std::string kind; ///< tokenizer, tokens, model, router
    Json fields;
};

struct Artifact {
    std::string id; ///< kind-xxxxxxxxxxxxxxxx: 16 hexadecimal digits of the recipe's SHA-256
    std::string kind;
    std::filesystem::path folder;
    std::uint64_t bytes = 0;
    std::string sha256; ///< of the files' names and bytes
};

/// Content-addressed folders. Any thread; several processes may share one store.
class ArtifactStore {
public:
    virtual ~ArtifactStore() = default;

    /// The artifact of a recipe. A damaged one (its bytes no longer give its sha256) counts as absent.
    [[nodiscard]] virtual std::optional<Artifact> find(const ArtifactRecipe& recipe) = 0;
    [[nodiscard]] virtual std::optional<Artifact> find(const std::string& id) = 0;

    /// Makes the artifact whole or not at all: `fill` writes into a folder that becomes the artifact. When
    /// another process made the same one meanwhile, theirs is returned.
    virtual Artifact put(const ArtifactRecipe& recipe,
                         const std::function<void(const std::filesystem::path& folder)>& fill) = 0;

    /// A folder for what can be computed again; it may not exist yet, and may be deleted while no run is at
    /// work.
    [[nodiscard]] virtual std::filesystem::path cache_folder(const ArtifactRecipe& recipe) = 0;
};

} // namespace retort
