// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/artifact.h"
#include "store/workspace.h"

#include <memory>
#include <string>
#include <vector>

namespace retort {

/// The id of what a recipe makes: `kind-` and 16 hexadecimal digits. What was made with the arithmetic of
/// another revision has another id.
[[nodiscard]] std::string artifact_id(const ArtifactRecipe& recipe, int revision = arithmetic_revision);

/// The artifacts of a workspace: folders below artifacts/, registered in the database. Any thread. Each
/// object reads an artifact's bytes once, when it is first asked for, to see that they are whole.
class ArtifactFolder : public ArtifactStore {
public:
    explicit ArtifactFolder(const Workspace& workspace);
    ~ArtifactFolder() override;

    [[nodiscard]] std::optional<Artifact> find(const ArtifactRecipe& recipe) override;
    [[nodiscard]] std::optional<Artifact> find(const std::string& id) override;
    Artifact put(const ArtifactRecipe& recipe,
                 const std::function<void(const std::filesystem::path& folder)>& fill) override;
    [[nodiscard]] std::filesystem::path cache_folder(const ArtifactRecipe& recipe) override;
    /// All that are registered, oldest first, without a look at their bytes.
    [[nodiscard]] std::vector<Artifact> list();
    /// What a registered artifact was made from, as put() was told; null when it is not registered.
    [[nodiscard]] Json recipe_fields(const std::string& id);

private:
    struct Database;
    std::unique_ptr<Database> database_;
};

} // namespace retort
