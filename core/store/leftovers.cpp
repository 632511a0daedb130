// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/leftovers.h"

#include "base/unfinished_write.h"
#include "store/run_rows.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/types.h>
#include <unistd.h>
#include <vector>

namespace retort {
namespace fs = std::filesystem;
namespace {

bool has_gone(long pid) {
    return ::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH;
}

std::vector<std::string> interrupted_runs(const Workspace& workspace) {
    Connection connection(workspace);
    Query rows = connection.query("SELECT id, status, pid, process_started, machine, heartbeat FROM run "
                                  "WHERE status IN ('running', 'paused')");
    std::vector<std::string> ids;
    while (rows.next())
        if (read_holder(rows, 1).status == RunStatus::interrupted) ids.push_back(rows.text(0));
    return ids;
}

void discard(const fs::path& path) {
    std::error_code ignored; // a leftover costs space, not correctness
    fs::remove_all(path, ignored);
}

} // namespace

// A maker in another container has no pid here, but holds its lock.
bool is_being_made(const fs::path& artifacts, const std::string& id) {
    const int lock = ::open((artifacts / ".locks" / id).c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) return errno != ENOENT;
    const bool is_held = ::flock(lock, LOCK_EX | LOCK_NB) != 0;
    ::close(lock);
    return is_held;
}

void remove_leftovers(const Workspace& workspace) {
    for (const UnfinishedWrite& write : unfinished_writes(workspace.artifacts()))
        if (has_gone(write.pid) && !is_being_made(workspace.artifacts(), write.name)) discard(write.path);
    // Only runs that were cut short have any, so that the folders of thousands of others are not read.
    for (const std::string& id : interrupted_runs(workspace)) {
        const fs::path folder = workspace.run_folder(id);
        for (const fs::path& place : {folder, folder / "checkpoints"})
            for (const UnfinishedWrite& write : unfinished_writes(place))
                if (has_gone(write.pid)) discard(write.path);
    }
}

} // namespace retort
