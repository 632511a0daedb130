// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said of a document by itself: its paragraphs, which of them are in the wrong language, and the
// hashes by which documents are compared.
#pragma once

#include "data/import/documents.h"
#include "data/import/min_hash.h"
#include "data/import/paragraphs.h"
#include "spec/import_report.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace retort {

struct CleanDocument {
    SourceDocument source;             ///< its text is as it came
    std::uint32_t origin = 0;          ///< number of the import's source
    Tally read;                        ///< without amount
    Paragraphs paragraphs;             ///< of source.text; code is one
    std::vector<std::uint64_t> hashes; ///< of the paragraphs as hash_paragraph() gives them; 0 for code
    std::uint64_t text_hash = 0;       ///< of the paragraphs
    std::optional<MinHash> min_hash;
    ParagraphTally tally;
    std::optional<SkipReason> skip; ///< then only source and read are of interest
};

/// Hash of the paragraphs' text, exactly.
[[nodiscard]] std::uint64_t hash_text(std::string_view text, const Paragraphs& paragraphs);

/// What a paragraph of natural language is known by wherever it stands: its words, whatever separates them
/// and in either case. 0: a heading, or too short to be told from others; it may be repeated.
[[nodiscard]] std::uint64_t hash_paragraph(std::string_view text, const Paragraph& paragraph);

/// Any thread. `code`: the domain is a programming language, whose text stays as it is.
[[nodiscard]] CleanDocument clean_document(SourceDocument&& document, std::uint32_t origin, bool code,
                                           const CleaningSpec& spec);

} // namespace retort
