// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training_data.h"

#include "base/error.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace retort {
namespace {

/// Not the training's, so that models trained with different batches are rounded alike.
constexpr std::size_t evaluation_batch = 16;

std::int64_t whole_windows(const TokenStore& store, const std::string& split, const std::string& domain,
                           std::int64_t context) {
    const std::int64_t windows = store.windows(split, domain, context);
    if (windows < 1)
        throw Error(ErrorKind::data, "The " + split + " text of the domain " + domain + " has " +
                                         std::to_string(store.tokens(split, domain)) +
                                         " tokens, less than one sequence; lower /data/context or add text.");
    return windows;
}

} // namespace

Sampler::Options sampler_options(const RunSpec& spec, const TokenStore& store) {
    Sampler::Options options;
    options.seed = spec.seed;
    options.schedule = spec.schedule;
    options.domains = training_domains(spec);
    for (const std::string& domain : options.domains)
        options.windows.push_back(whole_windows(store, "train", domain, spec.data.context));
    options.batch = spec.optim.batch;
    options.accumulate = spec.optim.accumulate;
    options.total_steps = total_steps(spec);
    options.replay = spec.remedies.replay;
    return options;
}

at::Tensor read_windows(const TokenStore& store, const std::string& split,
                        const std::vector<std::string>& domains, std::int64_t context,
                        const std::vector<SampledSequence>& sequences) {
    const auto length = static_cast<std::size_t>(context + 1);
    at::Tensor windows = at::empty({static_cast<std::int64_t>(sequences.size()), context + 1}, at::kLong);
    auto* out = windows.data_ptr<std::int64_t>();
    for (const SampledSequence& sequence : sequences) {
        store.read_window(split, domains[static_cast<std::size_t>(sequence.domain)], sequence.window,
                          {out, length});
        out += length;
    }
    return windows;
}

std::vector<std::int64_t> evaluation_windows(const TokenStore& store, const std::string& domain,
                                             std::int64_t context, std::int64_t tokens) {
    return spread_windows(store, "valid", domain, context, (tokens + context - 1) / context);
}

std::vector<std::int64_t> spread_windows(const TokenStore& store, const std::string& split,
                                         const std::string& domain, std::int64_t context,
                                         std::int64_t count) {
    const std::int64_t all = whole_windows(store, split, domain, context);
    const std::int64_t wanted = count == 0 ? all : std::min(all, count);
    std::vector<std::int64_t> windows;
    for (std::int64_t i = 0; i < wanted; ++i)
        windows.push_back(i * all / wanted);
    return windows;
}

std::vector<at::Tensor> evaluation_batches(const TokenStore& store, const RunSpec& spec,
                                           const std::string& domain) {
    const auto windows = evaluation_windows(store, domain, spec.data.context, spec.run.eval_tokens);
    std::vector<at::Tensor> batches;
    for (std::size_t begin = 0; begin < windows.size(); begin += evaluation_batch) {
        std::vector<SampledSequence> sequences;
        for (std::size_t i = begin; i < std::min(windows.size(), begin + evaluation_batch); ++i)
            sequences.push_back({0, windows[i]});
        batches.push_back(read_windows(store, "valid", {domain}, spec.data.context, sequences));
    }
    return batches;
}

} // namespace retort
