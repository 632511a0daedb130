// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/selection.h"

#include "base/error.h"
#include "data/import/nothing_left.h"
#include "data/import/words.h"
#include "spec/import_spec_json.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

namespace retort {
namespace {

using namespace std::string_literals;

const std::array split_names = {"train"s, "valid"s, "test"s};
constexpr std::size_t small_memory = std::size_t{8} << 20;
constexpr std::int64_t most_spares = 1000; // from which the last gap below the amount is filled
constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

std::uint32_t split_number(const std::string& split) {
    return static_cast<std::uint32_t>(std::ranges::find(split_names, split) - split_names.begin());
}

double share_of(const std::string& split, const SplitSpec& spec) {
    return split == "valid" ? spec.valid : split == "test" ? spec.test : 1 - spec.valid - spec.test;
}

/// `part` of `report`, made where it is not there.
template <class Row, class Key>
Row& row_of(std::vector<Row>& rows, Key Row::*key, const Key& value) {
    const auto found = std::ranges::find(rows, value, key);
    if (found != rows.end()) return *found;
    rows.emplace_back().*key = value;
    return rows.back();
}

void add_to(Tally& tally, const PartRecord& record) {
    ++tally.articles;
    tally.characters += record.characters;
    tally.bytes += record.bytes;
    tally.amount += record.amount;
}

double difference_percent(std::int64_t least, std::int64_t most) {
    return most == 0 ? 0 : 100.0 * static_cast<double>(most - least) / static_cast<double>(most);
}

std::string listed(const std::set<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace

std::string split_of(const OrderKey& key, const SplitSpec& spec) {
    // Other bits than those of the order, so that a split is no piece of it.
    const double place = static_cast<double>(mix_bits(key.low) >> 11) * 0x1p-53;
    if (place < spec.test) return "test";
    return place < spec.test + spec.valid ? "valid" : "train";
}

Selection::Selection(const ImportSpec& spec, std::filesystem::path corpus, std::filesystem::path work)
    : spec_(spec),
      corpus_(std::move(corpus)),
      work_(std::move(work)),
      ids_(work_ / "taken_ids", small_memory),
      texts_(work_ / "taken_texts", small_memory),
      paragraphs_(work_ / "taken_paragraphs", small_memory) {}

PartFile& Selection::part_of(const std::string& split, const std::string& domain) {
    auto& part = parts_[{split, domain}];
    if (!part)
        part =
            std::make_unique<PartFile>(split, domain, corpus_, work_ / ("records." + split + "." + domain));
    return *part;
}

/// The amount that was asked for, by the split's share of that of training.
std::int64_t Selection::wish(const std::string& split) const {
    if (spec_.balance.amount == 0) return no_limit;
    const double share = share_of(split, spec_.split) / share_of("train", spec_.split);
    return std::max<std::int64_t>(1, std::llround(static_cast<double>(spec_.balance.amount) * share));
}

void Selection::add(const Candidate& candidate, ImportReport& report) {
    const PartRecord& record = candidate.record;
    DomainReport& domain = row_of(report.domains, &DomainReport::domain, candidate.domain);
    const auto skip = [&](SkipReason reason) {
        ++domain.skipped[reason];
        ++report.skipped[reason];
    };
    const std::int64_t cap = spec_.sources[record.origin].cap;
    std::int64_t& of_source = amount_of_source_[record.origin];
    bool& is_capped = is_capped_[record.origin]; // the first that is too long closes the source
    is_capped = is_capped || (cap != 0 && of_source + record.amount > cap);
    if (is_capped) return skip(SkipReason::source_cap);
    of_source += record.amount;
    add_to(domain.clean, record);
    const std::string split = split_of(record.key, spec_.split);
    PartFile& part = part_of(split, candidate.domain);
    if (part.total().amount >= wish(split) && ++spares_[&part] > most_spares)
        return skip(SkipReason::surplus);
    part.add(candidate.line, record, candidate.paragraphs);
}

void Selection::check_parts(const ImportReport& report) const {
    std::set<std::string> domains, lacking;
    for (const auto& [name, part] : parts_)
        domains.insert(name.second);
    if (domains.empty()) throw Error(ErrorKind::data, why_nothing_is_left(report));
    for (const std::string& domain : domains)
        for (const char* split : {"train", "valid"})
            if (!parts_.contains({split, domain})) lacking.insert(domain);
    if (!lacking.empty())
        throw Error(ErrorKind::data, "There are too few documents for training and validation of " +
                                         listed(lacking) +
                                         "; add some, raise /split/valid, or leave these domains out.");
}

/// What the scarcest domain has, and at most what was asked for.
std::int64_t Selection::target(const std::string& split) const {
    std::int64_t least = wish(split);
    if (spec_.balance.on)
        for (const auto& [name, part] : parts_)
            if (name.first == split) least = std::min(least, part->total().amount);
    return least;
}

void Selection::cut_part(PartFile& part, std::int64_t target, const std::vector<std::string>& licences,
                         ImportReport& report) {
    PartReport row{part.split(), part.domain(), {}, {}};
    const std::uint32_t split = split_number(part.split());
    const std::uint32_t natural = is_code_domain(spec_, part.domain()) ? 0 : 1;
    const double kept = 1 - spec_.balance.max_diff_percent / 100;
    const auto least = static_cast<std::int64_t>(std::ceil(kept * static_cast<double>(target)));
    part.cut(target == no_limit ? 0 : least, target,
             [&](const PartRecord& record, std::span<const std::uint64_t> paragraphs) {
                 add_to(row.taken, record);
                 ++row.lengths[std::min<std::size_t>(
                     31, std::bit_width(static_cast<std::uint64_t>(record.characters)) - 1U)];
                 SourceReport& source = report.sources[record.origin];
                 add_to(source.taken, record);
                 ++source.licences[licences[record.licence]];
                 ids_.add({record.key, split, natural});
                 texts_.add({record.text_hash, split, 0});
                 for (const std::uint64_t paragraph : paragraphs)
                     paragraphs_.add({paragraph, split, 0});
             });
    if (const std::int64_t surplus = part.total().articles - row.taken.articles; surplus > 0) {
        row_of(report.domains, &DomainReport::domain, part.domain()).skipped[SkipReason::surplus] += surplus;
        report.skipped[SkipReason::surplus] += surplus;
    }
    report.parts.push_back(row);
}

void Selection::cut_split(const std::string& split, const std::vector<std::string>& licences,
                          ImportReport& report) {
    BalanceReport balance{split, target(split), 0, 0};
    std::int64_t least = no_limit, most = 0;
    for (const auto& [name, part] : parts_) {
        if (name.first != split) continue;
        cut_part(*part, balance.target, licences, report);
        const Tally& taken = report.parts.back().taken;
        least = std::min(least, taken.amount);
        most = std::max(most, taken.amount);
        if (taken.articles == 0)
            throw Error(ErrorKind::data, "No article of " + part->domain() + " fits into the " + split +
                                             " split; raise /balance/max_diff_percent or the split's share.");
    }
    if (most == 0) return;
    balance.difference_percent = difference_percent(least, most);
    if (balance.target == no_limit) balance.target = 0;
    report.balance.push_back(balance);
    if (spec_.balance.on && balance.difference_percent > spec_.balance.max_diff_percent)
        report.remarks.push_back("The domains of the " + split +
                                 " split differ by more than was asked for, as no "
                                 "article closes the gap; more or shorter documents would.");
}

/// Ids that are in two splits, and how many all natural languages have.
void Selection::compare_ids(ImportReport& report) {
    std::set<std::string> natural;
    for (const auto& [name, part] : parts_)
        if (!is_code_domain(spec_, name.second)) natural.insert(name.second);
    Shared last;
    std::size_t languages = 0;
    bool leaks = false, begun = false;
    const auto close = [&] {
        report.leaks.ids += leaks ? 1 : 0;
        if (begun && !leaks && natural.size() > 1 && languages == natural.size())
            ++row_of(report.balance, &BalanceReport::split, split_names[last.split]).common_ids;
    };
    auto ids = ids_.read();
    while (const Shared* id = ids.next()) {
        if (!begun || id->key != last.key) {
            close();
            languages = 0;
            leaks = false;
        } else {
            leaks = leaks || id->split != last.split;
        }
        languages += id->natural;
        last = *id;
        begun = true;
    }
    close();
}

/// How many hashes are in more than one split.
std::int64_t Selection::count_shared(SortedRecords<HashInSplit>& hashes) {
    std::int64_t shared = 0;
    std::optional<HashInSplit> last;
    bool is_counted = false;
    auto cursor = hashes.read();
    while (const HashInSplit* hash = cursor.next()) {
        const bool is_same = last && last->hash == hash->hash;
        is_counted = is_counted && is_same;
        if (is_same && last->split != hash->split && !is_counted) {
            ++shared;
            is_counted = true;
        }
        last = *hash;
    }
    return shared;
}

void Selection::remark_on_leaks(ImportReport& report) const {
    const CleaningSpec& rules = spec_.cleaning;
    const auto remark = [&](std::int64_t count, const std::string& what, const std::string& remedy) {
        if (count > 0)
            report.remarks.push_back(what + " in more than one split (" + std::to_string(count) +
                                     "), so that what is measured there was in part trained on; " + remedy +
                                     ".");
    };
    remark(report.leaks.texts, "Texts are",
           rules.duplicates ? "raise /cleaning/min_characters, since they became the same in cleaning"
                            : "turn on /cleaning/duplicates");
    remark(report.leaks.paragraphs, "Paragraphs are", "turn on /cleaning/repeated_paragraphs");
}

void Selection::finish(const std::vector<std::string>& licences, ImportReport& report) {
    check_parts(report);
    for (const std::string& split : split_names)
        cut_split(split, licences, report);
    compare_ids(report);
    report.leaks.texts = count_shared(texts_);
    report.leaks.paragraphs = count_shared(paragraphs_);
    remark_on_leaks(report);
}

} // namespace retort
