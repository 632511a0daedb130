// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/artifact.h"
#include "store/workspace.h"

#include <memory>
#include <vector>

namespace retort {

/// The artifacts of a workspace: folders below artifacts/, registered in the database. Any thread.
class ArtifactFolder : public ArtifactStore {
public:
    explicit ArtifactFolder(const Workspace& workspace);
    ~ArtifactFolder() override;

    [[nodiscard]] std::optional<Artifact> find(const ArtifactRecipe& recipe) override;
    [[nodiscard]] std::optional<Artifact> find(const std::string& id) override;
    Artifact put(const ArtifactRecipe& recipe,
                 const std::function<void(const std::filesystem::path& folder)>& fill) override;
    [[nodiscard]] std::vector<Artifact> list();

private:
    struct Database;
    std::unique_ptr<Database> database_;
};

} // namespace retort
