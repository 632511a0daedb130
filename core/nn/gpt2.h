// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2 as Hugging Face defines it (pre-LN, gelu_new, learned positions, LayerNorm eps 1e-5), with its key
// names and its Conv1D layout: weights of linear layers are [in, out].
#pragma once

#include "nn/token_tables.h"

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

struct Gpt2Shape {
    std::int64_t layers = 2;
    std::int64_t width = 96;
    std::int64_t heads = 4;
    std::int64_t vocab = 4000;
    std::int64_t positions = 128;
    bool tied = true;
    bool operator==(const Gpt2Shape&) const = default;
};

[[nodiscard]] Gpt2Shape shape_of(const ModelSpec& model, std::int64_t vocab, std::int64_t context);

/// Drops elements by a counter-based mask (purpose "dropout", name `site`); the same mask on every device and
/// however the micro-batch is cut. x holds `sequences` sequences one after the other.
[[nodiscard]] at::Tensor dropout(const at::Tensor& x, std::int64_t sequences, const ForwardContext& context,
                                 const std::string& site);

/// Whether the elements of a sequence fill whole blocks of the dropout streams at every site, so that a share
/// can begin with any sequence.
[[nodiscard]] bool can_be_cut(const Gpt2Shape& shape, std::int64_t length);

/// Positions, blocks and the final norm: everything between the embedding and the head.
class TransformerBody {
public:
    /// Fresh weights are drawn by Philox(seed, "init", prefix + name): N(0, 0.02), residual projections
    /// N(0, 0.02 / √(2 × layers)), biases 0, norms 1.
    TransformerBody(const Gpt2Shape& shape, std::uint64_t seed, const std::string& prefix = {});

    /// Token embeddings [B, T, D] -> hidden states [B, T, D], T ≤ positions; with a cache see nn/kv_cache.h.
    [[nodiscard]] at::Tensor forward(const at::Tensor& embedded, const ForwardContext& context) const;

    /// Names without a prefix: wpe.weight, h.0.ln_1.weight, …, ln_f.bias.
    [[nodiscard]] std::vector<NamedTensor> parameters() const;
    /// Replaces every tensor by `convert` of it, e.g. to another type or device.
    void convert(const std::function<at::Tensor(const at::Tensor&)>& convert);
    using Visit = std::function<void(const std::string& name, at::Tensor& tensor)>;
    void visit(const Visit& visit);

private:
    struct Block {
        at::Tensor ln_1_weight, ln_1_bias;
        at::Tensor c_attn_weight, c_attn_bias, attn_proj_weight, attn_proj_bias;
        at::Tensor ln_2_weight, ln_2_bias;
        at::Tensor c_fc_weight, c_fc_bias, mlp_proj_weight, mlp_proj_bias;
    };
    [[nodiscard]] at::Tensor pass(const at::Tensor& embedded, const ForwardContext& context) const;
    [[nodiscard]] at::Tensor attend(const at::Tensor& x, std::size_t layer, const ForwardContext& context,
                                    const std::string& site) const;
    [[nodiscard]] at::Tensor feed_forward(const at::Tensor& x, const Block& block) const;

    Gpt2Shape shape_;
    at::Tensor wpe_;
    std::vector<Block> blocks_;
    at::Tensor ln_f_weight_, ln_f_bias_;
};

/// Embedding, body and head.
class Gpt2 : public LanguageModel {
public:
    Gpt2(const Gpt2Shape& shape, std::uint64_t seed, ModelInit init = ModelInit::gpt2);
    [[nodiscard]] std::unique_ptr<LanguageModel> clone() const override;

    [[nodiscard]] const Gpt2Shape& shape() const { return shape_; }
    /// Tokens [B, T] int64 -> hidden states [B, T, D] after the final norm.
    [[nodiscard]] at::Tensor hidden(const at::Tensor& tokens, const ForwardContext& context) const;
    [[nodiscard]] at::Tensor forward(const ModelInput& input, const ForwardContext& context) const override {
        return hidden(input.tokens, context);
    }
    /// [V, D]; the embedding itself when tied.
    [[nodiscard]] const at::Tensor& head_weight() const override { return tables_.head_weight(); }

    /// Hugging Face names: transformer.wte.weight, transformer.h.0.…, and lm_head.weight when untied.
    [[nodiscard]] std::vector<NamedTensor> parameters() const override;
    void convert(const std::function<at::Tensor(const at::Tensor&)>& convert) override;
    void write(const std::filesystem::path& folder, const std::vector<NamedTensor>& weights) const override;

private:
    Gpt2Shape shape_;
    TokenTables tables_;
    TransformerBody body_;
};

} // namespace retort
