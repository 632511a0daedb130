// SPDX-License-Identifier: GPL-3.0-or-later
// How documents that a user has become a corpus: where they lie, what is left out, how they are split and how
// much of each domain is taken. Field names, limits and words: spec/import_spec_fields.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

enum class ImportFormat {
    automatic, ///< by what the path holds
    json, ///< an array of objects or an object a line, .gz and .zst too; Wiki40B's language objects or a text
          ///< each
    text, ///< each text file is a document
    code, ///< each source file is a document
    corpus, ///< a corpus of Retort: its folder or its name
};

/// What amounts are counted in.
enum class AmountUnit { characters, bytes, tokens };

/// What becomes of a document that cannot be read: it is reported and left out, or it ends the import.
enum class OnFault { skip, stop };

struct ImportSource {
    std::string path;
    std::string name; ///< as the manifest calls it; empty: the path's last part
    ImportFormat format = ImportFormat::automatic;
    std::string domain;   ///< of documents that do not say theirs
    std::string licence;  ///< of documents that do not say theirs
    std::int64_t cap = 0; ///< most that is taken of it, in the unit of the balance; 0: no cap
    bool operator==(const ImportSource&) const = default;
};

/// Which files of a folder are read.
struct FileFilterSpec {
    std::vector<std::string> extensions; ///< without the point; empty: all that the format knows
    std::int64_t min_bytes = 1;
    std::int64_t max_bytes = 1 << 20;
    std::vector<std::string> licences; ///< SPDX identifiers that are allowed; empty: any licence or none
    bool operator==(const FileFilterSpec&) const = default;
};

struct CleaningSpec {
    bool duplicates = true;
    bool near_duplicates = true;
    double similarity =
        0.8; ///< Jaccard similarity of five-word shingles from which documents are near duplicates
    bool repeated_paragraphs = true;
    bool wrong_language = true;
    bool headings = true;
    std::int64_t min_characters = 200;
    std::int64_t max_characters = 1'000'000;
    bool operator==(const CleaningSpec&) const = default;
};

/// Shares of the ids; the rest is for training. An id is in the same split in all domains.
struct SplitSpec {
    double valid = 0.05;
    double test = 0;
    bool operator==(const SplitSpec&) const = default;
};

struct BalanceSpec {
    bool on = true;
    AmountUnit unit = AmountUnit::characters;
    std::string tokenizer; ///< folder of the tokenizer that counts tokens
    double max_diff_percent = 5;
    bool common_articles = false;
    std::int64_t amount = 0; ///< of each domain's train split; 0: as much as the scarcest has
    bool operator==(const BalanceSpec&) const = default;
};

struct ImportSpec {
    std::string name; ///< of the corpus
    std::vector<ImportSource> sources;
    std::vector<std::string> domains;      ///< those taken; empty: all that occur
    std::vector<std::string> code_domains; ///< programming languages besides those known by name
    OnFault on_fault = OnFault::skip;
    FileFilterSpec files;
    CleaningSpec cleaning;
    SplitSpec split;
    BalanceSpec balance;
    std::uint64_t seed = 1;
    bool operator==(const ImportSpec&) const = default;
};

} // namespace retort
