// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/gpt2.h"

#include "nn/attention.h"
#include "nn/fused_ops.h"
#include "nn/kv_cache.h"
#include "nn/model_folder.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr double norm_eps = 1e-5;
constexpr std::int64_t piece_rows = 256; // tokens whose activations fit a cache

at::Tensor norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    return at::layer_norm(x, {x.size(-1)}, weight, bias, norm_eps);
}

void call(const std::function<void()>& function) {
    if (function) function();
}

/// Reads a wish to stop when the backward pass comes through here.
void watch_backward(const at::Tensor& x, const std::function<void()>& between_layers) {
    if (between_layers && x.requires_grad())
        x.register_hook([between_layers](const at::Tensor&) { between_layers(); });
}

} // namespace

Gpt2Shape shape_of(const ModelSpec& model, std::int64_t vocab, std::int64_t context) {
    return {model.layers, model.width, model.heads, vocab, context, model.tied};
}

bool can_be_cut(const Gpt2Shape& shape, std::int64_t length) {
    constexpr std::int64_t block = 8; // elements of one Philox block
    return shape.width * length % block == 0 && shape.heads * length * length % block == 0;
}

TransformerBody::TransformerBody(const Gpt2Shape& shape, std::uint64_t seed, const std::string& prefix)
    : shape_(shape) {
    const std::int64_t d = shape.width;
    const double residual = initial_deviation / std::sqrt(2.0 * static_cast<double>(shape.layers));
    const auto ones = [&] { return at::ones({d}, at::kFloat); };
    const auto zeros = [](std::int64_t n) { return at::zeros({n}, at::kFloat); };
    const auto initial = [&](const std::string& name, at::IntArrayRef sizes, double deviation) {
        return drawn_normal(seed, prefix + name, sizes, deviation);
    };
    wpe_ = initial("wpe.weight", {shape.positions, d}, initial_deviation);
    for (std::int64_t i = 0; i < shape.layers; ++i) {
        const std::string h = "h." + std::to_string(i) + ".";
        blocks_.push_back({ones(), zeros(d), initial(h + "attn.c_attn.weight", {d, 3 * d}, initial_deviation),
                           zeros(3 * d), initial(h + "attn.c_proj.weight", {d, d}, residual), zeros(d),
                           ones(), zeros(d), initial(h + "mlp.c_fc.weight", {d, 4 * d}, initial_deviation),
                           zeros(4 * d), initial(h + "mlp.c_proj.weight", {4 * d, d}, residual), zeros(d)});
    }
    ln_f_weight_ = ones();
    ln_f_bias_ = zeros(d);
}

void TransformerBody::visit(const Visit& visit) {
    visit("wpe.weight", wpe_);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        Block& b = blocks_[i];
        const std::string h = "h." + std::to_string(i) + ".";
        visit(h + "ln_1.weight", b.ln_1_weight);
        visit(h + "ln_1.bias", b.ln_1_bias);
        visit(h + "attn.c_attn.weight", b.c_attn_weight);
        visit(h + "attn.c_attn.bias", b.c_attn_bias);
        visit(h + "attn.c_proj.weight", b.attn_proj_weight);
        visit(h + "attn.c_proj.bias", b.attn_proj_bias);
        visit(h + "ln_2.weight", b.ln_2_weight);
        visit(h + "ln_2.bias", b.ln_2_bias);
        visit(h + "mlp.c_fc.weight", b.c_fc_weight);
        visit(h + "mlp.c_fc.bias", b.c_fc_bias);
        visit(h + "mlp.c_proj.weight", b.mlp_proj_weight);
        visit(h + "mlp.c_proj.bias", b.mlp_proj_bias);
    }
    visit("ln_f.weight", ln_f_weight_);
    visit("ln_f.bias", ln_f_bias_);
}

std::vector<NamedTensor> TransformerBody::parameters() const {
    std::vector<NamedTensor> all;
    const_cast<TransformerBody*>(this)->visit([&](const std::string& name, at::Tensor& tensor) {
        all.push_back({name, tensor});
    });
    return all;
}

void TransformerBody::convert(const std::function<at::Tensor(const at::Tensor&)>& convert) {
    visit([&](const std::string&, at::Tensor& tensor) { tensor = convert(tensor); });
}

