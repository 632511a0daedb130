// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/fused_ops.h"

#include "nn/gelu_kernels.h"
#include "nn/gemm_cpu.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace retort {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

bool is_plain_float(const at::Tensor& tensor) {
    return tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat;
}

bool has_rows(const at::Tensor& matrix) {
    return matrix.stride(0) == 1 || matrix.stride(1) == 1;
}

/// Where the project's product is the faster: b fits the caches, and a needs no turning.
bool prefers_own(const at::Tensor& a, const at::Tensor& b) {
    constexpr std::int64_t most = 1 << 20;
    return kernels::has_gemm() && is_plain_float(a) && is_plain_float(b) && a.stride(1) == 1 && has_rows(b) &&
           b.numel() < most;
}

void own_product(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, const float* bias) {
    kernels::gemm({{a.data_ptr<float>(), a.stride(0), a.stride(1)},
                   {b.data_ptr<float>(), b.stride(0), b.stride(1)},
                   a.size(0),
                   b.size(1),
                   a.size(1),
                   out.data_ptr<float>(),
                   out.stride(0),
                   bias});
}

at::Tensor matrix_of(const at::Tensor& x) {
    return x.reshape({-1, x.size(-1)});
}

at::Tensor product(const at::Tensor& a, const at::Tensor& b) {
    if (!prefers_own(a, b)) return at::mm(a, b);
    const at::Tensor out = at::empty({a.size(0), b.size(1)}, a.options());
    own_product(out, a, b, nullptr);
    return out;
}

at::Tensor affine(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    if (!prefers_own(x, weight)) return at::addmm(bias, x, weight);
    const at::Tensor out = at::empty({x.size(0), weight.size(1)}, x.options());
    own_product(out, x, weight, bias.data_ptr<float>());
    return out;
}

class Linear : public torch::autograd::Function<Linear> {
public:
    static Variable forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                            const at::Tensor& bias) {
        context->save_for_backward({x, weight});
        return affine(x, weight, bias);
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor upstream = gradients[0].contiguous();
        return {product(upstream, saved[1].t()), at::mm(saved[0].t(), upstream), upstream.sum(0)};
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

void multiply_into(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b) {
    if (prefers_own(a, b)) return own_product(out, a, b, nullptr);
    at::Tensor target = out;
    at::mm_out(target, a, b);
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
