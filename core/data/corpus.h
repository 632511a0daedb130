// SPDX-License-Identifier: GPL-3.0-or-later
// A corpus: a folder with train.D.jsonl and valid.D.jsonl, and perhaps test.D.jsonl, for each domain D, one
// article a line as an object with `id`, `domain` and `text`, and a manifest.json. Corpora lie in the cache
// folder, shared by all workspaces.
#pragma once

#include "spec/run_spec_json.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace retort {

struct Article {
    std::string id;
    std::string text; ///< valid UTF-8
};

struct CorpusFile {
    std::string split; ///< train, valid, test
    std::string domain;
    std::int64_t articles = 0;
    std::int64_t characters = 0;
    std::int64_t bytes = 0;
    std::string sha256;
};

struct Corpus {
    std::string name;
    std::filesystem::path folder;
    std::vector<CorpusFile> files;
    Json manifest; ///< as stored: recipe, package versions, licences, counts

    /// Hash over the files' names and bytes: what stands in the recipe of everything made from the corpus.
    [[nodiscard]] std::string identity() const;
    [[nodiscard]] std::vector<std::string> domains() const;
};

/// Called from time to time with a phase and a share in [0, 1].
using ProgressFunction = std::function<void(const std::string& phase, double done)>;

/// Where corpora lie: `corpora` in the cache folder.
[[nodiscard]] std::filesystem::path corpora_folder();

/// Throws Error{data}, saying how to build or import it, when the corpus is not there or damaged.
[[nodiscard]] Corpus open_corpus(const std::string& name);

/// All corpora that can be opened, by name.
[[nodiscard]] std::vector<Corpus> list_corpora();

/// Copies a folder of train.D.jsonl and valid.D.jsonl files and writes its manifest. Throws Error{data} with
/// file and line for anything malformed, Error{usage} for a bad name; an existing corpus of that name is
/// replaced when the new one is whole.
Corpus import_corpus(const std::filesystem::path& folder, const std::string& name);

/// The recipes that can be built: debian-small, debian-large.
[[nodiscard]] std::vector<std::string> corpus_recipes();

/// Builds a recipe from Debian packages, fetched through apt. The only function of Retort that uses a
/// network. A corpus that this very recipe has built is returned at once, unless `again`. Throws Error{data}
/// when it is no recipe, apt or python3 is missing, the Debian release is another one, or a package is
/// missing or changed; Error{interrupted} on a stop.
Corpus build_corpus(const std::string& recipe, const ProgressFunction& progress, std::stop_token stop = {},
                    bool again = false);

/// Ids of the articles of one file, in order. Throws Error{data}.
[[nodiscard]] std::vector<std::string> article_ids(const Corpus& corpus, const std::string& split,
                                                   const std::string& domain);

/// Streams the articles of one file in order. Throws Error{data}.
void for_each_article(const Corpus& corpus, const std::string& split, const std::string& domain,
                      const std::function<void(const Article&)>& visit);

} // namespace retort
