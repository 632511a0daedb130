// SPDX-License-Identifier: GPL-3.0-or-later
// From a source to its documents, one after the other: the one interface behind which all formats lie.
#pragma once

#include "data/import/source_files.h"
#include "spec/import_report.h"

#include <cstdint>
#include <string>

namespace retort {

/// As it came.
struct SourceDocument {
    /// Wikidata's ids and other names are taken as they are, so that they mean the same article in every
    /// source. Numbers, paths and places in a file have the source's name before them.
    std::string id;
    std::string domain;
    std::string text; ///< valid UTF-8 without a NUL or a byte order mark
    std::string licence;
    std::string origin; ///< where it is from: a path below the source, or what the record says
};

/// What a reader calls, on its own thread. Each may throw, which ends the reading.
class DocumentSink {
public:
    virtual ~DocumentSink() = default;
    virtual void document(SourceDocument&& document) = 0;
    /// `domain` is empty where it is not known.
    virtual void skipped(const std::string& domain, SkippedDocument&& skipped) = 0;
    /// From time to time: how many bytes of this source's files have been read.
    virtual void advanced(std::int64_t bytes) = 0;
};

/// Bytes that are read into memory for one document at most.
inline constexpr std::size_t largest_document = 64 << 20;

/// Reads all files of the source. Throws Error{data} for a file that cannot be read or whose compressed form
/// is damaged; faults of documents go to the sink.
void read_documents(const SourceFiles& source, DocumentSink& sink);

} // namespace retort
