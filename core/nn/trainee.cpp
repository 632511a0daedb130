// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/trainee.h"

#include "nn/kernels_cpu.h"

#include <ATen/ATen.h>
#include <cmath>

namespace retort {
namespace {

Gpt2 placed(const Gpt2Shape& shape, std::uint64_t seed, at::Device device) {
    Gpt2 model(shape, seed);
    model.convert([&](const at::Tensor& tensor) { return tensor.to(device); });
    return model;
}

/// Computing copies: the masters themselves in fp32, or bf16 copies of them.
Gpt2 computing(Gpt2 model, at::ScalarType compute) {
    model.convert([&](const at::Tensor& master) {
        return (compute == at::kFloat ? master : master.to(compute)).detach().requires_grad_(true);
    });
    return model;
}

std::vector<at::Tensor> zeros_like_all(const std::vector<NamedTensor>& tensors) {
    std::vector<at::Tensor> zeros;
    for (const NamedTensor& entry : tensors)
        zeros.push_back(at::zeros_like(entry.tensor));
    return zeros;
}

double sum_of_squares(const at::Tensor& tensor) {
    if (tensor.device().is_cpu()) return kernels::sum_of_squares(tensor.data_ptr<float>(), tensor.numel());
    return tensor.to(at::kDouble).square().sum().item<double>();
}

} // namespace

Trainee::Trainee(const Gpt2Shape& shape, const OptimSpec& optim, std::uint64_t seed, at::ScalarType compute,
                 at::Device device)
    : model_(placed(shape, seed, device)),
      masters_(model_.parameters()),
      gradients_(zeros_like_all(masters_)),
      optimizer_(masters_, optim) {
    model_ = computing(std::move(model_), compute);
}

std::vector<double> Trainee::accumulate(const Micro& micro) {
    const at::Tensor hidden = model_.hidden(micro.batch.inputs, micro.context);
    const HeadInput head = {hidden.flatten(0, 1), model_.head_weight()};
    const HeadTokens tokens = {micro.batch.targets, micro.batch.inputs.flatten()};
    if (micro.reweigh) micro.reweigh(measure_terms(head, micro.teachers, tokens, micro.terms), micro.terms);
    const HeadLoss loss = distillation_head(head, micro.teachers, tokens, micro.terms);
    loss.total.backward();
    const at::NoGradGuard no_grad;
    const std::vector<NamedTensor> computed = model_.parameters();
    for (std::size_t i = 0; i < computed.size(); ++i) {
        at::Tensor& gradient = computed[i].tensor.mutable_grad();
        if (!gradient.defined()) continue;
        gradients_[i].add_(gradient);
        gradient.reset();
    }
    return loss.values;
}

std::vector<NamedTensor> Trainee::gradients() const {
    std::vector<NamedTensor> all;
    for (std::size_t i = 0; i < masters_.size(); ++i)
        all.push_back({masters_[i].name, gradients_[i]});
    return all;
}

double Trainee::gradient_norm() const {
    double sum = 0;
    for (const at::Tensor& gradient : gradients_)
        sum += sum_of_squares(gradient);
    return std::sqrt(sum);
}

std::string Trainee::first_bad_gradient() const {
    for (std::size_t i = 0; i < gradients_.size(); ++i)
        if (!at::isfinite(gradients_[i]).all().item<bool>()) return masters_[i].name;
    return {};
}

void Trainee::update(double lr, double norm, double clip) {
    const double scale = clip > 0 ? std::min(1.0, clip / (norm + 1e-6)) : 1.0;
    optimizer_.update(gradients_, lr, scale);
    publish();
    drop_gradients();
}

void Trainee::drop_gradients() {
    for (const at::Tensor& gradient : gradients_)
        gradient.zero_();
    for (const NamedTensor& entry : model_.parameters())
        entry.tensor.mutable_grad().reset();
}

HeadInput Trainee::score_input(const at::Tensor& inputs, const ForwardContext& context) const {
    const at::NoGradGuard no_grad;
    return {model_.hidden(inputs, context).flatten(0, 1), model_.head_weight().detach()};
}

void Trainee::load_weights(const std::vector<NamedTensor>& weights, const std::string& source) {
    model_.load(weights, source); // checks every name and shape first
    const at::NoGradGuard no_grad;
    for (const NamedTensor& master : masters_)
        for (const NamedTensor& weight : weights)
            if (weight.name == master.name) master.tensor.detach().copy_(weight.tensor);
}

void Trainee::publish() {
    const at::NoGradGuard no_grad;
    const std::vector<NamedTensor> computed = model_.parameters();
    for (std::size_t i = 0; i < computed.size(); ++i)
        if (computed[i].tensor.data_ptr() != masters_[i].tensor.data_ptr())
            computed[i].tensor.detach().copy_(masters_[i].tensor);
}

Batch split_windows(const at::Tensor& windows, at::Device device) {
    const at::Tensor there = windows.to(device);
    const std::int64_t context = windows.size(1) - 1;
    return {there.slice(1, 0, context).contiguous(), there.slice(1, 1, context + 1).reshape({-1})};
}

Gpt2 frozen(Gpt2 model, at::ScalarType compute, at::Device device) {
    model.convert([&](const at::Tensor& tensor) { return tensor.to(device, compute).detach(); });
    return model;
}

} // namespace retort
