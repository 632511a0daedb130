// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/space.h"

#include "base/unfinished_write.h"
#include "spec/run_record.h"
#include "store/artifact_folder.h"
#include "store/artifact_references.h"
#include "store/leftovers.h"
#include "store/run_rows.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <sys/stat.h>

namespace retort {
namespace fs = std::filesystem;
namespace {

/// What a file takes of the disk; a sparse one takes less than its length.
std::uint64_t blocks_of(const fs::path& file) {
    struct stat status {};
    if (::lstat(file.c_str(), &status) != 0) return 0;
    return static_cast<std::uint64_t>(status.st_blocks) * 512;
}

std::uint64_t room_of(const fs::path& path) {
    std::error_code none;
    std::uint64_t bytes = 0;
    if (!fs::is_directory(path, none)) return blocks_of(path);
    for (fs::recursive_directory_iterator entry(path, none), end; entry != end; entry.increment(none))
        if (!entry->is_directory(none)) bytes += blocks_of(entry->path());
    return bytes;
}

std::vector<fs::path> entries_of(const fs::path& folder) {
    std::error_code none;
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(folder, none), end; entry != end; entry.increment(none))
        entries.push_back(entry->path());
    std::ranges::sort(entries);
    return entries;
}

bool is_hidden(const fs::path& path) {
    return path.filename().string().starts_with('.');
}

fs::path caches_of(const Workspace& workspace) {
    return workspace.folder() / "caches";
}

fs::path run_folders_of(const Workspace& workspace) {
    return workspace.artifacts() / "runs";
}

struct KnownRun {
    std::string label;
    RunStatus status = RunStatus::done;
    bool is_binned = false;
    bool keeps_cache = false; ///< it trains with a cached teacher
};

std::map<std::string, KnownRun> known_runs(Connection& connection) {
    Query rows =
        connection.query("SELECT status, pid, process_started, machine, heartbeat, id, study, variant, "
                         "seed, deleted, spec ->> '$.run.teacher' FROM run");
    std::map<std::string, KnownRun> runs;
    while (rows.next()) {
        KnownRun run{rows.text(6) + "/" + rows.text(7) + "/" +
                         std::to_string(static_cast<std::uint64_t>(rows.integer(8))),
                     read_holder(rows, 0).status, rows.integer(9) != 0, false};
        run.keeps_cache = is_live(run.status) && rows.text(10) == "cached";
        runs[rows.text(5)] = std::move(run);
    }
    return runs;
}

/// Looks at the whole workspace with one connection and, while something is freed, in one transaction.
class Surveyor {
public:
    Surveyor(const Workspace& workspace, Connection& connection)
        : workspace_(workspace), connection_(connection), runs_(known_runs(connection)) {}

    SpacePlan plan(const SpaceChoice& choice) {
        const auto wanted = [&](SpaceKind kind) { return choice.kinds.contains(kind); };
        if (wanted(SpaceKind::cache)) add_caches();
        if (wanted(SpaceKind::leftover)) add_leftovers();
        if (wanted(SpaceKind::artifact)) add_artifacts();
        if (wanted(SpaceKind::binned)) add_binned();
        cut(choice.enough);
        return std::move(plan_);
    }

private:
    void add(SpaceKind kind, const fs::path& path, std::string name = {}) {
        plan_.items.push_back(
            {kind, name.empty() ? path.filename().string() : std::move(name), path, room_of(path)});
    }

    void add_caches() {
        const auto user = std::ranges::find_if(runs_, [](const auto& run) { return run.second.keeps_cache; });
        const std::vector<fs::path> caches = entries_of(caches_of(workspace_));
        if (user != runs_.end() && !caches.empty())
            plan_.notices.push_back("The caches stay, because " + user->second.label + " trains with them.");
        else
            for (const fs::path& cache : caches)
                add(SpaceKind::cache, cache);
    }

    void add_leftovers() {
        for (const fs::path& folder : entries_of(workspace_.artifacts())) {
            const std::string name = folder.filename().string();
            if (is_hidden(folder) || name == "runs" || is_registered(name)) continue;
            if (!is_being_made(workspace_.artifacts(), name)) add(SpaceKind::leftover, folder);
        }
        for (const fs::path& folder : entries_of(run_folders_of(workspace_)))
            if (!is_hidden(folder) && !runs_.contains(folder.filename().string()))
                add(SpaceKind::leftover, folder, "run " + folder.filename().string());
    }

