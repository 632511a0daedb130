// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/gpt2.h"

#include "base/error.h"
#include "nn/attention.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>
#include <sstream>

namespace retort {
namespace {

constexpr double initial_deviation = 0.02;
constexpr double norm_eps = 1e-5;

at::Tensor normal(const RandomStream& stream, at::IntArrayRef sizes, double deviation) {
    at::Tensor tensor = at::empty(sizes, at::kFloat);
    auto* data = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        data[i] = static_cast<float>(deviation * stream.normal(0, static_cast<std::uint64_t>(i)));
    return tensor;
}

at::Tensor initial(std::uint64_t seed, const std::string& name, at::IntArrayRef sizes, double deviation) {
    return normal(RandomStream(seed, "init", name), sizes, deviation);
}

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    const auto sizes = x.sizes().vec();
    at::Tensor y = at::addmm(bias, x.reshape({-1, sizes.back()}), weight);
    auto out = sizes;
    out.back() = weight.size(1);
    return y.view(out);
}

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

std::string sizes_text(const at::Tensor& tensor) {
    std::ostringstream text;
    text << tensor.sizes();
    return text.str();
}

} // namespace

Gpt2Shape shape_of(const ModelSpec& model, std::int64_t vocab, std::int64_t context) {
    return {model.layers, model.width, model.heads, vocab, context, model.tied};
}

bool can_be_cut(const Gpt2Shape& shape, std::int64_t length) {
    constexpr std::int64_t block = 8; // elements of one Philox block
    return shape.width * length % block == 0 && shape.heads * length * length % block == 0;
}

TransformerBody::TransformerBody(const Gpt2Shape& shape, std::uint64_t seed) : shape_(shape) {
    const std::int64_t d = shape.width;
    const double residual = initial_deviation / std::sqrt(2.0 * static_cast<double>(shape.layers));
    const auto ones = [&] { return at::ones({d}, at::kFloat); };
    const auto zeros = [](std::int64_t n) { return at::zeros({n}, at::kFloat); };
    wpe_ = initial(seed, "wpe.weight", {shape.positions, d}, initial_deviation);
    for (std::int64_t i = 0; i < shape.layers; ++i) {
        const std::string h = "h." + std::to_string(i) + ".";
        blocks_.push_back(
            {ones(), zeros(d), initial(seed, h + "attn.c_attn.weight", {d, 3 * d}, initial_deviation),
             zeros(3 * d), initial(seed, h + "attn.c_proj.weight", {d, d}, residual), zeros(d), ones(),
             zeros(d), initial(seed, h + "mlp.c_fc.weight", {d, 4 * d}, initial_deviation), zeros(4 * d),
             initial(seed, h + "mlp.c_proj.weight", {4 * d, d}, residual), zeros(d)});
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

at::Tensor TransformerBody::attend(const at::Tensor& x, const Block& block, const ForwardContext& context,
                                   const std::string& site) const {
    const at::Tensor qkv = linear(x, block.c_attn_weight, block.c_attn_bias);
    const at::Tensor mixed = causal_attention(qkv, shape_.heads, context, site + "attn");
    return linear(mixed, block.attn_proj_weight, block.attn_proj_bias);
}

at::Tensor TransformerBody::feed_forward(const at::Tensor& x, const Block& block) const {
    const at::Tensor inner = at::gelu(linear(x, block.c_fc_weight, block.c_fc_bias), "tanh");
    return linear(inner, block.mlp_proj_weight, block.mlp_proj_bias);
}

at::Tensor TransformerBody::forward(const at::Tensor& embedded, const ForwardContext& context) const {
    const std::int64_t sequences = embedded.size(0);
    at::Tensor x = dropout(embedded + wpe_.slice(0, 0, embedded.size(1)), sequences, context, "embedding");
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        call(context.between_layers);
        const Block& block = blocks_[i];
        const std::string site = "h." + std::to_string(i) + ".";
        const at::Tensor attended = attend(norm(x, block.ln_1_weight, block.ln_1_bias), block, context, site);
        x = x + dropout(attended, sequences, context, site + "attn.residual");
        const at::Tensor fed = feed_forward(norm(x, block.ln_2_weight, block.ln_2_bias), block);
        x = x + dropout(fed, sequences, context, site + "mlp.residual");
        watch_backward(x, context.between_layers);
    }
    return norm(x, ln_f_weight_, ln_f_bias_);
}

Gpt2::Gpt2(const Gpt2Shape& shape, std::uint64_t seed)
    : shape_(shape),
      wte_(initial(seed, "wte.weight", {shape.vocab, shape.width}, initial_deviation)),
      body_(shape, seed) {
    if (!shape.tied)
        lm_head_ = initial(seed, "lm_head.weight", {shape.vocab, shape.width}, initial_deviation);
}

at::Tensor Gpt2::hidden(const at::Tensor& tokens, const ForwardContext& context) const {
    return body_.forward(at::embedding(wte_, tokens), context);
}

std::vector<NamedTensor> Gpt2::parameters() const {
    std::vector<NamedTensor> all = {{"transformer.wte.weight", wte_}};
    for (NamedTensor& entry : body_.parameters())
        all.push_back({"transformer." + entry.name, entry.tensor});
    if (!shape_.tied) all.push_back({"lm_head.weight", lm_head_});
    return all;
}

void Gpt2::convert(const std::function<at::Tensor(const at::Tensor&)>& convert) {
    wte_ = convert(wte_);
    body_.convert(convert);
    if (!shape_.tied) lm_head_ = convert(lm_head_);
}

void Gpt2::load(const std::vector<NamedTensor>& weights, const std::string& source) {
    const at::NoGradGuard no_grad;
    for (const NamedTensor& parameter : parameters()) {
        const auto found = std::ranges::find(weights, parameter.name, &NamedTensor::name);
        if (found == weights.end())
            throw Error(ErrorKind::data,
                        source + " has no tensor " + parameter.name + "; take a GPT-2 of the same shape.");
        if (found->tensor.sizes() != parameter.tensor.sizes())
            throw Error(ErrorKind::data, source + ": " + parameter.name + " has the shape " +
                                             sizes_text(found->tensor) + " where " +
                                             sizes_text(parameter.tensor) + " is needed.");
        parameter.tensor.detach().copy_(found->tensor);
    }
}

} // namespace retort
