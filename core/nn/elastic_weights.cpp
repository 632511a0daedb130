// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/elastic_weights.h"

#include <ATen/ATen.h>
#include <cmath>

namespace retort {
namespace {

std::vector<NamedTensor> zeros_like(const std::vector<NamedTensor>& weights) {
    std::vector<NamedTensor> zeros;
    for (const NamedTensor& weight : weights)
        zeros.push_back({weight.name, at::zeros_like(weight.tensor.detach())});
    return zeros;
}

void add_squares(const std::vector<NamedTensor>& gradients, double share, std::vector<NamedTensor>& sums) {
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i].tensor.addcmul_(gradients[i].tensor, gradients[i].tensor, share);
}

} // namespace

std::vector<NamedTensor> empirical_fisher(Trainee& trainee, const at::Tensor& windows,
                                          std::span<const std::int64_t> experts, at::Device device,
                                          const ForwardContext& context) {
    const at::NoGradGuard no_grad;
    const std::int64_t sequences = windows.size(0);
    std::vector<NamedTensor> fisher = zeros_like(trainee.weights());
    ShareTeam alone(1); // the square is of one sequence's gradient, not of a sum
    LossTerm nll;
    nll.normaliser = std::sqrt(static_cast<double>(windows.size(1) - 1));
    trainee.drop_gradients();
    for (std::int64_t n = 0; n < sequences; ++n) {
        std::vector<BatchShare> share = {{split_windows(windows.slice(0, n, n + 1), device)}};
        Trainee::Micro micro{alone, share, {&nll, 1}, context};
        const std::int64_t number = 0;
        if (!experts.empty()) {
            micro.experts = experts.subspan(static_cast<std::size_t>(n), 1);
            micro.numbers = {&number, 1};
        }
        {
            const at::AutoGradMode with_gradient(true);
            (void)trainee.accumulate(micro);
        }
        add_squares(trainee.gradients(), 1.0 / static_cast<double>(sequences), fisher);
        trainee.drop_gradients();
    }
    return fisher;
}

double add_elastic_pull(Trainee& trainee, double strength, std::span<const NamedTensor> fisher,
                        std::span<const NamedTensor> before) {
    const at::NoGradGuard no_grad;
    const std::vector<NamedTensor> weights = trainee.weights(), gradients = trainee.gradients();
    const std::vector<bool> rests = trainee.resting();
    double penalty = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const at::Tensor away = weights[i].tensor.detach() - before[i].tensor;
        const at::Tensor pull = away * fisher[i].tensor;
        penalty += (pull * away).sum(at::kDouble).item<double>();
        if (!rests[i]) gradients[i].tensor.add_(pull, strength);
    }
    return 0.5 * strength * penalty;
}

} // namespace retort
