// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/trainee.h"

#include "nn/kernels_cpu.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

std::unique_ptr<LanguageModel> placed(std::unique_ptr<LanguageModel> model, at::Device device) {
    model->convert([&](const at::Tensor& tensor) { return tensor.to(device); });
    return model;
}

/// Computing copies: the masters themselves in fp32, or bf16 copies of them.
void make_computing(LanguageModel& model, at::ScalarType compute) {
    model.convert([&](const at::Tensor& master) {
        return (compute == at::kFloat ? master : master.to(compute)).detach().requires_grad_(true);
    });
}

/// sum += part, by all threads; either holds millions of elements, or little.
void add_by_team(const at::Tensor& sum, const at::Tensor& part, ShareTeam& team) {
    constexpr std::int64_t worth_a_meeting = 1 << 16;
    if (sum.numel() < worth_a_meeting || !sum.device().is_cpu()) {
        sum.add_(part);
        return;
    }
    const at::Tensor all = sum.view({-1}), added = part.reshape({-1});
    const std::int64_t threads = team.size(), size = all.numel();
    team.run(static_cast<std::size_t>(threads), [&](std::size_t thread) {
        const at::NoGradGuard no_grad;
        const auto t = static_cast<std::int64_t>(thread);
        const std::int64_t begin = t * size / threads, end = (t + 1) * size / threads;
        all.slice(0, begin, end).add_(added.slice(0, begin, end));
    });
}

double sum_of_squares(const at::Tensor& tensor) {
    if (tensor.device().is_cpu()) return kernels::sum_of_squares(tensor.data_ptr<float>(), tensor.numel());
    return tensor.to(at::kDouble).square().sum().item<double>();
}

} // namespace

/// A share on its way through the model. Its weights are the trainee's own memory, its gradients are its own.
class Trainee::ShareWork {
public:
    ShareWork(const LanguageModel& model, BatchShare& share, const Trainee::Micro& micro)
        : model_(model.clone()), share_(share), context_(micro.context) {
        model_->convert(
            [](const at::Tensor& tensor) { return tensor.detach().requires_grad_(tensor.requires_grad()); });
        context_.first_sequence = share.first_sequence;
        if (micro.experts.empty()) return;
        const auto first = static_cast<std::size_t>(share.first_sequence),
                   count = static_cast<std::size_t>(share.batch.inputs.size(0));
        experts_ = micro.experts.subspan(first, count);
        const auto numbers = micro.numbers.subspan(first, count);
        context_.sequences.assign(numbers.begin(), numbers.end());
    }

    void forward() {
        context_.embedded = &embedded_;
        const at::Tensor hidden = model_->forward({share_.batch.inputs, experts_}, context_);
        head_ = {hidden.flatten(0, 1), model_->head_weight(), model_->head_bias()};
        tokens_ = {share_.batch.targets, share_.batch.inputs.flatten()};
    }
    void measure(std::span<const LossTerm> terms) {
        values_ = measure_terms(head_, share_.teachers, tokens_, terms);
    }
    void backward(std::span<const LossTerm> terms) {
        HeadLoss loss = distillation_head(head_, share_.teachers, tokens_, terms);
        head_ = {};
        loss.total.backward();
        values_ = std::move(loss.values);
    }
    [[nodiscard]] std::vector<NamedTensor> parameters() const { return model_->parameters(); }
    [[nodiscard]] const std::vector<EmbeddedRows>& embedded() const { return embedded_; }

    static std::vector<double> sum_of_values(const std::vector<ShareWork>& works) {
        std::vector<double> sums = works.front().values_;
        for (std::size_t share = 1; share < works.size(); ++share)
            for (std::size_t k = 0; k < sums.size(); ++k)
                sums[k] += works[share].values_[k];
        return sums;
    }

private:
    std::unique_ptr<LanguageModel> model_;
    BatchShare& share_;
    std::span<const std::int64_t> experts_;
    ForwardContext context_;
    HeadInput head_;
    HeadTokens tokens_;
    std::vector<EmbeddedRows> embedded_;
    std::vector<double> values_;
};

Trainee::Trainee(std::unique_ptr<LanguageModel> fresh, const OptimSpec& optim, at::ScalarType compute,
                 at::Device device, const std::function<bool(const std::string&)>& learns)
    : model_(placed(std::move(fresh), device)),
      masters_(model_->parameters()),
      touched_(masters_.size()),
      idle_(optim.idle),
      gradients_(masters_.size()),
      optimizer_(masters_, optim) {
    make_computing(*model_, compute);
    set_learning(learns);
}

Trainee::Trainee(const Gpt2Shape& shape, const OptimSpec& optim, std::uint64_t seed, at::ScalarType compute,
                 at::Device device)
    : Trainee(std::make_unique<Gpt2>(shape, seed), optim, compute, device) {}

void Trainee::set_learning(const std::function<bool(const std::string&)>& learns) {
    learns_.clear();
    for (const NamedTensor& parameter : model_->parameters()) {
        learns_.push_back(!learns || learns(parameter.name));
        parameter.tensor.requires_grad_(learns_.back());
    }
}

