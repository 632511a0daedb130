// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/fused_ops.h"

#include "nn/gelu_kernels.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace retort {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

using kernels::Factors;

thread_local Factors factors_of_thread = Factors::fp32;

bool is_plain_float(const at::Tensor& tensor) {
    return tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat;
}

bool has_rows(const at::Tensor& matrix) {
    return matrix.stride(0) == 1 || matrix.stride(1) == 1;
}

/// Where the project's product is the faster: with narrow registers only if b fits the caches and a needs no
/// turning.
bool prefers_own(const at::Tensor& a, const at::Tensor& b, Factors factors) {
    constexpr std::int64_t most = 1 << 20;
    if (!kernels::has_gemm() || !is_plain_float(a) || !is_plain_float(b) || !has_rows(a) || !has_rows(b))
        return false;
    return factors == Factors::bf16 || kernels::has_wide_gemm() || (a.stride(1) == 1 && b.numel() < most);
}

/// How a product is made beside its matrices.
struct Manner {
    Factors factors;
    const float* bias = nullptr;
    bool adds = false;
};

void own_product(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, const Manner& manner) {
    kernels::gemm({{a.data_ptr<float>(), a.stride(0), a.stride(1)},
                   {b.data_ptr<float>(), b.stride(0), b.stride(1)},
                   a.size(0),
                   b.size(1),
                   a.size(1),
                   out.data_ptr<float>(),
                   out.stride(0),
                   manner.bias,
                   manner.adds,
                   manner.factors});
}

at::Tensor matrix_of(const at::Tensor& x) {
    return x.reshape({-1, x.size(-1)});
}

at::Tensor product(const at::Tensor& a, const at::Tensor& b, Factors factors) {
    if (!prefers_own(a, b, factors)) return at::mm(a, b);
    const at::Tensor out = at::empty({a.size(0), b.size(1)}, a.options());
    own_product(out, a, b, {factors});
    return out;
}

at::Tensor affine(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, Factors factors) {
    if (!prefers_own(x, weight, factors)) return at::addmm(bias, x, weight);
    const at::Tensor out = at::empty({x.size(0), weight.size(1)}, x.options());
    own_product(out, x, weight, {factors, bias.data_ptr<float>()});
    return out;
}

class Linear : public torch::autograd::Function<Linear> {
public:
    static Variable forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                            const at::Tensor& bias) {
        context->save_for_backward({x, weight});
        context->saved_data["factors"] = static_cast<std::int64_t>(factors_of_thread);
        return affine(x, weight, bias, factors_of_thread);
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor upstream = gradients[0].contiguous();
        const auto factors = static_cast<Factors>(context->saved_data["factors"].toInt());
        return {product(upstream, saved[1].t(), factors), product(saved[0].t(), upstream, factors),
                upstream.sum(0)};
    }
};

class Gelu : public torch::autograd::Function<Gelu> {
public:
    static Variable forward(AutogradContext* context, const at::Tensor& x) {
        context->save_for_backward({x});
        const at::Tensor out = at::empty_like(x);
        kernels::gelu(x.data_ptr<float>(), out.data_ptr<float>(), x.numel());
        return out;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const at::Tensor x = context->get_saved_variables()[0];
        const at::Tensor upstream = gradients[0].contiguous(), out = at::empty_like(x);
        kernels::gelu_backward(x.data_ptr<float>(), upstream.data_ptr<float>(), out.data_ptr<float>(),
                               x.numel());
        return {out};
    }
};

} // namespace

bool has_own_kernels(const at::Tensor& tensor) {
    return kernels::has_gemm() && is_plain_float(tensor) && tensor.is_contiguous();
}

Factors product_factors() noexcept {
    return factors_of_thread;
}

void set_product_factors(Factors factors) noexcept {
    factors_of_thread = factors;
}

void multiply_into(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b) {
    if (prefers_own(a, b, factors_of_thread)) return own_product(out, a, b, {factors_of_thread});
    if (out.scalar_type() != a.scalar_type()) {
        out.copy_(at::mm(a, b));
        return;
    }
    at::Tensor target = out;
    at::mm_out(target, a, b);
}

void add_product(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b) {
    if (prefers_own(a, b, factors_of_thread))
        own_product(out, a, b, {factors_of_thread, nullptr, true});
    else if (a.scalar_type() == at::kFloat)
        out.addmm_(a, b);
    else
        out.add_(at::mm(a, b));
}

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    auto sizes = x.sizes().vec();
    sizes.back() = weight.size(1);
    const at::Tensor rows = matrix_of(x);
    return (is_plain_float(rows) ? Linear::apply(rows, weight, bias) : at::addmm(bias, rows, weight))
        .view(sizes);
}

at::Tensor gelu_new(const at::Tensor& x) {
    return is_plain_float(x) ? Variable(Gelu::apply(x.contiguous())) : at::gelu(x, "tanh");
}

} // namespace retort
