// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/token_tables.h"

#include "base/philox.h"

#include <ATen/ATen.h>
#include <cmath>

namespace retort {
namespace {

template <class Draw>
at::Tensor drawn(at::IntArrayRef sizes, const Draw& draw) {
    at::Tensor tensor = at::empty(sizes, at::kFloat);
    auto* data = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        data[i] = static_cast<float>(draw(static_cast<std::uint64_t>(i)));
    return tensor;
}

} // namespace

at::Tensor drawn_normal(std::uint64_t seed, const std::string& name, at::IntArrayRef sizes,
                        double deviation) {
    const RandomStream stream(seed, "init", name);
    return drawn(sizes, [&](std::uint64_t i) { return deviation * stream.normal(0, i); });
}

at::Tensor drawn_uniform(std::uint64_t seed, const std::string& name, at::IntArrayRef sizes, double bound) {
    const RandomStream stream(seed, "init", name);
    return drawn(sizes, [&](std::uint64_t i) {
        return bound * (2 * std::ldexp(static_cast<double>(stream.bits(0, i) >> 11), -53) - 1);
    });
}

TokenTables TokenTables::fresh(std::int64_t vocab, std::int64_t width, bool tied, bool has_bias,
                               ModelInit init, std::uint64_t seed) {
    const bool is_torch = init == ModelInit::torch;
    const double bound = 1 / std::sqrt(static_cast<double>(width)); // kaiming-uniform with a = √5
    TokenTables tables;
    tables.embedding = drawn_normal(seed, "wte.weight", {vocab, width}, is_torch ? 1.0 : initial_deviation);
    if (!tied)
        tables.head = is_torch ? drawn_uniform(seed, "lm_head.weight", {vocab, width}, bound)
                               : drawn_normal(seed, "lm_head.weight", {vocab, width}, initial_deviation);
    if (has_bias)
        tables.bias = is_torch ? drawn_uniform(seed, "lm_head.bias", {vocab}, bound) : at::zeros({vocab});
    return tables;
}

at::Tensor TokenTables::embed(const at::Tensor& tokens, const ForwardContext& context) const {
    if (context.embedded == nullptr || !embedding.requires_grad() || !embedding.device().is_cpu())
        return at::embedding(embedding, tokens);
    at::Tensor rows = at::embedding(embedding.detach(), tokens).requires_grad_(true);
    context.embedded->push_back({embedding, tokens, rows});
    return rows;
}

void TokenTables::visit(const std::string& embedding_name, const std::string& head_prefix,
                        const std::function<void(const std::string&, at::Tensor&)>& visit) {
    visit(embedding_name, embedding);
    if (head.defined()) visit(head_prefix + "weight", head);
    if (bias.defined()) visit(head_prefix + "bias", bias);
}

} // namespace retort
