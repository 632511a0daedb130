// SPDX-License-Identifier: GPL-3.0-or-later
// manifest.json of a corpus: an object with "files" (name -> articles, characters, bytes, sha256), "recipe"
// (name and sha256) when it was built by one, and whatever the text's source says about licences and
// versions.
#pragma once

#include "data/corpus.h"

#include <filesystem>
#include <vector>

namespace retort {

/// Letters, digits, '-', '_' and '.', not beginning with '.'.
[[nodiscard]] bool is_corpus_name(const std::string& name);

/// Reads all article files of a folder. Throws Error{data} when there are none, a domain lacks a split, a
/// line is malformed, an id is twice in a file or in both splits of a domain.
[[nodiscard]] std::vector<CorpusFile> scan_corpus_folder(const std::filesystem::path& folder);

/// The manifest.json of a folder; an empty object when there is none. Throws Error{data}.
[[nodiscard]] Json read_manifest(const std::filesystem::path& folder);

/// `origin` with the files' counts written over its own.
[[nodiscard]] Json make_manifest(const std::string& name, const std::vector<CorpusFile>& files, Json origin);

void write_manifest(const std::filesystem::path& folder, const Json& manifest);

} // namespace retort
