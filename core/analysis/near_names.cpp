// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/near_names.h"

#include "analysis/ascii_text.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace retort {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last, last, row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last = std::exchange(last, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (small(a[i - 1]) == small(b[j - 1]) ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool are_exchanged =
                i > 1 && j > 1 && small(a[i - 1]) == small(b[j - 2]) && small(a[i - 2]) == small(b[j - 1]);
            if (are_exchanged) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row.back();
}

std::vector<std::string> near_names(std::string_view name, std::span<const std::string> names,
                                    std::size_t most) {
    const std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const std::string& candidate : names)
        if (const std::size_t distance = edit_distance(name, candidate); distance <= limit)
            near.emplace_back(distance, candidate);
    std::ranges::stable_sort(near, {}, &std::pair<std::size_t, std::string>::first);
    std::vector<std::string> found;
    for (const auto& [distance, candidate] : near)
        if (found.size() < most && distance == near.front().first) found.push_back(candidate);
    return found;
}

std::string one_of(std::span<const std::string> names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
    return text;
}

} // namespace retort
