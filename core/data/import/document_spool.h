// SPDX-License-Identifier: GPL-3.0-or-later
// The cleaned documents of an import on disk, in the order in which they are chosen from.
#pragma once

#include "data/import/cleaning.h"
#include "data/import/spill_file.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace retort {

/// Place in the pseudo-random order: a hash of 128 bits of seed and id, the same for all documents of an id.
struct OrderKey {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const OrderKey&) const = default;
};
[[nodiscard]] OrderKey order_key(std::uint64_t seed, std::string_view id);

/// Up to 4096 names as numbers in the order of their appearance.
class NameTable {
public:
    /// Throws Error{data} for a name too many, unless `rest` stands for all that come later.
    explicit NameTable(std::optional<std::string> rest = std::nullopt) : rest_(std::move(rest)) {}
    std::uint32_t number(const std::string& name);
    [[nodiscard]] const std::string& name(std::uint32_t number) const { return names_[number]; }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

private:
    std::optional<std::string> rest_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

/// What is known of a stored document without reading it.
struct SpoolEntry {
    OrderKey key;
    std::uint64_t domain_hash = 0; ///< breaks ties, as numbers of domains depend on the order of reading
    std::uint64_t text_hash = 0;
    std::int64_t offset = 0;
    std::uint32_t number = 0; ///< of the document
    std::uint32_t domain = 0; ///< number of its name
    std::uint32_t origin = 0; ///< number of the import's source
    std::uint32_t licence = 0;
    std::uint32_t id_bytes = 0;
    std::uint32_t origin_bytes = 0;
    std::uint32_t paragraphs = 0;
    std::uint32_t text_bytes = 0;
    std::uint32_t blank_lines = 0;
    std::uint32_t padding = 0;
};

/// One document as stored.
struct SpooledDocument {
    SpoolEntry entry;
    std::string id;
    std::string origin;
    std::string text;      ///< the paragraphs without anything between them
    Paragraphs paragraphs; ///< of text
};

/// Documents lie in 64 pairs of files by the first bits of their keys. Memory: a megabyte while documents are
/// added, and the entries of one pair while they are visited.
class DocumentSpool {
public:
    DocumentSpool(const std::filesystem::path& folder, std::uint64_t seed);

    /// The number of the document, counted from 0. Throws Error{data} above four billion.
    SpoolEntry add(const CleanDocument& document);
    [[nodiscard]] std::uint32_t size() const { return count_; }
    [[nodiscard]] const NameTable& domains() const { return domains_; }
    [[nodiscard]] const NameTable& licences() const { return licences_; }

    /// All entries, by key, domain, text and source.
    void visit(const std::function<void(const SpoolEntry&)>& visit);
    [[nodiscard]] SpooledDocument read(const SpoolEntry& entry);

private:
    struct Bucket {
        SpillFile entries;
        SpillFile texts;
    };
    [[nodiscard]] Bucket& bucket_of(const OrderKey& key);
    [[nodiscard]] static std::vector<SpoolEntry> sorted_entries(Bucket& bucket);

    std::uint64_t seed_;
    std::vector<Bucket> buckets_;
    NameTable domains_;
    NameTable licences_{"others"};
    std::uint32_t count_ = 0;
    std::string record_; ///< the document that is being added
};

} // namespace retort
