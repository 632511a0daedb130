// SPDX-License-Identifier: GPL-3.0-or-later
// The teacher of a group: its hidden states for a batch, computed or, in cached mode, kept from the first
// time on.
#pragma once

#include "data/block_cache.h"
#include "data/sampler.h"
#include "data/token_store.h"
#include "engine/train.h"
#include "nn/batch.h"
#include "nn/gpt2.h"

#include <atomic>
#include <span>
#include <string>
#include <vector>

namespace retort {

class Teacher {
public:
    /// `user`: any member that learns from it. Throws Error{data} when it does not fit the tokens.
    Teacher(const TrainingMember& user, const ResolvedSettings& resolved, const TokenStore& store);

    /// Hidden states [B × context, D] after the final norm. `sequences` are those of the batch. The context's
    /// between_layers may throw. In cached mode they are rounded to bf16 whether they were kept or not, so
    /// that results do not depend on what was.
    [[nodiscard]] at::Tensor hidden(const Batch& batch, std::span<const SampledSequence> sequences,
                                    const ForwardContext& context);
    [[nodiscard]] const at::Tensor& head_weight() const { return model_.head_weight(); }

private:
    [[nodiscard]] at::Tensor cached_hidden(const Batch& batch, std::span<const SampledSequence> sequences,
                                           const ForwardContext& context);
    void keep(const at::Tensor& block, const SampledSequence& sequence);

    Gpt2 model_;
    at::ScalarType compute_;
    std::vector<BlockCache> caches_;         ///< by domain; empty when online
    std::atomic<bool> is_disk_full_ = false; ///< nothing more is kept; shares are computed by several threads
};

} // namespace retort
