// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/loss_rows.h"

#include "nn/loss_kernels.h"

#include <ATen/ATen.h>

namespace retort {
namespace {

float* data_or_null(const at::Tensor& tensor) {
    return tensor.defined() ? tensor.data_ptr<float>() : nullptr;
}

template <class T>
const T* input_or_null(const at::Tensor& tensor) {
    return tensor.defined() ? tensor.data_ptr<T>() : nullptr;
}

at::Tensor cross_entropy_cpu(const at::Tensor& logits, const at::Tensor& targets, double scale,
                             const at::Tensor& gradient) {
    at::Tensor losses = at::empty({logits.size(0)}, at::kFloat);
    kernels::cross_entropy({logits.data_ptr<float>(), targets.data_ptr<std::int64_t>(), logits.size(0),
                            logits.size(1), static_cast<float>(scale), data_or_null(gradient),
                            losses.data_ptr<float>()});
    return losses;
}

at::Tensor divergence_cpu(const LossTerm& term, const at::Tensor& logits, const RowContext& rows,
                          double scale, const at::Tensor& gradient) {
    at::Tensor losses = at::empty({logits.size(0)}, at::kFloat);
    kernels::divergence({*term.divergence, logits.data_ptr<float>(), rows.teacher_logits.data_ptr<float>(),
                         input_or_null<std::int64_t>(rows.inputs), input_or_null<bool>(rows.counts),
                         logits.size(0), logits.size(1), static_cast<float>(term.temperature),
                         static_cast<float>(term.mix), static_cast<float>(scale), data_or_null(gradient),
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

/// Per element: its share of the loss, and the slope dL/dq.
struct Elements {
    at::Tensor loss, slope;
};

/// x · y with 0 · anything = 0.
at::Tensor product(const at::Tensor& x, const at::Tensor& y) {
    return (x * y).masked_fill(x == 0, 0);
}

Elements elements(const LossTerm& term, const RowContext& rows, const at::Tensor& log_p,
                  const at::Tensor& log_q) {
    const at::Tensor p = log_p.exp(), q = log_q.exp();
    const double mix = term.mix;
    const auto log_mixture = [&](double of_p) { return (of_p * p + (1.0 - of_p) * q).log(); };
    switch (*term.divergence) {
    case Divergence::forward_kl:
    case Divergence::paper_normal_kl:
        return {product(p, log_p - log_q), -p / q};
    case Divergence::teacher_ce:
    case Divergence::paper_inverse_kl:
        return {product(p, -log_q), -p / q};
    case Divergence::reverse_kl:
        return {product(q, log_q - log_p), log_q - log_p};
    case Divergence::jsd: {
        const at::Tensor log_m = log_mixture(mix);
        return {mix * product(p, log_p - log_m) + (1.0 - mix) * product(q, log_q - log_m),
                (1.0 - mix) * (log_q - log_m)};
    }
    case Divergence::skew_kl: {
        const at::Tensor log_m = log_mixture(mix);
        return {product(p, log_p - log_m), -(1.0 - mix) * product(p, (-log_m).exp())};
    }
    case Divergence::skew_reverse_kl: {
        const at::Tensor log_m = log_mixture(1.0 - mix);
        return {product(q, log_q - log_m), log_q - log_m};
    }
    case Divergence::tvd:
        return {0.5 * (q - p).abs(), 0.5 * at::sign(q - p)};
    case Divergence::paper_label_difference: {
        const at::Tensor factor = 2.0 * (1.0 - p.gather(1, rows.inputs.unsqueeze(1)));
        return {factor * (q - p).abs(), factor * at::sign(q - p)};
    }
    }
    return {};
}

bool is_forward(Divergence divergence) {
    return divergence == Divergence::forward_kl || divergence == Divergence::teacher_ce ||
           divergence == Divergence::paper_inverse_kl || divergence == Divergence::paper_normal_kl;
}

/// dL/dz × T: q − p, or q (g − ⟨q, g⟩).
at::Tensor logit_gradient(const LossTerm& term, const at::Tensor& slope, const at::Tensor& log_p,
                          const at::Tensor& log_q) {
    const at::Tensor q = log_q.exp();
    if (is_forward(*term.divergence)) return q - log_p.exp();
    const at::Tensor pull = product(q, slope);
    return pull - q * pull.sum(-1, true);
}

at::Tensor divergence_anywhere(const LossTerm& term, const at::Tensor& logits, const RowContext& rows,
                               double scale, const at::Tensor& gradient) {
    const double temperature = has_temperature(*term.divergence) ? term.temperature : 1.0;
    const at::Tensor log_q = at::log_softmax(logits / temperature, -1),
                     log_p = at::log_softmax(rows.teacher_logits / temperature, -1);
    const Elements e = elements(term, rows, log_p, log_q);
    const auto counted = [&](const at::Tensor& values, const at::Tensor& counts) {
        return counts.defined() ? values.masked_fill(counts.logical_not(), 0) : values;
    };
    if (gradient.defined()) {
        const at::Tensor counts = rows.counts.defined() ? rows.counts.unsqueeze(1) : rows.counts;
        gradient.add_(counted(logit_gradient(term, e.slope, log_p, log_q), counts), scale / temperature);
    }
    return counted(e.loss.sum(-1), rows.counts);
}

/// The paper's normal KL has its T² always.
double temperature_factor(const LossTerm& term) {
    const bool scales = term.divergence == Divergence::paper_normal_kl ||
                        (term.scale_t2 && term.divergence && can_scale_t2(*term.divergence));
    return scales ? term.temperature * term.temperature : 1.0;
}

at::Tensor times(const at::Tensor& losses, double factor) {
    return factor == 1.0 ? losses : losses * factor;
}

} // namespace

at::Tensor add_term(const LossTerm& term, const at::Tensor& logits, const RowContext& rows, double scale,
                    const at::Tensor& gradient) {
    if (!logits.device().is_cpu()) return add_term_anywhere(term, logits, rows, scale, gradient);
    if (!term.divergence) return cross_entropy_cpu(logits, rows.targets, scale, gradient);
    const double t2 = temperature_factor(term);
    return times(divergence_cpu(term, logits, rows, scale * t2, gradient), t2);
}

at::Tensor add_term_anywhere(const LossTerm& term, const at::Tensor& logits, const RowContext& rows,
                             double scale, const at::Tensor& gradient) {
    if (!term.divergence) return cross_entropy_anywhere(logits, rows.targets, scale, gradient);
    const double t2 = temperature_factor(term);
    return times(divergence_anywhere(term, logits, rows, scale * t2, gradient), t2);
}

} // namespace retort
