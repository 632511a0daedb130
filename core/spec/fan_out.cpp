// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/fan_out.h"

#include <algorithm>

namespace retort {

std::vector<std::size_t> first_group(std::span<const RunPlan> plans) {
    std::vector<std::size_t> group;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const auto shares = [&](std::size_t other) {
            return can_share_batches(plans[other].spec, plans[i].spec);
        };
        if (std::ranges::all_of(group, shares)) group.push_back(i);
    }
    return group;
}

} // namespace retort
