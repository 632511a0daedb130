// SPDX-License-Identifier: GPL-3.0-or-later
// What one JSON object holds: a document with its fields, or the documents of one article in several
// languages.
#pragma once

#include "spec/import_report.h"

#include <string>
#include <string_view>
#include <vector>

namespace retort {

struct JsonDocument {
    std::string text;       ///< "text", else "content" or "code"
    std::string id;         ///< "wikidata_id", else "id" or another usual name; empty where there is none
    std::string domain;     ///< "domain", else "language" or "lang"; the key of a language's object
    std::string licence;    ///< "licence", "license", "spdx"
    std::string origin;     ///< "source", "url", "path"
    bool shared_id = false; ///< the id means the same article in all sources, as Wikidata's do
};

struct JsonFault {
    SkipReason reason = SkipReason::malformed;
    std::string domain; ///< where known
    std::string what;   ///< "byte 12 is not UTF-8"
};

struct JsonDocuments {
    std::vector<JsonDocument> documents;
    std::vector<JsonFault> faults;
};

/// Reads {"text": …, …}, or {"en": {"text": …, "wikidata_id": …}, "fr": {…}} as
/// multi-language-dataset-creator writes it; other keys are passed over. Memory: about three times the
/// longest text, while it is read.
[[nodiscard]] JsonDocuments read_json_documents(std::string_view object);

} // namespace retort
