// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/gpt2.h"
#include "spec/run_spec.h"

#include <cstdint>
#include <vector>

namespace retort {

/// AdamW with decoupled decay (arXiv 1711.05101), PyTorch's arithmetic, on fp32 weights of any device. Decay
/// touches matrices and embeddings only, as the recipes of GPT-2 do.
class AdamW {
public:
    AdamW(std::vector<NamedTensor> weights, const OptimSpec& optim);

    /// One update of every weight with its gradient × gradient_scale, in the same order as the weights. Those
    /// that `rests` marks (empty: none) stay as they are, with their moments and their count of updates.
    void update(const std::vector<at::Tensor>& gradients, double lr, double gradient_scale,
                const std::vector<bool>& rests = {});

    /// Forgets the moments and counts updates from 0.
    void begin_anew();

    /// Of each weight.
    [[nodiscard]] const std::vector<std::int64_t>& updates() const { return updates_; }
    /// exp_avg.<name> and exp_avg_sq.<name>.
    [[nodiscard]] std::vector<NamedTensor> state() const;
    /// Throws Error{data} when a tensor is missing.
    void restore(const std::vector<NamedTensor>& state, const std::vector<std::int64_t>& updates,
                 const std::string& source);

private:
    std::vector<NamedTensor> weights_;
    OptimSpec optim_;
    std::vector<at::Tensor> first_, second_;
    std::vector<std::int64_t> updates_;
};

} // namespace retort
