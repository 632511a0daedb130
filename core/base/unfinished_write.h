// SPDX-License-Identifier: GPL-3.0-or-later
// How that is named which is being written and not yet in its place.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace retort {

/// Where this process writes what is to be `path`: beside it, hidden.
[[nodiscard]] std::filesystem::path temporary_name(const std::filesystem::path& path);

/// What bears such a name: its writer is at work, or was killed.
struct UnfinishedWrite {
    std::filesystem::path path;
    std::string name; ///< of the file or folder that was to be
    long pid = 0;     ///< of the writer
};

/// Those in `folder` itself; none where there is no such folder.
[[nodiscard]] std::vector<UnfinishedWrite> unfinished_writes(const std::filesystem::path& folder);

} // namespace retort
