// SPDX-License-Identifier: GPL-3.0-or-later
// What a group reads: windows of the token store as batches, and which windows an evaluation reads.
#pragma once

#include "data/sampler.h"
#include "data/token_store.h"

#include <string>
#include <vector>

namespace at {
class Tensor;
}

namespace retort {

/// Options of the sampler of a run's training, over the windows of its train split.
/// Throws Error{data} when a domain has not one whole window.
[[nodiscard]] Sampler::Options sampler_options(const RunSpec& spec, const TokenStore& store);

/// [B, context + 1] int64 on the CPU. `domains` are the sampler's.
[[nodiscard]] at::Tensor read_windows(const TokenStore& store, const std::string& split,
                                      const std::vector<std::string>& domains, std::int64_t context,
                                      const std::vector<SampledSequence>& sequences);

/// `count` windows of a split, evenly spread over it; all of them where there are fewer, or count is 0.
/// Throws Error{data} when there is not one whole window.
[[nodiscard]] std::vector<std::int64_t> spread_windows(const TokenStore& store, const std::string& split,
                                                       const std::string& domain, std::int64_t context,
                                                       std::int64_t count);

/// Windows that an evaluation reads: evenly spread over a domain's valid split, at least `tokens` targets
/// where there are as many, all of them when tokens is 0. Throws Error{data} when there is not one whole
/// window.
[[nodiscard]] std::vector<std::int64_t> evaluation_windows(const TokenStore& store, const std::string& domain,
                                                           std::int64_t context, std::int64_t tokens);

/// The windows of an evaluation of a domain, [B, context + 1] int64 on the CPU, B at most 16.
[[nodiscard]] std::vector<at::Tensor> evaluation_batches(const TokenStore& store, const RunSpec& spec,
                                                         const std::string& domain);

} // namespace retort
