// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/attention.h"

#include "base/philox.h"
#include "nn/attention_kernels.h"
#include "nn/fused_ops.h"
#include "nn/kernels_cpu.h"

#include <ATen/ATen.h>
#include <cmath>
#include <limits>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/version.h>

namespace retort {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

bool is_plain_float(const at::Tensor& tensor) {
    return tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat;
}

/// softmax over the past and the present of scaled scores [M, T, T], by the row kernels.
class CausalSoftmax : public torch::autograd::Function<CausalSoftmax> {
public:
    static Variable forward(AutogradContext* context, const at::Tensor& scores, double scale) {
        const at::Tensor probabilities = scores.clone(at::MemoryFormat::Contiguous);
        kernels::causal_softmax(probabilities.data_ptr<float>(), scores.size(0), scores.size(1),
                                static_cast<float>(scale));
        context->saved_data["scale"] = scale;
        context->save_for_backward({probabilities});
        return probabilities;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const at::Tensor probabilities = context->get_saved_variables()[0];
        const at::Tensor gradient = gradients[0].clone(at::MemoryFormat::Contiguous);
        kernels::causal_softmax_backward(probabilities.data_ptr<float>(), gradient.data_ptr<float>(),
                                         gradient.size(0), gradient.size(1),
                                         static_cast<float>(context->saved_data["scale"].toDouble()));
        return {gradient, Variable()};
    }
};

at::Tensor causal_softmax(const at::Tensor& scores, double scale) {
    if (is_plain_float(scores)) return CausalSoftmax::apply(scores, scale);
    const std::int64_t t = scores.size(-1);
    const at::Tensor future = at::ones({t, t}, scores.options().dtype(at::kBool)).triu(1);
    return at::softmax((scores * scale).masked_fill(future, -std::numeric_limits<float>::infinity()), -1);
}

/// Elements that follow each other in a dropout stream: `size` of them from its element `first` on.
struct StreamRun {
    std::int64_t first = 0, size = 0;
};

/// Where the elements of each sequence lie, neighbours joined.
std::vector<StreamRun> runs_of(std::int64_t sequences, std::int64_t size, const ForwardContext& context) {
    if (context.sequences.empty()) return {{context.first_sequence * size, sequences * size}};
    std::vector<StreamRun> runs;
    for (const std::int64_t number : context.sequences) {
        const std::int64_t first = number * size;
        if (!runs.empty() && runs.back().first + runs.back().size == first)
            runs.back().size += size;
        else
            runs.push_back({first, size});
    }
    return runs;
}

/// Of 65536; what falls below is dropped.
std::uint32_t threshold_of(const ForwardContext& context) {
    return static_cast<std::uint32_t>(std::lround(context.dropout * 65536.0));
}

double kept_scale(std::uint32_t threshold) {
    return 65536.0 / static_cast<double>(65536 - threshold);
}

void fill_mask(const at::Tensor& mask, std::uint32_t threshold, const RandomStream& stream,
               std::uint64_t step, const std::vector<StreamRun>& runs) {
    auto* flags = mask.data_ptr<std::uint8_t>();
    for (const StreamRun& run : runs) {
        kernels::dropout_mask(flags, run.size, threshold, stream, step, run.first);
        flags += run.size;
    }
}

class Dropout : public torch::autograd::Function<Dropout> {
public:
    static Variable forward(AutogradContext* context, const at::Tensor& input, std::int64_t threshold,
                            const RandomStream& stream, std::uint64_t step,
                            const std::vector<StreamRun>& runs) {
        const at::Tensor x = input.contiguous();
        const at::Tensor mask = at::empty(x.sizes(), at::kByte);
        const auto drop = static_cast<std::uint32_t>(threshold);
        const double scale = kept_scale(drop);
        context->saved_data["scale"] = scale;
        if (is_plain_float(x)) {
            const at::Tensor out = at::empty_like(x);
            std::int64_t at = 0;
            for (const StreamRun& run : runs) {
                kernels::dropout(x.data_ptr<float>() + at, out.data_ptr<float>() + at,
                                 mask.data_ptr<std::uint8_t>() + at, run.size, drop, stream, step, run.first);
                at += run.size;
            }
            context->save_for_backward({mask});
            return out;
        }
        fill_mask(mask, drop, stream, step, runs);
        const at::Tensor there = mask.to(x.device());
        context->save_for_backward({there});
        return x * there * scale;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const at::Tensor mask = context->get_saved_variables()[0];
        return {gradients[0] * mask * context->saved_data["scale"].toDouble(), Variable(), Variable(),
                Variable(), Variable()};
    }
};

/// The whole of attention by the project's kernels.
class OwnAttention : public torch::autograd::Function<OwnAttention> {
public:
    static Variable forward(AutogradContext* context, const at::Tensor& qkv, std::int64_t heads,
                            const at::Tensor& mask, double mask_scale) {
        const std::int64_t batch = qkv.size(0), length = qkv.size(1), width = qkv.size(2) / 3;
        const at::Tensor mixed = at::empty({batch, length, width}, qkv.options());
        at::Tensor probabilities;
        if (qkv.requires_grad()) probabilities = at::empty({batch, heads, length, length}, qkv.options());
        context->saved_data["factors"] = static_cast<std::int64_t>(product_factors());
        kernels::causal_attention(arguments(qkv, heads, mask, mask_scale, product_factors()),
                                  probabilities.defined() ? probabilities.data_ptr<float>() : nullptr,
                                  mixed.data_ptr<float>());
        context->saved_data["heads"] = heads;
        context->saved_data["mask_scale"] = mask_scale;
        context->save_for_backward({qkv, probabilities, mask});
        return mixed;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor &qkv = saved[0], upstream = gradients[0].contiguous(), out = at::empty_like(qkv);
        const auto factors = static_cast<kernels::Factors>(context->saved_data["factors"].toInt());
        kernels::causal_attention_backward(arguments(qkv, context->saved_data["heads"].toInt(), saved[2],
                                                     context->saved_data["mask_scale"].toDouble(), factors),
                                           saved[1].data_ptr<float>(), upstream.data_ptr<float>(),
                                           out.data_ptr<float>());
        return {out, Variable(), Variable(), Variable()};
    }

private:
    static kernels::Attention arguments(const at::Tensor& qkv, std::int64_t heads, const at::Tensor& mask,
                                        double mask_scale, kernels::Factors factors) {
        const std::int64_t depth = qkv.size(2) / 3 / heads;
        return {qkv.data_ptr<float>(),
                qkv.size(0),
                qkv.size(1),
                heads,
                depth,
                static_cast<float>(1.0 / std::sqrt(static_cast<double>(depth))),
                mask.numel() > 0 ? mask.data_ptr<std::uint8_t>() : nullptr,
                static_cast<float>(mask_scale),
                factors};
    }
};

at::Tensor own_attention(const at::Tensor& qkv, std::int64_t heads, const ForwardContext& context,
                         const std::string& site) {
    const std::uint32_t threshold = threshold_of(context);
    at::Tensor mask = at::empty({0}, at::kByte); // autograd takes no undefined input
    if (threshold != 0) {
        const std::int64_t matrices = heads * qkv.size(1) * qkv.size(1);
        mask = at::empty({qkv.size(0), matrices}, at::kByte);
        fill_mask(mask, threshold, RandomStream(context.seed, "dropout", site), context.step,
                  runs_of(qkv.size(0), matrices, context));
    }
    return OwnAttention::apply(qkv, heads, mask, kept_scale(threshold));
}

} // namespace

