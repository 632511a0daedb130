// SPDX-License-Identifier: GPL-3.0-or-later
// What an import took, what it left out and why. Stands in the manifest of the corpus that it made.
#pragma once

#include "spec/import_spec.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace retort {

/// Why a document was left out.
enum class SkipReason {
    not_utf8,  ///< bytes or escapes that are no UTF-8 (surrogates too)
    malformed, ///< broken JSON, a value of the wrong type, a NUL
    no_text,
    no_domain,
    other_domain, ///< not among the domains that were asked for
    too_large,    ///< above what is read into memory for one document
    file_size,
    licence,
    duplicate_id, ///< the same id twice in a domain
    duplicate,
    near_duplicate,
    too_short, ///< as it was or after cleaning
    too_long,
    wrong_language, ///< nothing was left of it
    repeated,       ///< nothing was left of it
    source_cap,
    not_common,
    surplus, ///< not needed for the balance
};
inline constexpr std::size_t skip_reasons = 18;

struct Tally {
    std::int64_t articles = 0;
    std::int64_t characters = 0;
    std::int64_t bytes = 0;  ///< of the text as UTF-8
    std::int64_t amount = 0; ///< in the unit of the balance
    bool operator==(const Tally&) const = default;
};

/// Articles by length: bin b counts those of 2^b to 2^(b+1) - 1 characters.
using LengthHistogram = std::array<std::int64_t, 32>;

struct ParagraphTally {
    std::int64_t read = 0;
    std::int64_t repeated = 0;
    std::int64_t wrong_language = 0;
    bool operator==(const ParagraphTally&) const = default;
};

struct DomainReport {
    std::string domain;
    bool code = false;          ///< a programming language
    bool language_known = true; ///< false: there are no function words of it, so that no paragraph was judged
    Tally read;                 ///< documents as they came; without amount in tokens
    Tally clean;                ///< what cleaning left: what the balance chose from
    ParagraphTally paragraphs;
    std::map<SkipReason, std::int64_t> skipped; ///< documents
    bool operator==(const DomainReport&) const = default;
};

struct PartReport {
    std::string split;
    std::string domain;
    Tally taken;
    LengthHistogram lengths{};
    bool operator==(const PartReport&) const = default;
};

struct SourceReport {
    std::string name;
    std::string path;
    Tally read;
    Tally taken;
    std::map<std::string, std::int64_t> licences; ///< articles taken by licence; "" where none is known
    bool operator==(const SourceReport&) const = default;
};

struct BalanceReport {
    std::string split;
    std::int64_t target = 0;       ///< amount that each domain was to have
    double difference_percent = 0; ///< between the largest and the smallest, of the largest
    std::int64_t common_ids = 0;   ///< ids taken in every natural language
    bool operator==(const BalanceReport&) const = default;
};

/// What is in more than one split, over all domains.
struct LeakReport {
    std::int64_t ids = 0;
    std::int64_t texts = 0;
    std::int64_t paragraphs = 0; ///< of natural languages
    bool operator==(const LeakReport&) const = default;
};

/// One document that was left out, for a person to look at. The first of each reason are kept.
struct SkippedDocument {
    SkipReason reason = SkipReason::malformed;
    std::string place; ///< "wiki.json, element 7"
    std::string fault; ///< "byte 12 is not UTF-8"; empty where the reason says all
    bool operator==(const SkippedDocument&) const = default;
};

struct ImportReport {
    AmountUnit unit = AmountUnit::characters;
    std::vector<DomainReport> domains;  ///< by name
    std::vector<PartReport> parts;      ///< by split (train, valid, test) and name
    std::vector<SourceReport> sources;  ///< by name
    std::vector<BalanceReport> balance; ///< by split
    LeakReport leaks;
    std::map<SkipReason, std::int64_t> skipped; ///< documents, also those whose domain is unknown
    std::vector<SkippedDocument> examples;
    std::vector<std::string> remarks; ///< sentences on what did not come out as asked for
    bool operator==(const ImportReport&) const = default;
};

} // namespace retort
