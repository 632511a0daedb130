// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/document_spool.h"

#include "base/error.h"

#include <algorithm>
#include <limits>
#include <tuple>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace retort {
namespace {

constexpr std::size_t bucket_bits = 6;
constexpr std::size_t bucket_buffer = 64 * 1024;
constexpr std::size_t most_names = 4096;
constexpr std::uint32_t heading_bit = 1U << 31; ///< of a stored paragraph's size
constexpr std::size_t longest_origin = 4096;

auto rank(const SpoolEntry& entry) {
    return std::tie(entry.key, entry.domain_hash, entry.text_hash, entry.origin, entry.number);
}

template <class T>
void append_value(std::string& bytes, const T& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

} // namespace

OrderKey order_key(std::uint64_t seed, std::string_view id) {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(id.data(), id.size(), seed);
    return {hash.high64, hash.low64};
}

std::uint32_t NameTable::number(const std::string& name) {
    if (const auto known = numbers_.find(name); known != numbers_.end()) return known->second;
    const bool full = names_.size() >= most_names;
    if (full && !rest_)
        throw Error(ErrorKind::data, "The documents have more than " + std::to_string(most_names) +
                                         " domains; name those that are wanted.");
    if (full && name != *rest_) return number(*rest_);
    names_.push_back(name);
    return numbers_[name] = static_cast<std::uint32_t>(names_.size() - 1);
}

DocumentSpool::DocumentSpool(const std::filesystem::path& folder, std::uint64_t seed) : seed_(seed) {
    for (std::size_t i = 0; i < std::size_t{1} << bucket_bits; ++i) {
        const std::string name = std::to_string(i);
        buckets_.push_back({SpillFile(folder / ("entries." + name), bucket_buffer / 8),
                            SpillFile(folder / ("texts." + name), bucket_buffer)});
    }
}

DocumentSpool::Bucket& DocumentSpool::bucket_of(const OrderKey& key) {
    return buckets_[key.high >> (64 - bucket_bits)];
}

SpoolEntry DocumentSpool::add(const CleanDocument& document) {
    if (count_ == std::numeric_limits<std::uint32_t>::max())
        throw Error(ErrorKind::data, "There are more than four billion documents; import fewer at once.");
    const SourceDocument& source = document.source;
    const std::string_view origin = std::string_view(source.origin).substr(0, longest_origin);
    SpoolEntry entry;
    entry.key = order_key(seed_, source.id);
    entry.domain_hash = XXH3_64bits(source.domain.data(), source.domain.size());
    entry.text_hash = document.text_hash;
    entry.number = count_++;
    entry.domain = domains_.number(source.domain);
    entry.origin = document.origin;
    entry.licence = licences_.number(source.licence);
    entry.id_bytes = static_cast<std::uint32_t>(source.id.size());
    entry.origin_bytes = static_cast<std::uint32_t>(origin.size());
    entry.paragraphs = static_cast<std::uint32_t>(document.paragraphs.places.size());
    entry.blank_lines = document.paragraphs.blank_lines ? 1 : 0;
    record_.assign(source.id).append(origin);
    for (const Paragraph& paragraph : document.paragraphs.places)
        append_value(record_, paragraph.size | (paragraph.heading ? heading_bit : 0));
    for (const Paragraph& paragraph : document.paragraphs.places) {
        record_ += paragraph.of(source.text);
        entry.text_bytes += paragraph.size;
    }
    Bucket& bucket = bucket_of(entry.key);
    entry.offset = bucket.texts.size();
    bucket.texts.append(record_);
    bucket.entries.append_records(std::span<const SpoolEntry>(&entry, 1));
    return entry;
}

std::vector<SpoolEntry> DocumentSpool::sorted_entries(Bucket& bucket) {
    std::vector<SpoolEntry> entries(static_cast<std::size_t>(bucket.entries.size()) / sizeof(SpoolEntry));
    bucket.entries.read_records(0, std::span<SpoolEntry>(entries));
    std::ranges::sort(entries, [](const SpoolEntry& a, const SpoolEntry& b) { return rank(a) < rank(b); });
    return entries;
}

void DocumentSpool::visit(const std::function<void(const SpoolEntry&)>& visit) {
    for (Bucket& bucket : buckets_)
        for (const SpoolEntry& entry : sorted_entries(bucket))
            visit(entry);
}

SpooledDocument DocumentSpool::read(const SpoolEntry& entry) {
    const std::size_t table = entry.paragraphs * sizeof(std::uint32_t);
    std::string bytes(entry.id_bytes + entry.origin_bytes + table + entry.text_bytes, '\0');
    bucket_of(entry.key).texts.read(entry.offset, bytes);
    SpooledDocument document{
        entry, bytes.substr(0, entry.id_bytes), bytes.substr(entry.id_bytes, entry.origin_bytes), {}, {}};
    std::vector<std::uint32_t> sizes(entry.paragraphs);
    bytes.copy(reinterpret_cast<char*>(sizes.data()), table, entry.id_bytes + entry.origin_bytes);
    std::uint32_t begin = 0;
    for (const std::uint32_t size : sizes) {
        document.paragraphs.places.push_back({begin, size & ~heading_bit, (size & heading_bit) != 0});
        begin += size & ~heading_bit;
    }
    document.paragraphs.blank_lines = entry.blank_lines != 0;
    bytes.erase(0, bytes.size() - entry.text_bytes);
    document.text = std::move(bytes);
    return document;
}

} // namespace retort
