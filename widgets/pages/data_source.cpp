// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/data_source.h"

#include <algorithm>

namespace retort {

std::vector<std::string> ListedCorpus::domains() const {
    std::vector<std::string> names;
    for (const CorpusPart& one : parts)
        if (std::ranges::find(names, one.domain) == names.end()) names.push_back(one.domain);
    return names;
}

std::vector<std::string> ListedCorpus::splits() const {
    std::vector<std::string> names;
    for (const CorpusPart& one : parts)
        if (std::ranges::find(names, one.split) == names.end()) names.push_back(one.split);
    std::ranges::sort(names, {}, [](const std::string& split) {
        return std::pair(split == "train" ? 0 : split == "valid" ? 1 : 2, split);
    });
    return names;
}

const CorpusPart* ListedCorpus::part(const std::string& split, const std::string& domain) const {
    const auto found = std::ranges::find_if(
        parts, [&](const CorpusPart& one) { return one.split == split && one.domain == domain; });
    return found == parts.end() ? nullptr : &*found;
}

CorpusPart ListedCorpus::sum(const std::string& split) const {
    CorpusPart all{split, {}};
    for (const CorpusPart& one : parts) {
        if (!split.empty() && one.split != split) continue;
        all.articles += one.articles;
        all.characters += one.characters;
        all.bytes += one.bytes;
    }
    return all;
}

} // namespace retort
