// SPDX-License-Identifier: GPL-3.0-or-later
// From documents that a user has to a corpus: read, cleaned, split by id, balanced and written.
//
// Documents are read once, cleaned one by one and put into a spool on disk, with sorted files of their ids,
// texts, paragraphs and MinHash bands beside it. What is a duplicate, what a repeated paragraph and what is
// taken is decided in a fixed pseudo-random order of the ids, a hash of seed and id; so the corpus depends on
// the documents and the seed and not on the order of files, and short articles have no advantage. Memory does
// not grow with the text: about 300 MB, one byte for each document, and the document at hand. On disk the
// work takes about twice the room of the text, in the folder of corpora.
#pragma once

#include "data/corpus.h"
#include "spec/import_report.h"
#include "spec/import_spec.h"

#include <optional>
#include <stop_token>

namespace retort {

/// Makes the corpus `spec.name`, which is there whole or not at all; an old one of that name is replaced. Its
/// manifest holds the specification and the report as "import". `progress` is called on this thread. Throws
/// Error{usage} for a specification with problems, Error{data} for input that cannot be read or leaves
/// nothing to take, Error{workspace} when the disk is full, Error{interrupted} on a stop. What an import that
/// was killed left behind goes with the next one, which begins anew.
Corpus import_documents(const ImportSpec& spec, const ProgressFunction& progress, std::stop_token stop = {});

/// The report of the same import without its corpus.
[[nodiscard]] ImportReport preview_import(const ImportSpec& spec, const ProgressFunction& progress,
                                          std::stop_token stop = {});

/// What stands in the corpus's manifest; nothing when it was not made by import_documents().
[[nodiscard]] std::optional<ImportReport> import_report(const Corpus& corpus);

} // namespace retort
