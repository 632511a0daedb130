// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/nothing_left.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>
#include <vector>

namespace retort {
namespace {

struct ReasonText {
    SkipReason reason;
    const char* words; ///< what is said of the documents
    const char* remedy;
};

constexpr auto other_files = "choose other files";
constexpr auto original_files = "correct the files, or choose others";
constexpr auto other_sizes = "change /files/min_bytes or /files/max_bytes";
constexpr auto fewer_rules = "turn the rule off, or choose other files";

constexpr std::array<ReasonText, skip_reasons> texts = {{
    {SkipReason::not_utf8, "not UTF-8", "convert the files to UTF-8"},
    {SkipReason::malformed, "malformed", original_files},
    {SkipReason::no_text, "without text", original_files},
    {SkipReason::no_domain, "without a domain",
     "name the domain of the source: fr=PATH on the command line, the field Domain of the source in the "
     "form"},
    {SkipReason::other_domain, "of domains that were not asked for",
     "ask for the domains that the documents have, or leave /domains empty"},
    {SkipReason::too_large, "too large to be read", "cut them into smaller documents"},
    {SkipReason::file_size, "in files outside of the limits of size", other_sizes},
    {SkipReason::licence, "without an allowed licence",
     "allow their licences in /files/licences, or state the licence of the source"},
    {SkipReason::duplicate_id, "of an id that was there before", other_files},
    {SkipReason::duplicate, "duplicates", fewer_rules},
    {SkipReason::near_duplicate, "near duplicates", fewer_rules},
    {SkipReason::too_short, "too short", "lower /cleaning/min_characters"},
    {SkipReason::too_long, "too long", "raise /cleaning/max_characters"},
    {SkipReason::wrong_language, "in another language than their domain's",
     "correct the domain, or turn off /cleaning/wrong_language"},
    {SkipReason::repeated, "made of repeated paragraphs", "turn off /cleaning/repeated_paragraphs"},
    {SkipReason::source_cap, "above the cap of their source", "raise the caps of the sources"},
    {SkipReason::not_common, "not in all languages", "turn off /balance/common_articles"},
    {SkipReason::surplus, "not needed for the balance", "turn off /balance/on"},
}};

} // namespace

std::string why_nothing_is_left(const ImportReport& report) {
    std::vector<std::pair<std::int64_t, SkipReason>> reasons;
    for (const auto& [reason, count] : report.skipped)
        if (count > 0) reasons.emplace_back(count, reason);
    if (reasons.empty())
        return "No document was found in the sources; choose files or folders that hold some.";
    std::ranges::stable_sort(reasons, std::greater(), [](const auto& one) { return one.first; });
    const auto text_of = [](SkipReason reason) {
        return *std::ranges::find(texts, reason, &ReasonText::reason);
    };
    std::string sentence = "Nothing is left of the documents:";
    for (const auto& [count, reason] : reasons)
        sentence += std::string(sentence.back() == ':' ? " " : ", ") + std::to_string(count) + " " +
                    text_of(reason).words;
    return sentence + "; " + text_of(reasons.front().second).remedy + ".";
}

} // namespace retort
