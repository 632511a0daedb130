// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are there whole or not at all, and files that are read without being copied.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace retort {

/// Throws Error{data} with the path and the reason.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// Writes to a temporary name beside `file`, syncs and renames: after a crash the old bytes or the new ones
/// are there, never a mixture. Throws Error{workspace} when the disk is full or read-only.
void write_file_atomically(const std::filesystem::path& file, std::string_view bytes);

/// Makes a folder whole or not at all: `fill` writes into a temporary folder beside `folder`, which is synced
/// and renamed. An existing `folder` is replaced. The temporary folder goes when `fill` throws.
void write_folder_atomically(const std::filesystem::path& folder,
                             const std::function<void(const std::filesystem::path& temporary)>& fill);

/// Copies the files of a folder into another that is there; neither has folders in it.
void copy_files(const std::filesystem::path& from, const std::filesystem::path& into);

/// A file mapped read-only for as long as the object lives. Any number of threads may read it.
class MappedFile {
public:
    /// Throws Error{data} when the file cannot be opened or mapped.
    explicit MappedFile(const std::filesystem::path& file);
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return {data_, size_}; }

private:
    const std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

/// Folder by the XDG rules: `variable` where it holds an absolute path, else `fallback` below the home
/// folder; with "retort" appended. Example: xdg_folder("XDG_CACHE_HOME", ".cache").
[[nodiscard]] std::filesystem::path xdg_folder(const char* variable, std::string_view fallback);

/// Where recipes, corpora and their packages lie, shared by all workspaces.
[[nodiscard]] std::filesystem::path cache_folder();

} // namespace retort
