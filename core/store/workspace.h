// SPDX-License-Identifier: GPL-3.0-or-later
// A workspace: a folder with retort.sqlite, artifacts/ and exports/. Opening it makes it, migrates it, and
// checks it.
#pragma once

#include <filesystem>
#include <string>

namespace retort {

/// A path that has been opened once and is fit for use; cheap to copy. Each reader and writer below opens its
/// own connection on it, so that every thread and process has one.
class Workspace {
public:
    enum class Access { read_write, read_only };

    /// Makes what is missing; for reading only, the workspace must be there, and may lie on a read-only disk.
    /// Throws Error{workspace}, one sentence, when the folder cannot be made or written, the database is
    /// damaged, or it comes from a newer Retort; nothing is changed then.
    explicit Workspace(std::filesystem::path folder, Access access = Access::read_write);

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] Access access() const { return access_; }
    [[nodiscard]] std::filesystem::path database() const { return folder_ / "retort.sqlite"; }
    [[nodiscard]] std::filesystem::path artifacts() const { return folder_ / "artifacts"; }
    [[nodiscard]] std::filesystem::path run_folder(const std::string& run_id) const;

    /// Default by the XDG rules: the user's data folder.
    [[nodiscard]] static std::filesystem::path default_folder();

private:
    std::filesystem::path folder_;
    Access access_;
};

} // namespace retort
