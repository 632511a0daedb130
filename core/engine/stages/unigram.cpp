// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stages/unigram.h"

#include "analysis/forgetting.h"
#include "engine/training_data.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace retort {
namespace {

using Counts = std::vector<std::int64_t>;

Counts count_targets(const TokenStore& store, const std::string& domain, std::int64_t context) {
    Counts counts(static_cast<std::size_t>(store.vocab()));
    std::vector<std::int64_t> window(static_cast<std::size_t>(context + 1));
    for (std::int64_t i = 0; i < store.windows("train", domain, context); ++i) {
        store.read_window("train", domain, i, window);
        for (std::size_t t = 1; t < window.size(); ++t)
            ++counts[static_cast<std::size_t>(window[t])];
    }
    return counts;
}

} // namespace

EvaluationRow evaluate_unigram(const RunSpec& spec, const TokenStore& store, const std::string& domain) {
    const Counts counts = count_targets(store, domain, spec.data.context);
    std::int64_t all = std::ssize(counts);
    for (const std::int64_t count : counts)
        all += count;
    const auto likeliest = std::ranges::max_element(counts) - counts.begin();
    EvaluationRow row;
    row.domain = domain;
    row.setting = unigram_setting;
    for (const at::Tensor& windows : evaluation_batches(store, spec, domain)) {
        const at::Tensor targets = windows.slice(1, 1).contiguous();
        const auto* ids = targets.data_ptr<std::int64_t>();
        for (std::int64_t i = 0; i < targets.numel(); ++i) {
            const auto id = static_cast<std::size_t>(ids[i]);
            row.nll -= std::log(static_cast<double>(counts[id] + 1) / static_cast<double>(all));
            row.correct += ids[i] == likeliest ? 1 : 0;
            row.bytes += store.piece_bytes()[id];
            ++row.tokens;
        }
    }
    return row;
}

} // namespace retort
