// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/modular/expert_use.h"

#include "base/error.h"
#include "spec/grid.h"

#include <algorithm>
#include <numeric>

namespace retort {

ExpertUse::ExpertUse(const RunSpec& spec, const std::filesystem::path& router_folder)
    : names_(experts_of(spec)),
      domains_(training_domains(spec)),
      routes_(spec, spec.modular->route, router_folder),
      counts_(names_.size()) {}

void ExpertUse::begin_step() {
    std::ranges::fill(counts_, 0);
}

void ExpertUse::assign(std::span<const SampledSequence> sequences, const at::Tensor& inputs) {
    std::vector<std::string> labels;
    for (const SampledSequence& sequence : sequences)
        labels.push_back(domains_[static_cast<std::size_t>(sequence.domain)]);
    std::vector<std::size_t> all(names_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    experts_.clear();
    for (const RouteEvidence& evidence : routes_.decide(inputs, labels)) {
        const std::size_t expert =
            evidence.strongest(all).value_or(0); // check() asks an expert for each label
        experts_.push_back(static_cast<std::int64_t>(expert));
        ++counts_[expert];
    }
    std::vector<std::size_t> order(sequences.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return labels[i]; });
    numbers_.resize(order.size());
    for (std::size_t rank = 0; rank < order.size(); ++rank)
        numbers_[order[rank]] = static_cast<std::int64_t>(rank);
}

std::vector<std::int64_t> ExpertUse::readers_of(std::int64_t domain, std::int64_t sequences,
                                                const at::Tensor& inputs) {
    assign(std::vector<SampledSequence>(static_cast<std::size_t>(sequences), {domain, 0}), inputs);
    return experts_;
}

std::vector<std::pair<std::string, double>> ExpertUse::utilisation() const {
    const auto all = static_cast<double>(std::accumulate(counts_.begin(), counts_.end(), std::int64_t{0}));
    std::vector<std::pair<std::string, double>> shares;
    for (std::size_t i = 0; i < names_.size(); ++i)
        shares.emplace_back(names_[i],
                            static_cast<double>(counts_[i]) * static_cast<double>(names_.size()) / all);
    return shares;
}

} // namespace retort