    bool is_registered(const std::string& id) {
        return connection_.integer("SELECT count(*) FROM artifact WHERE id = ?", {id}) == 1;
    }

    void add_artifact(SpaceKind kind, const std::string& id) {
        if (!is_being_made(workspace_.artifacts(), id)) add(kind, workspace_.artifacts() / id);
    }

    void add_artifacts() {
        const auto needed = artifact_references(connection_, Binned::are_stored);
        Query rows = connection_.query("SELECT id FROM artifact ORDER BY created, id");
        while (rows.next())
            if (const std::string id = rows.text(0); !needed.contains(id))
                add_artifact(SpaceKind::artifact, id);
    }

    /// The folders of the runs in the bin, and what only these need.
    void add_binned() {
        add_binned_folders();
        const auto needed = artifact_references(connection_, Binned::are_gone);
        for (const auto& [id, runs] : artifact_references(connection_, Binned::are_stored))
            if (!needed.contains(id)) add_artifact(SpaceKind::binned, id);
    }

    void add_binned_folders() {
        for (const fs::path& folder : entries_of(run_folders_of(workspace_))) {
            const auto run = runs_.find(folder.filename().string());
            if (run == runs_.end() || !run->second.is_binned || is_live(run->second.status)) continue;
            add(SpaceKind::binned, folder, run->second.label);
        }
    }

    void cut(std::uint64_t enough) {
        std::uint64_t bytes = 0;
        const auto is_over = [&](const SpaceItem& item) {
            const bool is_enough = bytes >= enough;
            bytes += item.bytes;
            return is_enough;
        };
        plan_.items.erase(std::ranges::find_if(plan_.items, is_over), plan_.items.end());
    }

    const Workspace& workspace_;
    Connection& connection_;
    std::map<std::string, KnownRun> runs_;
    SpacePlan plan_;
};

std::uint64_t sum_of(const std::vector<SpaceItem>& items) {
    return std::accumulate(items.begin(), items.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const SpaceItem& item) { return sum + item.bytes; });
}

/// Files of those that could be removed stay in the plan.
void remove_files(SpacePlan& plan) {
    std::erase_if(plan.items, [&](const SpaceItem& item) {
        std::error_code failed;
        fs::remove_all(item.path, failed);
        if (failed)
            plan.notices.push_back("Cannot remove " + item.path.string() + ": " + failed.message() +
                                   "; remove it by hand.");
        return static_cast<bool>(failed);
    });
}

} // namespace

std::uint64_t SpaceUse::total() const {
    std::uint64_t sum = caches + run_folders + exports + database;
    for (const ArtifactUse& use : artifacts)
        sum += use.artifact.bytes;
    return sum;
}

std::uint64_t SpacePlan::bytes() const {
    return sum_of(items);
}

SpaceUse measure_space(const Workspace& workspace) {
    SpaceUse use;
    Connection connection(workspace);
    const auto needed = artifact_references(connection, Binned::are_stored);
    Query rows =
        connection.query("SELECT id, kind, created, bytes, sha256 FROM artifact ORDER BY bytes DESC, id");
    while (rows.next()) {
        ArtifactUse one{{rows.text(0), rows.text(1), workspace.artifacts() / rows.text(0),
                         static_cast<std::uint64_t>(rows.integer(3)), rows.text(4)},
                        rows.text(2),
                        {}};
        if (const auto users = needed.find(one.artifact.id); users != needed.end())
            one.runs.assign(users->second.begin(), users->second.end());
        use.artifacts.push_back(std::move(one));
    }
    use.caches = room_of(caches_of(workspace));
    use.run_folders = room_of(run_folders_of(workspace));
    use.exports = room_of(workspace.folder() / "exports");
    for (const char* part : {"", "-wal", "-shm"})
        use.database += blocks_of(workspace.database().string() + part);
    return use;
}

SpacePlan plan_space(const Workspace& workspace, const SpaceChoice& choice) {
    Connection connection(workspace);
    return Surveyor(workspace, connection).plan(choice);
}

SpacePlan free_space(const Workspace& workspace, const SpaceChoice& choice) {
    Connection connection(workspace);
    SpacePlan plan;
    {
        // A run that begins now waits, and then does not find what is about to go.
        Transaction transaction(connection);
        plan = Surveyor(workspace, connection).plan(choice);
        for (const SpaceItem& item : plan.items)
            connection.execute("DELETE FROM artifact WHERE id = ?", {item.name});
        transaction.commit();
    }
    remove_files(plan);
    return plan;
}

} // namespace retort