at::Tensor dropout(const at::Tensor& x, std::int64_t sequences, const ForwardContext& context,
                   const std::string& site) {
    const std::int64_t threshold = threshold_of(context);
    if (threshold == 0) return x;
    return Dropout::apply(x, threshold, RandomStream(context.seed, "dropout", site), context.step,
                          runs_of(sequences, x.numel() / sequences, context));
}

at::Tensor causal_attention(const at::Tensor& qkv, std::int64_t heads, const ForwardContext& context,
                            const std::string& site) {
    if (has_own_kernels(qkv)) return own_attention(qkv, heads, context, site);
    const std::int64_t batch = qkv.size(0), length = qkv.size(1), width = qkv.size(2) / 3,
                       depth = width / heads;
    const at::Tensor split = qkv.view({batch, length, 3, heads, depth}).permute({2, 0, 3, 1, 4});
    const double scale = 1.0 / std::sqrt(static_cast<double>(depth));
#if TORCH_VERSION_MAJOR >= 2
    if (qkv.device().is_cuda() && context.dropout == 0) {
        const at::Tensor mixed =
            at::scaled_dot_product_attention(split[0], split[1], split[2], {}, 0.0, true);
        return mixed.transpose(1, 2).reshape({batch, length, width});
    }
#endif
    const at::Tensor parts = split.reshape({3, batch * heads, length, depth});
    const at::Tensor weights = causal_softmax(at::bmm(parts[0], parts[1].transpose(1, 2)), scale);
    const at::Tensor mixed = at::bmm(dropout(weights, batch, context, site), parts[2]);
    return mixed.view({batch, heads, length, depth}).transpose(1, 2).reshape({batch, length, width});
}

} // namespace retort
