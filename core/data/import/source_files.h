// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a source and what each of them is.
#pragma once

#include "spec/import_spec.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace retort {

enum class FileKind { json, text, code };

struct SourceFile {
    std::filesystem::path path;
    std::string relative; ///< below the source, with '/'; the name of a source that is a file
    std::string domain;   ///< by its extension or the source's folders; empty where neither says
    FileKind kind = FileKind::text;
    std::int64_t bytes = 0;
    bool alone = false;      ///< the source is this file
    bool wrong_size = false; ///< smaller or larger than the filter allows
};

/// Hidden files and folders, links, and the folders of builds and of packages brought along are passed over.
class SourceFiles {
public:
    /// Looks at what is there. Throws Error{data} when there is nothing at the path, Error{usage} when the
    /// files cannot be those of the format.
    SourceFiles(ImportSource source, FileFilterSpec filter);

    [[nodiscard]] const ImportSource& source() const { return source_; }
    /// The source's name, or the path's last part.
    [[nodiscard]] std::string name() const;
    [[nodiscard]] const std::filesystem::path& root() const { return root_; }
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }
    [[nodiscard]] std::int64_t files() const { return files_; }

    /// In no particular order. Throws Error{data} when a folder cannot be read.
    void visit(const std::function<void(const SourceFile&)>& visit) const;

private:
    [[nodiscard]] std::optional<FileKind> kind_of(const SourceFile& file, const std::string& extension) const;
    [[nodiscard]] bool describe(SourceFile& file) const;
    void walk(const std::function<void(const SourceFile&)>& visit) const;

    ImportSource source_;
    FileFilterSpec filter_;
    std::filesystem::path root_;
    bool json_too_ = true; ///< a file .json in a folder is data and not a part of a program
    std::int64_t bytes_ = 0;
    std::int64_t files_ = 0;
};

} // namespace retort
