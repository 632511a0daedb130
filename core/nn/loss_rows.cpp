// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/loss_rows.h"

#include "nn/kernels_cpu.h"

#include <ATen/ATen.h>

namespace retort {
namespace {

float* data_or_null(const at::Tensor& tensor) {
    return tensor.defined() ? tensor.data_ptr<float>() : nullptr;
}

at::Tensor cross_entropy_cpu(const at::Tensor& logits, const at::Tensor& targets, double scale,
                             const at::Tensor& gradient) {
    at::Tensor losses = at::empty({logits.size(0)}, at::kFloat);
    kernels::cross_entropy({logits.data_ptr<float>(), targets.data_ptr<std::int64_t>(), logits.size(0),
                            logits.size(1), static_cast<float>(scale), data_or_null(gradient),
                            losses.data_ptr<float>()});
    return losses;
}

at::Tensor forward_kl_cpu(const at::Tensor& logits, const at::Tensor& teacher, double temperature,
                          double scale, const at::Tensor& gradient) {
    at::Tensor losses = at::empty({logits.size(0)}, at::kFloat);
    kernels::forward_kl({logits.data_ptr<float>(), teacher.data_ptr<float>(), logits.size(0), logits.size(1),
                         static_cast<float>(temperature), static_cast<float>(scale), data_or_null(gradient),
                         losses.data_ptr<float>()});
    return losses;
}

at::Tensor cross_entropy_anywhere(const at::Tensor& logits, const at::Tensor& targets, double scale,
                                  const at::Tensor& gradient) {
    const at::Tensor log_q = at::log_softmax(logits, -1);
    const at::Tensor index = targets.unsqueeze(1);
    if (gradient.defined()) {
        gradient.add_(log_q.exp(), scale);
        gradient.scatter_add_(1, index, at::full_like(index, -scale, logits.options()));
    }
    return -log_q.gather(1, index).squeeze(1);
}

at::Tensor forward_kl_anywhere(const at::Tensor& logits, const at::Tensor& teacher, double temperature,
                               double scale, const at::Tensor& gradient) {
    const at::Tensor log_q = at::log_softmax(logits / temperature, -1),
                     log_p = at::log_softmax(teacher / temperature, -1);
    const at::Tensor p = log_p.exp();
    if (gradient.defined()) gradient.add_(log_q.exp() - p, scale / temperature);
    const at::Tensor terms = p * (log_p - log_q);
    return terms.masked_fill(p == 0, 0).sum(-1); // 0 · log 0 = 0
}

double temperature_factor(const LossTerm& term) {
    return term.scale_t2 ? term.temperature * term.temperature : 1.0;
}

at::Tensor times(const at::Tensor& losses, double factor) {
    return factor == 1.0 ? losses : losses * factor;
}

} // namespace

at::Tensor add_term(const LossTerm& term, const at::Tensor& logits, const at::Tensor& teacher_logits,
                    const at::Tensor& targets, double scale, const at::Tensor& gradient) {
    if (!logits.device().is_cpu())
        return add_term_anywhere(term, logits, teacher_logits, targets, scale, gradient);
    if (!term.divergence) return cross_entropy_cpu(logits, targets, scale, gradient);
    const double t2 = temperature_factor(term);
    return times(forward_kl_cpu(logits, teacher_logits, term.temperature, scale * t2, gradient), t2);
}

at::Tensor add_term_anywhere(const LossTerm& term, const at::Tensor& logits, const at::Tensor& teacher_logits,
                             const at::Tensor& targets, double scale, const at::Tensor& gradient) {
    if (!term.divergence) return cross_entropy_anywhere(logits, targets, scale, gradient);
    const double t2 = temperature_factor(term);
    return times(forward_kl_anywhere(logits, teacher_logits, term.temperature, scale * t2, gradient), t2);
}

} // namespace retort
