// SPDX-License-Identifier: GPL-3.0-or-later
// The first half of an import: all documents read, cleaned by themselves and put into the spool.
#pragma once

#include "data/corpus.h"
#include "data/import/duplicates.h"
#include "data/import/source_files.h"
#include "spec/import_report.h"

#include <vector>

namespace retort {

struct ReadDocuments {
    DocumentSpool& spool;
    Duplicates& duplicates;
};

/// `sources` in the order of spec.sources. Throws as read_documents() does, and the first fault of a document
/// as Error{data} where the specification says so; `progress` may throw.
void read_sources(const ImportSpec& spec, const std::vector<SourceFiles>& sources, ReadDocuments into,
                  const ProgressFunction& progress, ImportReport& report);

} // namespace retort
