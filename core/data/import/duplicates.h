// SPDX-License-Identifier: GPL-3.0-or-later
// What of an import is there more than once. Everything is decided in the order of the documents' keys: the
// first stays. So the outcome depends on the documents and the seed, not on the order in which they were
// read.
#pragma once

#include "data/import/document_spool.h"
#include "data/import/sorted_records.h"
#include "spec/import_report.h"

#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace retort {

/// A hash of a text, a paragraph or a band of shingles, and where it stands. In the order of hashes, and of
/// the documents that have one.
struct HashRecord {
    std::uint64_t hash = 0;
    std::uint64_t key = 0; ///< high half of the document's
    std::uint64_t domain_hash = 0;
    std::uint32_t document = 0;
    std::uint32_t paragraph = 0;
    auto operator<=>(const HashRecord&) const = default;
};

/// A paragraph that goes, in the order of the documents.
struct DroppedParagraph {
    std::uint64_t key = 0;
    std::uint32_t document = 0;
    std::uint32_t paragraph = 0;
    auto operator<=>(const DroppedParagraph&) const = default;
};

/// One byte for each document: why it goes.
class Verdicts {
public:
    [[nodiscard]] bool stays(std::uint32_t document) const { return reasons_[document] == none; }
    [[nodiscard]] std::optional<SkipReason> reason(std::uint32_t document) const;
    void drop(std::uint32_t document, SkipReason reason);
    void resize(std::uint32_t documents) { reasons_.resize(documents, none); }

private:
    static constexpr std::uint8_t none = 255;
    std::vector<std::uint8_t> reasons_;
};

class Duplicates {
public:
    /// Files lie in `folder`. `check` is called from time to time and may throw.
    Duplicates(const std::filesystem::path& folder, const CleaningSpec& spec, std::function<void()> check);

    /// Documents in the order of their numbers.
    void add(const SpoolEntry& entry, const CleanDocument& document);
    /// Same ids first, then same texts, then similar ones, then paragraphs of what stays.
    [[nodiscard]] Verdicts find(DocumentSpool& spool);
    /// The paragraphs that go, after find().
    [[nodiscard]] SortedRecords<DroppedParagraph>& dropped_paragraphs() { return dropped_; }

private:
    void add_min_hash(const SpoolEntry& entry, const CleanDocument& document);
    void find_same_ids(DocumentSpool& spool, Verdicts& verdicts);
    void find_same_texts(Verdicts& verdicts);
    void find_similar(Verdicts& verdicts);
    void find_same_paragraphs(const Verdicts& verdicts);
    [[nodiscard]] MinHashSignature signature(std::uint32_t document);
    void count_up();

    CleaningSpec spec_;
    std::function<void()> check_;
    std::int64_t counted_ = 0;
    SortedRecords<HashRecord> texts_;
    SortedRecords<HashRecord> bands_;
    SortedRecords<HashRecord> paragraphs_;
    SortedRecords<DroppedParagraph> dropped_;
    SpillFile signatures_;
};

} // namespace retort
