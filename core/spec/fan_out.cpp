// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/fan_out.h"

#include <algorithm>

namespace retort {

std::vector<std::vector<std::size_t>> fan_out_groups(std::span<const RunPlan> plans) {
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const auto takes = [&](const std::vector<std::size_t>& group) {
            return std::ranges::all_of(group, [&](std::size_t member) {
                return can_share_batches(plans[member].spec, plans[i].spec);
            });
        };
        if (const auto found = std::ranges::find_if(groups, takes); found != groups.end())
            found->push_back(i);
        else
            groups.push_back({i});
    }
    return groups;
}

} // namespace retort
