// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/artifact_folder.h"

#include "base/files.h"
#include "base/sha256.h"
#include "store/connection.h"
#include "store/timestamp.h"

#include <algorithm>
#include <fcntl.h>
#include <mutex>
#include <set>
#include <sys/file.h>
#include <unistd.h>

namespace retort {
namespace fs = std::filesystem;
namespace {

/// Text is cut and numbered without floating-point sums: another arithmetic leaves it as it is.
int revision_of(const std::string& kind, int revision) {
    return kind == "tokenizer" || kind == "tokens" ? 1 : revision;
}

/// Keys sorted at every depth.
std::string canonical(const ArtifactRecipe& recipe, int revision = arithmetic_revision) {
    return nlohmann::json{{"kind", recipe.kind},
                          {"fields", nlohmann::json(recipe.fields)},
                          {"arithmetic_revision", revision_of(recipe.kind, revision)}}
        .dump();
}

struct Contents {
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// Of the files' names, relative to the folder and sorted, and of their bytes.
Contents contents_of(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            names.push_back(entry.path().lexically_relative(folder).generic_string());
    std::ranges::sort(names);
    Contents contents;
    Sha256 digest;
    for (const std::string& name : names) {
        contents.bytes += fs::file_size(folder / name);
        digest.update(name + '\0' + sha256_of_file(folder / name) + '\n');
    }
    contents.sha256 = digest.hex();
    return contents;
}

bool is_whole(const Artifact& artifact) {
    try {
        return contents_of(artifact.folder).sha256 == artifact.sha256;
    } catch (const fs::filesystem_error&) {
        return false;
    } catch (const Error&) {
        return false;
    }
}

/// Keeps other processes and threads from making the same artifact at the same time; whoever comes second
/// waits and finds it made. Where the file system has no locks, both make it and one is kept.
class MakingLock {
public:
    MakingLock(const fs::path& artifacts, const std::string& id) {
        std::error_code failed;
        fs::create_directories(artifacts / ".locks", failed);
        descriptor_ = ::open((artifacts / ".locks" / id).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        while (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    ~MakingLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    MakingLock(const MakingLock&) = delete;
    MakingLock& operator=(const MakingLock&) = delete;

private:
    int descriptor_ = -1;
};

} // namespace

std::string artifact_id(const ArtifactRecipe& recipe, int revision) {
    return recipe.kind + "-" + sha256_of(canonical(recipe, revision)).substr(0, 16);
}

struct ArtifactFolder::Database {
    std::mutex mutex;
    Workspace workspace;
    Connection connection;
    std::set<std::string> verified; ///< sha256 of what this object has found whole

    explicit Database(const Workspace& opened) : workspace(opened), connection(opened) {}

    [[nodiscard]] Artifact read(const Query& row) const {
        Artifact artifact{
            row.text(0), row.text(1), {}, static_cast<std::uint64_t>(row.integer(2)), row.text(3)};
        artifact.folder = workspace.artifacts() / artifact.id;
        return artifact;
    }
    [[nodiscard]] std::optional<Artifact> look_up(const std::string& id) {
        const std::lock_guard lock(mutex);
        Query row = connection.query("SELECT id, kind, bytes, sha256 FROM artifact WHERE id = ?", {id});
        return row.next() ? std::optional(read(row)) : std::nullopt;
    }
    [[nodiscard]] bool is_known(const Artifact& artifact) {
        const std::lock_guard lock(mutex);
        return verified.contains(artifact.id + artifact.sha256);
    }
    void remember(const Artifact& artifact) {
        const std::lock_guard lock(mutex);
        verified.insert(artifact.id + artifact.sha256);
    }
    void register_artifact(const Artifact& artifact, const std::string& recipe) {
        const std::lock_guard lock(mutex);
        connection.execute(
            "INSERT OR REPLACE INTO artifact (id, kind, recipe, bytes, sha256, created) VALUES (?, "
            "?, ?, ?, ?, ?)",
            {artifact.id, artifact.kind, recipe, static_cast<std::int64_t>(artifact.bytes), artifact.sha256,
             now_iso8601()});
    }
};

ArtifactFolder::ArtifactFolder(const Workspace& workspace)
    : database_(std::make_unique<Database>(workspace)) {}
ArtifactFolder::~ArtifactFolder() = default;

std::optional<Artifact> ArtifactFolder::find(const ArtifactRecipe& recipe) {
    return find(artifact_id(recipe));
}

std::optional<Artifact> ArtifactFolder::find(const std::string& id) {
    std::optional<Artifact> artifact = database_->look_up(id);
    if (!artifact || !fs::is_directory(artifact->folder)) return {};
    if (database_->is_known(*artifact)) return artifact;
    if (!is_whole(*artifact)) return {};
    database_->remember(*artifact);
    return artifact;
}

Artifact ArtifactFolder::put(const ArtifactRecipe& recipe, const std::function<void(const fs::path&)>& fill) {
    const std::string id = artifact_id(recipe);
    const MakingLock lock(database_->workspace.artifacts(), id);
    if (const auto theirs = find(id)) return *theirs;
    Artifact artifact{id, recipe.kind, database_->workspace.artifacts() / id, 0, {}};
    write_folder_atomically(artifact.folder, [&](const fs::path& temporary) {
        fill(temporary);
        const Contents contents = contents_of(temporary);
        artifact.bytes = contents.bytes;
        artifact.sha256 = contents.sha256;
    });
    // A crash before this leaves a folder that nobody knows, which the next put() replaces.
    database_->register_artifact(artifact, canonical(recipe));
    database_->remember(artifact);
    return artifact;
}

fs::path ArtifactFolder::cache_folder(const ArtifactRecipe& recipe) {
    return database_->workspace.folder() / "caches" / artifact_id(recipe);
}

std::vector<Artifact> ArtifactFolder::list() {
    const std::lock_guard lock(database_->mutex);
    Query rows =
        database_->connection.query("SELECT id, kind, bytes, sha256 FROM artifact ORDER BY created, id");
    std::vector<Artifact> artifacts;
    while (rows.next())
        artifacts.push_back(database_->read(rows));
    return artifacts;
}

Json ArtifactFolder::recipe_fields(const std::string& id) {
    const std::lock_guard lock(database_->mutex);
    const auto recipe = database_->connection.text("SELECT recipe FROM artifact WHERE id = ?", {id});
    const Json json = recipe ? Json::parse(*recipe, nullptr, false) : Json();
    return json.is_object() ? json.value("fields", Json()) : Json();
}

} // namespace retort
