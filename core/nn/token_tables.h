// SPDX-License-Identifier: GPL-3.0-or-later
// The two ends of a model: the token embedding and the output head.
#pragma once

#include "nn/language_model.h"
#include "spec/run_spec.h"

namespace retort {

/// Elements of a fresh tensor come from Philox(seed, "init", name), so that they do not depend on what else
/// is drawn.
[[nodiscard]] at::Tensor drawn_normal(std::uint64_t seed, const std::string& name, at::IntArrayRef sizes,
                                      double deviation);
/// Uniform in [−bound, bound).
[[nodiscard]] at::Tensor drawn_uniform(std::uint64_t seed, const std::string& name, at::IntArrayRef sizes,
                                       double bound);

inline constexpr double initial_deviation = 0.02; ///< of GPT-2's weights

struct TokenTables {
    at::Tensor embedding; ///< [V, D]
    at::Tensor head;      ///< [V, D]; undefined when tied
    at::Tensor bias;      ///< [V] of the head; undefined when it has none

    /// Streams are named wte.weight, lm_head.weight and lm_head.bias.
    [[nodiscard]] static TokenTables fresh(std::int64_t vocab, std::int64_t width, bool tied, bool has_bias,
                                           ModelInit init, std::uint64_t seed);

    /// Embeddings [B, T, D] of tokens [B, T]. On the CPU their gradient is left to `context.embedded`, where
    /// that is given and the table learns: a gradient as large as the table costs more than the rows.
    [[nodiscard]] at::Tensor embed(const at::Tensor& tokens, const ForwardContext& context) const;
    [[nodiscard]] const at::Tensor& head_weight() const { return head.defined() ? head : embedding; }
    /// Calls visit(name, tensor) for those that are there; `embedding_name` is the embedding's name, the
    /// others are `head_prefix`weight and `head_prefix`bias.
    void visit(const std::string& embedding_name, const std::string& head_prefix,
               const std::function<void(const std::string& name, at::Tensor& tensor)>& visit);
};

} // namespace retort
