// SPDX-License-Identifier: GPL-3.0-or-later
// What of the cleaned documents is taken: splits by id, caps of sources, common articles, and equal amounts.
#pragma once

#include "data/import/part_file.h"
#include "data/import/sorted_records.h"
#include "spec/import_report.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace retort {

/// "train", "valid" or "test": a function of the key alone.
[[nodiscard]] std::string split_of(const OrderKey& key, const SplitSpec& spec);

/// An article that may be taken, with its line of the corpus.
struct Candidate {
    std::string domain;
    std::string line;
    PartRecord record;
    std::vector<std::uint64_t> paragraphs; ///< hashes of those that must not be in two splits
};

/// Articles come in the order of their keys; one thread.
class Selection {
public:
    /// `corpus`: where the corpus's files are written. `work`: where others are.
    Selection(const ImportSpec& spec, std::filesystem::path corpus, std::filesystem::path work);

    /// Takes the article, unless a cap is reached, or the amount that was asked for with some to spare.
    void add(const Candidate& candidate, ImportReport& report);
    /// Cuts all parts to equal amounts and says in the report what was taken. Throws Error{data} when a
    /// domain has nothing for training or validation. `licences`: names by number.
    void finish(const std::vector<std::string>& licences, ImportReport& report);

private:
    /// What the splits must not share, and the ids that all natural languages have.
    struct Shared {
        OrderKey key;
        std::uint32_t split = 0;
        std::uint32_t natural = 0;
        auto operator<=>(const Shared&) const = default;
    };
    struct HashInSplit { ///< of a text or a paragraph
        std::uint64_t hash = 0;
        std::uint32_t split = 0;
        std::uint32_t padding = 0;
        auto operator<=>(const HashInSplit&) const = default;
    };
    using Parts = std::map<std::pair<std::string, std::string>, std::unique_ptr<PartFile>>; ///< split, domain

    [[nodiscard]] PartFile& part_of(const std::string& split, const std::string& domain);
    [[nodiscard]] std::int64_t wish(const std::string& split) const;
    void check_parts(const ImportReport& report) const;
    [[nodiscard]] std::int64_t target(const std::string& split) const;
    void cut_split(const std::string& split, const std::vector<std::string>& licences, ImportReport& report);
    void cut_part(PartFile& part, std::int64_t target, const std::vector<std::string>& licences,
                  ImportReport& report);
    void compare_ids(ImportReport& report);
    [[nodiscard]] static std::int64_t count_shared(SortedRecords<HashInSplit>& hashes);
    void remark_on_leaks(ImportReport& report) const;

    const ImportSpec& spec_;
    std::filesystem::path corpus_;
    std::filesystem::path work_;
    Parts parts_;
    std::map<std::uint32_t, std::int64_t> amount_of_source_;
    std::map<std::uint32_t, bool> is_capped_;
    std::map<const PartFile*, std::int64_t> spares_; ///< articles above the amount that was asked for
    SortedRecords<Shared> ids_;
    SortedRecords<HashInSplit> texts_;
    SortedRecords<HashInSplit> paragraphs_;
};

} // namespace retort
