// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of an import: what stays of the documents, chosen and written in the order of their keys.
#pragma once

#include "data/corpus.h"
#include "data/import/duplicates.h"
#include "spec/import_report.h"

#include <filesystem>

namespace retort {

struct CleanedDocuments {
    DocumentSpool& spool;
    Duplicates& duplicates;
    const Verdicts& verdicts;
};
struct ImportFolders {
    std::filesystem::path corpus;
    std::filesystem::path work;
};

/// Writes the corpus's files. Throws Error{data} when nothing is left for a domain or the tokenizer cannot be
/// read; `progress` may throw.
void write_articles(const ImportSpec& spec, CleanedDocuments documents, const ImportFolders& folders,
                    const ProgressFunction& progress, ImportReport& report);

} // namespace retort
