// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe: the folder with build_corpus.py, corpus_text.py and corpus_sources.json, and the tier of it.
#pragma once

#include "data/corpus.h"

#include <filesystem>
#include <string>

namespace retort {

struct CorpusRecipe {
    std::string name; ///< of the recipe and of the corpus
    std::string tier;
    std::filesystem::path folder;
    Json sources;       ///< corpus_sources.json
    std::string sha256; ///< over the recipe's files and the tier
};

/// The folder of the recipes: share/retort/corpora of the prefix that this program is installed in, else that
/// of the source tree.
[[nodiscard]] std::filesystem::path recipe_folder();

/// Throws Error{data} when there is no such recipe or its files are not in `folder`.
[[nodiscard]] CorpusRecipe load_recipe(const std::string& name, const std::filesystem::path& folder);

/// Throws Error{data} when the release that an os-release file describes is none of the recipe's.
void check_release(const CorpusRecipe& recipe, const std::filesystem::path& os_release);

/// Throws Error{data} when the estimated tokens of a split's domains differ by more than 5 % of the largest.
void check_balance(const std::string& name, const Json& manifest);

/// Runs the recipe's program into `folder`. Throws Error{data} with its sentence, Error{interrupted} on a
/// stop.
void run_recipe(const CorpusRecipe& recipe, const std::filesystem::path& folder,
                const ProgressFunction& progress, std::stop_token stop);

/// As build_corpus, without looking at the system's release.
Corpus build_from_recipe(const CorpusRecipe& recipe, const ProgressFunction& progress, std::stop_token stop);

} // namespace retort
