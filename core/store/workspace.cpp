// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/workspace.h"

#include "base/files.h"
#include "store/connection.h"
#include "store/leftovers.h"
#include "store/schema.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace retort {
namespace fs = std::filesystem;
namespace {

void make_folder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        throw Error(ErrorKind::workspace, "Cannot make the folder " + folder.string() + ": " +
                                              failed.message() + "; choose a workspace that you may write.");
}

std::uintmax_t size_of(const fs::path& file) {
    std::error_code none;
    const std::uintmax_t size = fs::file_size(file, none);
    return none ? 0 : size;
}

/// Whether some process has the database open: each holds a lock on its shared memory. The kernel's list is
/// read because opening and closing the file here would drop our own locks.
bool is_open_somewhere(const fs::path& database) {
    struct stat status {};
    if (::stat((database.string() + "-shm").c_str(), &status) != 0) return false;
    const std::string inode = ":" + std::to_string(status.st_ino) + " ";
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);)
        if (line.find(inode) != std::string::npos) return true;
    return false;
}

bool was_left_uncleanly(const fs::path& database) {
    const bool unfinished =
        size_of(database.string() + "-wal") > 0 || size_of(database.string() + "-journal") > 0;
    return unfinished && !is_open_somewhere(database);
}

void check_integrity(Connection& connection) {
    // Reading all of a small file is no effort; a large one is read when there is a cause.
    constexpr std::uintmax_t small = 16 << 20;
    if (size_of(connection.file()) > small && !was_left_uncleanly(connection.file())) return;
    const std::string verdict = connection.text("PRAGMA quick_check(1)").value_or("no answer");
    if (verdict != "ok")
        throw Error(ErrorKind::workspace,
                    connection.file().string() + " is damaged (" + verdict +
                        "); put a copy in its place, or save what can be read with `sqlite3 FILE .recover`.");
}

/// Looks without changing anything.
void inspect(const fs::path& database) {
    Connection connection(database, Workspace::Access::read_only);
    check_version(connection, static_cast<std::int64_t>(schema_steps().size()));
    check_integrity(connection);
}

/// A write-ahead log needs memory shared by all who use it, which no network file system has.
bool is_on_network(const fs::path& folder) {
    // statfs(2): NFS, SMB, CIFS, SMB2, 9P, AFS, Ceph, FUSE (sshfs), Lustre, GPFS, BeeGFS
    constexpr std::array<std::uint32_t, 11> network = {0x6969,     0x517B,     0xFF534D42, 0xFE534D42,
                                                       0x01021997, 0x5346414F, 0x00C36400, 0x65735546,
                                                       0x0BD00BD0, 0x47504653, 0x19830326};
    struct statfs status {};
    if (::statfs(folder.c_str(), &status) != 0) return false;
    const auto type = static_cast<std::uint32_t>(status.f_type);
    return std::find(network.begin(), network.end(), type) != network.end();
}

void choose_journal(Connection& connection) {
    if (!is_on_network(connection.file().parent_path())) {
        try {
            if (connection.text("PRAGMA journal_mode = WAL") == "wal") return;
        } catch (const BusyError&) {
            throw;
        } catch (const Error&) { // no shared memory here
        }
    }
    (void)connection.text("PRAGMA journal_mode = DELETE");
}

void open_for_writing(const fs::path& database) {
    Connection connection(database, Workspace::Access::read_write, Connection::Missing::create);
    choose_journal(connection);
    migrate_schema(connection, schema_steps());
    const Transaction can_write(connection);
}

void require_todays_version(const fs::path& database) {
    Connection connection(database, Workspace::Access::read_only);
    if (connection.integer("PRAGMA user_version") != static_cast<std::int64_t>(schema_steps().size()))
        throw Error(ErrorKind::workspace,
                    database.string() + " was made by an older Retort and must be opened once for writing.");
}

} // namespace

Workspace::Workspace(fs::path folder, Access access) : folder_(fs::absolute(folder)), access_(access) {
    if (access_ == Access::read_only) {
        std::error_code none;
        if (!fs::exists(database(), none))
            throw Error(ErrorKind::workspace,
                        "There is no workspace in " + folder_.string() + "; check the path.");
        inspect(database());
        require_todays_version(database());
        return;
    }
    make_folder(folder_);
    if (size_of(database()) > 0) inspect(database());
    make_folder(artifacts());
    make_folder(folder_ / "exports");
    open_for_writing(database());
    remove_leftovers(*this);
}

fs::path Workspace::run_folder(const std::string& run_id) const {
    return artifacts() / "runs" / run_id;
}

fs::path Workspace::default_folder() {
    return xdg_folder("XDG_DATA_HOME", ".local/share");
}

} // namespace retort