at::Tensor TransformerBody::attend(const at::Tensor& x, std::size_t layer, const ForwardContext& context,
                                   const std::string& site) const {
    const Block& block = blocks_[layer];
    const at::Tensor qkv = linear(x, block.c_attn_weight, block.c_attn_bias);
    const at::Tensor mixed = context.cache != nullptr
                                 ? context.cache->attend(layer, qkv, shape_.heads, shape_.positions)
                                 : causal_attention(qkv, shape_.heads, context, site + "attn");
    return linear(mixed, block.attn_proj_weight, block.attn_proj_bias);
}

at::Tensor TransformerBody::feed_forward(const at::Tensor& x, const Block& block) const {
    const at::Tensor inner = gelu_new(linear(x, block.c_fc_weight, block.c_fc_bias));
    return linear(inner, block.mlp_proj_weight, block.mlp_proj_bias);
}

/// Where nothing is kept for a backward pass, a few sequences at a time go through all layers, so that what
/// lies between these stays in the cache.
at::Tensor TransformerBody::forward(const at::Tensor& embedded, const ForwardContext& context) const {
    const std::int64_t sequences = embedded.size(0),
                       piece = std::max<std::int64_t>(1, piece_rows / embedded.size(1));
    const bool keeps_nothing = !at::GradMode::is_enabled() && context.dropout == 0;
    if (!keeps_nothing || !embedded.device().is_cpu() || sequences <= piece) return pass(embedded, context);
    std::vector<at::Tensor> parts;
    for (std::int64_t begin = 0; begin < sequences; begin += piece)
        parts.push_back(pass(embedded.slice(0, begin, std::min(sequences, begin + piece)), context));
    return at::cat(parts);
}

at::Tensor TransformerBody::pass(const at::Tensor& embedded, const ForwardContext& context) const {
    const std::int64_t sequences = embedded.size(0), length = embedded.size(1),
                       past = context.cache != nullptr ? context.cache->length() : 0;
    at::Tensor x = dropout(embedded + wpe_.slice(0, past, past + length), sequences, context,
                           context.site + "embedding");
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        call(context.between_layers);
        const Block& block = blocks_[i];
        const std::string site = context.site + "h." + std::to_string(i) + ".";
        const at::Tensor attended = attend(norm(x, block.ln_1_weight, block.ln_1_bias), i, context, site);
        x = x + dropout(attended, sequences, context, site + "attn.residual");
        const at::Tensor fed = feed_forward(norm(x, block.ln_2_weight, block.ln_2_bias), block);
        x = x + dropout(fed, sequences, context, site + "mlp.residual");
        watch_backward(x, context.between_layers);
    }
    if (context.cache != nullptr) context.cache->advance(length);
    return norm(x, ln_f_weight_, ln_f_bias_);
}

Gpt2::Gpt2(const Gpt2Shape& shape, std::uint64_t seed, ModelInit init)
    : shape_(shape),
      tables_(TokenTables::fresh(shape.vocab, shape.width, shape.tied, false, init, seed)),
      body_(shape, seed) {}

std::unique_ptr<LanguageModel> Gpt2::clone() const {
    return std::make_unique<Gpt2>(*this);
}

at::Tensor Gpt2::hidden(const at::Tensor& tokens, const ForwardContext& context) const {
    return body_.forward(tables_.embed(tokens, context), context);
}

std::vector<NamedTensor> Gpt2::parameters() const {
    TokenTables tables = tables_;
    std::vector<NamedTensor> ends, all;
    tables.visit("transformer.wte.weight", "lm_head.", [&](const std::string& name, at::Tensor& tensor) {
        ends.push_back({name, tensor});
    });
    all.push_back(ends.front());
    for (NamedTensor& entry : body_.parameters())
        all.push_back({"transformer." + entry.name, entry.tensor});
    all.insert(all.end(), ends.begin() + 1, ends.end());
    return all;
}

void Gpt2::convert(const std::function<at::Tensor(const at::Tensor&)>& convert) {
    tables_.visit("", "", [&](const std::string&, at::Tensor& tensor) { tensor = convert(tensor); });
    body_.convert(convert);
}

void Gpt2::write(const std::filesystem::path& folder, const std::vector<NamedTensor>& weights) const {
    write_model(folder, shape_, weights);
}

} // namespace retort
