// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/mixture.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace retort {
namespace {

/// [end − begin, V].
at::Tensor probabilities(std::span<const HeadInput> parts, const at::Tensor& weights, std::int64_t begin,
                         std::int64_t end) {
    at::Tensor sum;
    for (std::size_t k = 0; k < parts.size(); ++k) {
        const at::Tensor weight =
            weights[static_cast<std::int64_t>(k)].slice(0, begin, end).unsqueeze(1).to(at::kFloat);
        const at::Tensor part = at::softmax(parts[k].logits(begin, end), -1) * weight;
        sum = sum.defined() ? sum.add_(part) : part;
    }
    return sum;
}

} // namespace

TokenScores score_mixture(std::span<const HeadInput> parts, const at::Tensor& weights,
                          const at::Tensor& targets) {
    const at::NoGradGuard no_grad;
    const std::int64_t rows = targets.size(0), step = head_chunk_rows(rows, parts.front().weight.size(0));
    std::vector<at::Tensor> nll, correct;
    for (std::int64_t begin = 0; begin < rows; begin += step) {
        const std::int64_t end = std::min(rows, begin + step);
        const at::Tensor p = probabilities(parts, weights, begin, end), wanted = targets.slice(0, begin, end);
        nll.push_back(-p.gather(1, wanted.unsqueeze(1)).squeeze(1).log().cpu());
        correct.push_back(p.argmax(-1).eq(wanted).cpu());
    }
    return {at::cat(nll), at::cat(correct)};
}

at::Tensor mixture_log_probabilities(std::span<const HeadInput> parts, const at::Tensor& weights) {
    const at::NoGradGuard no_grad;
    return probabilities(parts, weights, 0, parts.front().hidden.size(0)).log();
}

at::Tensor posterior_weights(const at::Tensor& nll) {
    const at::Tensor before = nll.to(at::kDouble).cumsum(-1) - nll.to(at::kDouble);
    return at::softmax(-before, 0).to(at::kFloat);
}

} // namespace retort
