// SPDX-License-Identifier: GPL-3.0-or-later
// Which licence a file is under, by what it and the files beside it say, as an SPDX identifier.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// What stands behind the first SPDX-License-Identifier of a file's beginning; empty when there is none.
[[nodiscard]] std::string spdx_line(std::string_view text);

/// Of the text of a LICENSE file; empty when it is none of the common ones.
[[nodiscard]] std::string recognise_licence(std::string_view text);

/// Whether an SPDX expression grants one of the allowed licences: a OR b needs one of them, a AND b both;
/// what stands behind WITH only adds.
[[nodiscard]] bool allows(const std::vector<std::string>& allowed, std::string_view expression);

/// The licence that the folders of a source say. One thread at a time.
class FolderLicences {
public:
    explicit FolderLicences(std::filesystem::path root) : root_(std::move(root)) {}
    /// By the LICENSE, LICENCE, COPYING or UNLICENSE file of the folder, else of the nearest above it up to
    /// the root; empty when there is none.
    [[nodiscard]] const std::string& of(const std::filesystem::path& folder);

private:
    std::filesystem::path root_;
    std::map<std::filesystem::path, std::string> known_;
};

} // namespace retort
