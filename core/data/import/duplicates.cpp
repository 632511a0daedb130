// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/duplicates.h"

#include <algorithm>

namespace retort {
namespace {

constexpr std::size_t small_memory = std::size_t{16} << 20;
constexpr std::size_t most_representatives = 16;

} // namespace

std::optional<SkipReason> Verdicts::reason(std::uint32_t document) const {
    if (stays(document)) return std::nullopt;
    return static_cast<SkipReason>(reasons_[document]);
}

void Verdicts::drop(std::uint32_t document, SkipReason reason) {
    reasons_[document] = static_cast<std::uint8_t>(reason);
}

Duplicates::Duplicates(const std::filesystem::path& folder, const CleaningSpec& spec,
                       std::function<void()> check)
    : spec_(spec),
      check_(std::move(check)),
      texts_(folder / "texts", small_memory),
      bands_(folder / "bands"),
      paragraphs_(folder / "paragraphs"),
      dropped_(folder / "dropped", small_memory),
      signatures_(folder / "signatures") {}

void Duplicates::add(const SpoolEntry& entry, const CleanDocument& document) {
    if (spec_.duplicates) texts_.add({entry.text_hash, entry.key.high, entry.domain_hash, entry.number, 0});
    if (spec_.near_duplicates) add_min_hash(entry, document);
    if (!spec_.repeated_paragraphs) return;
    for (std::uint32_t i = 0; i < document.hashes.size(); ++i)
        if (const std::uint64_t hash = document.hashes[i]; hash != 0)
            paragraphs_.add({hash, entry.key.high, entry.domain_hash, entry.number, i});
}

void Duplicates::add_min_hash(const SpoolEntry& entry, const CleanDocument& document) {
    static constexpr MinHashSignature none{};
    const MinHashSignature& signature = document.min_hash ? document.min_hash->signature : none;
    signatures_.append_records(std::span<const std::uint8_t>(signature)); // at its document's number
    if (!document.min_hash) return;
    for (const std::uint64_t band : document.min_hash->bands)
        bands_.add({band, entry.key.high, entry.domain_hash, entry.number, 0});
}

Verdicts Duplicates::find(DocumentSpool& spool) {
    Verdicts verdicts;
    verdicts.resize(spool.size());
    find_same_ids(spool, verdicts);
    if (spec_.duplicates) find_same_texts(verdicts);
    if (spec_.near_duplicates) find_similar(verdicts);
    if (spec_.repeated_paragraphs) find_same_paragraphs(verdicts);
    return verdicts;
}

void Duplicates::count_up() {
    if (++counted_ % 4096 == 0) check_();
}

void Duplicates::find_same_ids(DocumentSpool& spool, Verdicts& verdicts) {
    std::optional<SpoolEntry> last;
    spool.visit([&](const SpoolEntry& entry) {
        count_up();
        if (last && last->key == entry.key && last->domain == entry.domain)
            verdicts.drop(entry.number, SkipReason::duplicate_id);
        else
            last = entry;
    });
}

void Duplicates::find_same_texts(Verdicts& verdicts) {
    std::optional<std::uint64_t> last;
    auto cursor = texts_.read();
    while (const HashRecord* record = cursor.next()) {
        count_up();
        if (!verdicts.stays(record->document)) continue;
        if (last == record->hash) verdicts.drop(record->document, SkipReason::duplicate);
        last = record->hash;
    }
}

/// Of the documents that share a band, each is compared with those before it that were like none before them.
void Duplicates::find_similar(Verdicts& verdicts) {
    const Verdicts before = verdicts; // what the order of the bands has no part in
    std::optional<HashRecord> first;  ///< of the band
    std::vector<MinHashSignature> representatives;
    auto cursor = bands_.read();
    while (const HashRecord* record = cursor.next()) {
        count_up();
        if (!before.stays(record->document)) continue;
        if (!first || record->hash != first->hash) {
            first = *record;
            representatives.clear();
            continue;
        }
        if (representatives.empty()) representatives.push_back(signature(first->document));
        const MinHashSignature own = signature(record->document);
        const auto is_like = [&](const MinHashSignature& one) {
            return similarity(one, own) >= spec_.similarity;
        };
        if (std::ranges::any_of(representatives, is_like))
            verdicts.drop(record->document, SkipReason::near_duplicate);
        else if (representatives.size() < most_representatives)
            representatives.push_back(own);
    }
}

void Duplicates::find_same_paragraphs(const Verdicts& verdicts) {
    std::optional<std::uint64_t> last;
    auto cursor = paragraphs_.read();
    while (const HashRecord* record = cursor.next()) {
        count_up();
        if (!verdicts.stays(record->document)) continue;
        if (last == record->hash) dropped_.add({record->key, record->document, record->paragraph});
        last = record->hash;
    }
}

MinHashSignature Duplicates::signature(std::uint32_t document) {
    MinHashSignature signature{};
    signatures_.read_records(std::int64_t{document} * static_cast<std::int64_t>(min_hash_bins),
                             std::span<std::uint8_t>(signature));
    return signature;
}

} // namespace retort
