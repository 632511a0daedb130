// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/distillation_head.h"

#include "nn/kernels_cpu.h"
#include "nn/loss_rows.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <torch/csrc/autograd/custom_function.h>

namespace retort {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

std::int64_t chunk_bytes = 16 << 20;

std::int64_t chunk_rows(std::int64_t rows, std::int64_t vocab) {
    const std::int64_t fit = chunk_bytes / (vocab * static_cast<std::int64_t>(sizeof(float)));
    return std::clamp<std::int64_t>(fit, 1, std::max<std::int64_t>(rows, 1));
}

at::Tensor logits_of(const HeadInput& input, std::int64_t begin, std::int64_t end) {
    return at::mm(input.hidden.slice(0, begin, end), input.weight.t()).to(at::kFloat);
}

/// Gradients of one pass, made in chunks, and the sums of each term.
struct HeadPass {
    at::Tensor hidden_gradient; ///< as student.hidden
    at::Tensor weight_gradient; ///< fp32, as student.weight
    std::vector<double> sums;
};

class HeadRun {
public:
    HeadRun(const HeadInput& student, std::span<const HeadInput> teachers, const at::Tensor& targets,
            std::span<const LossTerm> terms, double normaliser)
        : student_(student), teachers_(teachers), targets_(targets), terms_(terms), normaliser_(normaliser) {
        pass_.hidden_gradient = at::empty_like(student.hidden);
        pass_.weight_gradient = at::zeros(student.weight.sizes(), student.weight.options().dtype(at::kFloat));
        pass_.sums.assign(terms.size(), 0.0);
    }

    HeadPass run() {
        const std::int64_t rows = targets_.size(0), step = chunk_rows(rows, student_.weight.size(0));
        for (std::int64_t begin = 0; begin < rows; begin += step)
            run_chunk(begin, std::min(rows, begin + step));
        return std::move(pass_);
    }

private:
    void run_chunk(std::int64_t begin, std::int64_t end) {
        const at::Tensor logits = logits_of(student_, begin, end);
        const at::Tensor gradient = at::zeros_like(logits);
        const at::Tensor targets = targets_.slice(0, begin, end);
        std::vector<at::Tensor> teacher_logits(teachers_.size());
        for (std::size_t k = 0; k < terms_.size(); ++k) {
            at::Tensor teacher;
            if (terms_[k].divergence) {
                at::Tensor& cached = teacher_logits[terms_[k].teacher];
                if (!cached.defined()) cached = logits_of(teachers_[terms_[k].teacher], begin, end);
                teacher = cached;
            }
            const at::Tensor losses =
                add_term(terms_[k], logits, teacher, targets, terms_[k].weight / normaliser_, gradient);
            pass_.sums[k] += losses.sum(at::kDouble).item<double>();
        }
        add_gradients(gradient, begin, end);
    }

    void add_gradients(const at::Tensor& gradient, std::int64_t begin, std::int64_t end) {
        const at::Tensor dz = gradient.to(student_.hidden.scalar_type());
        at::Tensor slot = pass_.hidden_gradient.slice(0, begin, end);
        at::mm_out(slot, dz, student_.weight);
        const at::Tensor h = student_.hidden.slice(0, begin, end);
        if (dz.scalar_type() == at::kFloat)
            pass_.weight_gradient.addmm_(dz.t(), h);
        else
            pass_.weight_gradient.add_(at::mm(dz.t(), h));
    }

    const HeadInput& student_;
    std::span<const HeadInput> teachers_;
    const at::Tensor& targets_;
    std::span<const LossTerm> terms_;
    double normaliser_;
    HeadPass pass_;
};

double weighted(std::span<const LossTerm> terms, const std::vector<double>& sums, double normaliser) {
    double total = 0;
    for (std::size_t k = 0; k < terms.size(); ++k)
        if (terms[k].weight != 0) total += terms[k].weight * sums[k] / normaliser;
    return total;
}

/// Carries the ready gradients into the graph.
class ReadyGradients : public torch::autograd::Function<ReadyGradients> {
public:
    static Variable forward(AutogradContext* context, const at::Tensor& hidden, const at::Tensor& weight,
                            const at::Tensor& hidden_gradient, const at::Tensor& weight_gradient,
                            double total) {
        context->saved_data["hidden"] = hidden_gradient;
        context->saved_data["weight"] = weight_gradient.to(weight.scalar_type());
        return at::full({}, total, hidden.options().dtype(at::kFloat));
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const at::Tensor& scale = gradients[0];
        const auto scaled = [&](const char* name) {
            const at::Tensor ready = context->saved_data[name].toTensor();
            return ready * scale.to(ready.scalar_type());
        };
        return {scaled("hidden"), scaled("weight"), Variable(), Variable(), Variable()};
    }
};

} // namespace

HeadLoss distillation_head(const HeadInput& student, std::span<const HeadInput> teachers,
                           const at::Tensor& targets, std::span<const LossTerm> terms, double normaliser) {
    HeadPass pass;
    {
        const at::NoGradGuard no_grad;
        pass =
            HeadRun({student.hidden.detach(), student.weight.detach()}, teachers, targets, terms, normaliser)
                .run();
    }
    const double total = weighted(terms, pass.sums, normaliser);
    return {ReadyGradients::apply(student.hidden, student.weight, pass.hidden_gradient, pass.weight_gradient,
                                  total),
            std::move(pass.sums)};
}

TokenScores score_tokens(const HeadInput& model, const at::Tensor& targets) {
    const at::NoGradGuard no_grad;
    const std::int64_t rows = targets.size(0), step = chunk_rows(rows, model.weight.size(0));
    std::vector<at::Tensor> nll, correct;
    for (std::int64_t begin = 0; begin < rows; begin += step) {
        const std::int64_t end = std::min(rows, begin + step);
        const at::Tensor logits = logits_of(model, begin, end), slice = targets.slice(0, begin, end);
        nll.push_back(add_term(LossTerm{}, logits, {}, slice, 1.0, {}).cpu());
        correct.push_back(logits.argmax(-1).eq(slice).cpu());
    }
    return {at::cat(nll), at::cat(correct)};
}

void set_head_chunk_bytes(std::int64_t bytes) {
    chunk_bytes = bytes;
}

} // namespace retort
