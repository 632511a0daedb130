// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/adamw.h"

#include "base/error.h"
#include "nn/kernels_cpu.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

struct Coefficients {
    double decay_factor, beta1, beta2, step_size, second_correction, eps, gradient_scale;
};

void update_cpu(const at::Tensor& weight, const at::Tensor& gradient, const at::Tensor& first,
                const at::Tensor& second, const Coefficients& c) {
    kernels::adamw({weight.data_ptr<float>(), gradient.data_ptr<float>(), first.data_ptr<float>(),
                    second.data_ptr<float>(), weight.numel(), static_cast<float>(c.gradient_scale),
                    static_cast<float>(c.decay_factor), static_cast<float>(1.0 - c.beta1),
                    static_cast<float>(c.beta2), static_cast<float>(1.0 - c.beta2),
                    static_cast<float>(c.step_size), static_cast<float>(c.second_correction),
                    static_cast<float>(c.eps)});
}

void update_anywhere(const at::Tensor& weight, const at::Tensor& gradient, const at::Tensor& first,
                     const at::Tensor& second, const Coefficients& c) {
    const at::Tensor g = gradient * c.gradient_scale;
    first.lerp_(g, 1.0 - c.beta1);
    second.mul_(c.beta2).addcmul_(g, g, 1.0 - c.beta2);
    weight.mul_(c.decay_factor);
    weight.addcdiv_(first, second.sqrt().div_(c.second_correction).add_(c.eps), -c.step_size);
}

const at::Tensor& tensor_named(const std::vector<NamedTensor>& all, const std::string& name,
                               const std::string& source) {
    const auto found = std::ranges::find(all, name, &NamedTensor::name);
    if (found == all.end())
        throw Error(ErrorKind::data, source + " has no tensor " + name + "; it belongs to another run.");
    return found->tensor;
}

} // namespace

AdamW::AdamW(std::vector<NamedTensor> weights, const OptimSpec& optim)
    : weights_(std::move(weights)), optim_(optim), updates_(weights_.size()) {
    for (const NamedTensor& weight : weights_) {
        first_.push_back(at::zeros_like(weight.tensor.detach()));
        second_.push_back(at::zeros_like(weight.tensor.detach()));
    }
}

void AdamW::update(const std::vector<at::Tensor>& gradients, double lr, double gradient_scale,
                   const std::vector<bool>& rests) {
    const at::NoGradGuard no_grad;
    const double beta1 = optim_.betas[0], beta2 = optim_.betas[1];
    for (std::size_t i = 0; i < weights_.size(); ++i) {
        if (!rests.empty() && rests[i]) continue;
        const auto t = static_cast<double>(++updates_[i]);
        const at::Tensor weight = weights_[i].tensor.detach();
        const double decay = weight.dim() >= 2 ? optim_.weight_decay : 0.0;
        const Coefficients c = {1.0 - lr * decay,
                                beta1,
                                beta2,
                                lr / (1.0 - std::pow(beta1, t)),
                                std::sqrt(1.0 - std::pow(beta2, t)),
                                optim_.eps,
                                gradient_scale};
        if (weight.device().is_cpu())
            update_cpu(weight, gradients[i].contiguous(), first_[i], second_[i], c);
        else
            update_anywhere(weight, gradients[i], first_[i], second_[i], c);
    }
}

void AdamW::begin_anew() {
    for (const auto* moments : {&first_, &second_})
        for (const at::Tensor& moment : *moments)
            moment.zero_();
    updates_.assign(updates_.size(), 0);
}

std::vector<NamedTensor> AdamW::state() const {
    std::vector<NamedTensor> all;
    for (std::size_t i = 0; i < weights_.size(); ++i)
        all.push_back({"exp_avg." + weights_[i].name, first_[i]});
    for (std::size_t i = 0; i < weights_.size(); ++i)
        all.push_back({"exp_avg_sq." + weights_[i].name, second_[i]});
    return all;
}

void AdamW::restore(const std::vector<NamedTensor>& state, const std::vector<std::int64_t>& updates,
                    const std::string& source) {
    if (updates.size() != weights_.size())
        throw Error(ErrorKind::data, source + " counts updates of other weights; it belongs to another run.");
    const at::NoGradGuard no_grad;
    for (std::size_t i = 0; i < weights_.size(); ++i) {
        first_[i].copy_(tensor_named(state, "exp_avg." + weights_[i].name, source));
        second_[i].copy_(tensor_named(state, "exp_avg_sq." + weights_[i].name, source));
    }
    updates_ = updates;
}

} // namespace retort
