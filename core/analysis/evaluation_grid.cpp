// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/evaluation_grid.h"

#include "analysis/evaluation.h"
#include "analysis/forgetting.h"

#include <algorithm>
#include <limits>

namespace retort {
namespace {

using Names = std::vector<std::string>;

void add(Names& names, const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

std::size_t place_of(const std::string& name, const Names& names) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

bool has(const Names& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

std::vector<double> measured(std::span<const EvaluationGrid> seeds, const std::string& setting,
                             const std::string& domain) {
    std::vector<double> values;
    for (const EvaluationGrid& seed : seeds)
        if (has(seed.settings, setting) && has(seed.domains, domain))
            values.push_back(seed.at(place_of(setting, seed.settings), place_of(domain, seed.domains)));
    return values;
}

std::vector<double> macros(std::span<const EvaluationGrid> seeds, const std::string& setting,
                           const Names& domains) {
    std::vector<double> values;
    for (const EvaluationGrid& seed : seeds) {
        if (!has(seed.settings, setting) || seed.domains.size() != domains.size()) continue;
        double sum = 0;
        for (std::size_t domain = 0; domain < seed.domains.size(); ++domain)
            sum += seed.at(place_of(setting, seed.settings), domain);
        values.push_back(sum / static_cast<double>(domains.size()));
    }
    return values;
}

} // namespace

EvaluationGrid evaluation_grid(std::span<const EvaluationRow> rows) {
    EvaluationGrid grid;
    const auto counts = [](const EvaluationRow& row) {
        return !row.setting.empty() && row.setting != unigram_setting && row.split == "valid";
    };
    for (const EvaluationRow& row : rows) {
        if (!counts(row)) continue;
        add(grid.settings, row.setting);
        add(grid.domains, row.domain);
    }
    grid.values.assign(grid.settings.size() * grid.domains.size(), std::numeric_limits<double>::quiet_NaN());
    for (const EvaluationRow& row : rows)
        if (counts(row))
            grid.values[place_of(row.setting, grid.settings) * grid.domains.size() +
                        place_of(row.domain, grid.domains)] = nats_per_token(row);
    return grid;
}

MeanGrid mean_grid(std::span<const EvaluationGrid> seeds) {
    MeanGrid mean;
    for (const EvaluationGrid& seed : seeds) {
        for (const std::string& setting : seed.settings)
            add(mean.settings, setting);
        for (const std::string& domain : seed.domains)
            add(mean.domains, domain);
    }
    for (const std::string& setting : mean.settings) {
        for (const std::string& domain : mean.domains)
            mean.cells.push_back(summarise(measured(seeds, setting, domain)));
        mean.macro.push_back(summarise(macros(seeds, setting, mean.domains)));
    }
    return mean;
}

} // namespace retort
