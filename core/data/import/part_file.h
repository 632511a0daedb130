// SPDX-License-Identifier: GPL-3.0-or-later
// One file of the corpus in the making, SPLIT.DOMAIN.jsonl: everything that may be taken is written in the
// order in which it is taken, and the file is cut when it is known how much that is.
#pragma once

#include "data/import/document_spool.h"
#include "data/import/spill_file.h"
#include "spec/import_report.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace retort {

/// What is known of an article without reading its line.
struct PartRecord {
    OrderKey key;
    std::uint64_t text_hash = 0;
    std::int64_t amount = 0;
    std::int64_t line_bytes = 0;
    std::int64_t characters = 0;
    std::int64_t bytes = 0;
    std::uint32_t origin = 0;
    std::uint32_t licence = 0;
    std::uint32_t paragraphs = 0; ///< how many hashes follow
    std::uint32_t padding = 0;
};

class PartFile {
public:
    /// `records`: a file of its own, which is not part of the corpus.
    PartFile(std::string split, std::string domain, const std::filesystem::path& folder,
             const std::filesystem::path& records);

    [[nodiscard]] const std::string& split() const { return split_; }
    [[nodiscard]] const std::string& domain() const { return domain_; }
    /// Of all articles that were added.
    [[nodiscard]] const Tally& total() const { return total_; }

    /// `paragraphs`: hashes of the article's paragraphs, by which splits are compared.
    void add(std::string_view line, PartRecord record, std::span<const std::uint64_t> paragraphs);

    using Taken = std::function<void(const PartRecord& record, std::span<const std::uint64_t> paragraphs)>;

    /// Takes articles in their order as long as the amount stays within `most`, and cuts the rest off. Where
    /// that leaves less than `least`, the article that was too long is passed over and later ones are looked
    /// at until `least` is reached: short articles are preferred only in filling the last gap. `taken` is
    /// called for each article that stays.
    void cut(std::int64_t least, std::int64_t most, const Taken& taken);

private:
    void move_line(std::int64_t from, std::int64_t to, std::int64_t bytes);

    std::string split_;
    std::string domain_;
    SpillFile lines_;
    SpillFile records_;
    Tally total_;
};

} // namespace retort