std::vector<double> Trainee::accumulate(const Micro& micro) {
    std::vector<ShareWork> works;
    for (BatchShare& share : micro.shares)
        works.emplace_back(*model_, share, micro);
    const auto on_all = [&](const auto& work) {
        micro.team.run(works.size(), [&](std::size_t share) { work(works[share]); });
    };
    if (micro.reweigh) {
        on_all([&](ShareWork& work) {
            work.forward();
            work.measure(micro.terms);
        });
        micro.reweigh(ShareWork::sum_of_values(works), micro.terms);
        on_all([&](ShareWork& work) { work.backward(micro.terms); });
    } else {
        on_all([&](ShareWork& work) {
            work.forward();
            work.backward(micro.terms);
        });
    }
    add_gradients(works, micro.team);
    return ShareWork::sum_of_values(works);
}

/// What comes first becomes the sum, so that the shares' memory is all there is.
void Trainee::add_gradients(const std::vector<ShareWork>& works, ShareTeam& team) {
    const at::NoGradGuard no_grad;
    for (const ShareWork& work : works) {
        const std::vector<NamedTensor> parameters = work.parameters();
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            at::Tensor& gradient = parameters[i].tensor.mutable_grad();
            if (!gradient.defined()) continue;
            if (gradients_[i].defined())
                add_by_team(gradients_[i], gradient, team);
            else
                gradients_[i] = gradient.to(at::kFloat).contiguous();
            gradient.reset();
            touched_[i] = true;
        }
    }
    for (const ShareWork& work : works)
        for (const EmbeddedRows& embedded : work.embedded())
            add_rows(embedded, work.parameters());
}

void Trainee::add_rows(const EmbeddedRows& embedded, const std::vector<NamedTensor>& parameters) {
    const at::Tensor& rows = embedded.rows.grad();
    const auto table = std::ranges::find_if(
        parameters, [&](const NamedTensor& entry) { return entry.tensor.is_same(embedded.table); });
    if (!rows.defined() || table == parameters.end()) return;
    const auto i = static_cast<std::size_t>(table - parameters.begin());
    gradient_of(i).index_add_(0, embedded.tokens.flatten(), rows.flatten(0, 1).to(at::kFloat));
    touched_[i] = true;
}

at::Tensor& Trainee::gradient_of(std::size_t weight) {
    at::Tensor& gradient = gradients_[weight];
    if (!gradient.defined()) gradient = at::zeros_like(masters_[weight].tensor.detach());
    return gradient;
}

std::vector<NamedTensor> Trainee::gradients() {
    std::vector<NamedTensor> all;
    for (std::size_t i = 0; i < masters_.size(); ++i)
        all.push_back({masters_[i].name, gradient_of(i)});
    return all;
}

double Trainee::gradient_norm() const {
    double sum = 0;
    for (const at::Tensor& gradient : gradients_)
        if (gradient.defined()) sum += sum_of_squares(gradient);
    return std::sqrt(sum);
}

std::string Trainee::first_bad_gradient() const {
    for (std::size_t i = 0; i < gradients_.size(); ++i)
        if (gradients_[i].defined() && !at::isfinite(gradients_[i]).all().item<bool>())
            return masters_[i].name;
    return {};
}

void Trainee::update(double lr, double norm, double clip) {
    const double scale = clip > 0 ? std::min(1.0, clip / (norm + 1e-6)) : 1.0;
    const std::vector<bool> rests = resting();
    for (std::size_t i = 0; i < rests.size(); ++i)
        if (!rests[i]) gradient_of(i);
    optimizer_.update(gradients_, lr, scale, rests);
    publish();
    drop_gradients();
}

std::vector<bool> Trainee::resting() const {
    std::vector<bool> rests;
    for (std::size_t i = 0; i < learns_.size(); ++i)
        rests.push_back(!learns_[i] || (idle_ == IdleExperts::skip && !touched_[i]));
    return rests;
}

void Trainee::drop_gradients() {
    touched_.assign(touched_.size(), false);
    gradients_.assign(gradients_.size(), {});
}

HeadInput Trainee::score_input(const ModelInput& input, const ForwardContext& context) const {
    const at::NoGradGuard no_grad;
    return {model_->forward(input, context).flatten(0, 1), model_->head_weight().detach(),
            model_->head_bias()};
}

void Trainee::load_weights(const std::vector<NamedTensor>& weights, const std::string& source) {
    model_->load(weights, source); // checks every name and shape first
    const at::NoGradGuard no_grad;
    for (const NamedTensor& master : masters_)
        for (const NamedTensor& weight : weights)
            if (weight.name == master.name) master.tensor.detach().copy_(weight.tensor);
}

void Trainee::publish() {
    const at::NoGradGuard no_grad;
    const std::vector<NamedTensor> computed = model_->parameters();
    for (std::size_t i = 0; i < computed.size(); ++i)
        if (computed[i].tensor.data_ptr() != masters_[i].tensor.data_ptr())
            computed[i].tensor.detach().copy_(masters_[i].tensor);
}

Batch split_windows(const at::Tensor& windows, at::Device device) {
    const at::Tensor there = windows.to(device);
    const std::int64_t context = windows.size(1) - 1;
    return {there.slice(1, 0, context).contiguous(), there.slice(1, 1, context + 1).reshape({-1})};
}

std::vector<BatchShare> cut_batch(const at::Tensor& windows, const ShareTeam& team, at::Device device) {
    std::vector<BatchShare> shares;
    for (const ShareRange& range : team.cut(windows.size(0)))
        shares.push_back({split_windows(windows.slice(0, range.begin, range.end), device), {}, range.begin});
    return shares;
}

Gpt2 frozen(Gpt2 model, at::ScalarType compute, at::Device device) {
    model.convert([&](const at::Tensor& tensor) { return tensor.to(device, compute).detach(); });
    return model;
}

} // namespace retort
