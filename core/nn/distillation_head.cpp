// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/distillation_head.h"

#include "nn/fused_ops.h"
#include "nn/loss_rows.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <torch/csrc/autograd/custom_function.h>

namespace retort {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

std::int64_t chunk_bytes = 4 << 20; // what stays in the third cache
std::int64_t least_rows = 256;      // fewer would mostly read the weight and add to its gradient

/// Gradients of one pass, made in chunks, and the value of each term.
struct HeadPass {
    at::Tensor hidden_gradient; ///< as student.hidden; undefined when only measured
    at::Tensor weight_gradient; ///< fp32, as student.weight; likewise
    at::Tensor bias_gradient;   ///< fp32; undefined where there is no bias, and likewise
    std::vector<double> values;
};

class HeadRun {
public:
    HeadRun(HeadInput student, std::span<TeacherPass> teachers, const HeadTokens& tokens,
            std::span<const LossTerm> terms)
        : student_(std::move(student)), teachers_(teachers), tokens_(tokens), terms_(terms) {
        pass_.values.assign(terms.size(), 0.0);
        const auto masks = [](const LossTerm& term) { return term.mask == DivergenceMask::inputs; };
        if (const auto term = std::ranges::find_if(terms, masks); term != terms.end())
            counts_ = counted_inputs(tokens.inputs, term->end);
    }

    HeadPass measure() {
        for_each_chunk([&](std::int64_t begin, std::int64_t end) { add_terms(begin, end, {}); });
        return std::move(pass_);
    }

    HeadPass run() {
        pass_.hidden_gradient = at::empty_like(student_.hidden);
        pass_.weight_gradient = // what the first chunk makes is written, what others make is added
            at::empty(student_.weight.sizes(), student_.weight.options().dtype(at::kFloat));
        if (tokens_.targets.size(0) == 0) pass_.weight_gradient.zero_();
        if (student_.bias.defined())
            pass_.bias_gradient = at::zeros(student_.bias.sizes(), student_.bias.options().dtype(at::kFloat));
        for_each_chunk([&](std::int64_t begin, std::int64_t end) {
            at::Tensor gradient = at::zeros({end - begin, student_.weight.size(0)},
                                            student_.hidden.options().dtype(at::kFloat));
            add_terms(begin, end, gradient);
            add_gradients(gradient, begin, end);
        });
        return std::move(pass_);
    }

private:
    template <class Work>
    void for_each_chunk(const Work& work) {
        const std::int64_t rows = tokens_.targets.size(0),
                           step = head_chunk_rows(rows, student_.weight.size(0));
        for (std::int64_t begin = 0; begin < rows; begin += step)
            work(begin, std::min(rows, begin + step));
    }

    void add_terms(std::int64_t begin, std::int64_t end, const at::Tensor& gradient) {
        const at::Tensor logits = student_.logits(begin, end);
        for (std::size_t k = 0; k < terms_.size(); ++k) {
            const LossTerm& term = terms_[k];
            const RowContext rows = {
                term.divergence ? teachers_[term.teacher].logits(begin, end) : at::Tensor(),
                tokens_.targets.slice(0, begin, end), part(tokens_.inputs, begin, end),
                term.mask == DivergenceMask::inputs ? part(counts_, begin, end) : at::Tensor()};
            const bool pulls = term.weight != 0; // 0 × Inf would be NaN
            const at::Tensor losses =
                add_term(term, logits, rows, term.weight / term.normaliser, pulls ? gradient : at::Tensor());
            pass_.values[k] += losses.sum(at::kDouble).item<double>() / term.normaliser;
        }
    }

    static at::Tensor part(const at::Tensor& tensor, std::int64_t begin, std::int64_t end) {
        return tensor.defined() ? tensor.slice(0, begin, end) : tensor;
    }

    void add_gradients(const at::Tensor& gradient, std::int64_t begin, std::int64_t end) {
        if (pass_.bias_gradient.defined()) pass_.bias_gradient.add_(gradient.sum(0));
        const at::Tensor dz = gradient.to(student_.hidden.scalar_type());
        multiply_into(pass_.hidden_gradient.slice(0, begin, end), dz, student_.weight);
        const at::Tensor h = student_.hidden.slice(0, begin, end);
        if (begin == 0)
            multiply_into(pass_.weight_gradient, dz.t(), h);
        else
            add_product(pass_.weight_gradient, dz.t(), h);
    }

    HeadInput student_;
    std::span<TeacherPass> teachers_;
    const HeadTokens& tokens_;
    std::span<const LossTerm> terms_;
    at::Tensor counts_;
    HeadPass pass_;
};

double weighted(std::span<const LossTerm> terms, const std::vector<double>& values) {
    double total = 0;
    for (std::size_t k = 0; k < terms.size(); ++k)
        if (terms[k].weight != 0) total += terms[k].weight * values[k];
    return total;
}

/// Carries the ready gradients into the graph.
class ReadyGradients : public torch::autograd::Function<ReadyGradients> {
public:
    static Variable forward(AutogradContext* context, const at::Tensor& hidden, const at::Tensor& weight,
                            const c10::optional<at::Tensor>& bias, const HeadPass& ready, double total) {
        context->saved_data["hidden"] = ready.hidden_gradient;
        context->saved_data["weight"] = ready.weight_gradient.to(weight.scalar_type());
        if (bias) context->saved_data["bias"] = ready.bias_gradient.to(bias->scalar_type());
        return at::full({}, total, hidden.options().dtype(at::kFloat));
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const double factor = gradients[0].item<double>(); // of a loss that is no part of another it is 1
        const auto scaled = [&](const char* name) -> Variable {
            const auto found = context->saved_data.find(name);
            if (found == context->saved_data.end()) return Variable();
            at::Tensor ready =
                std::move(found->second).toTensor(); // not kept, so that it can become the gradient
            return factor == 1 ? ready : ready.mul_(factor);
        };
        return {scaled("hidden"), scaled("weight"), scaled("bias"), Variable(), Variable()};
    }
};

HeadInput detached(const HeadInput& input) {
    return {input.hidden.detach(), input.weight.detach(),
            input.bias.defined() ? input.bias.detach() : at::Tensor()};
}

} // namespace

at::Tensor HeadInput::logits(std::int64_t begin, std::int64_t end) const {
    const at::Tensor made = at::empty({end - begin, weight.size(0)}, hidden.options());
    multiply_into(made, hidden.slice(0, begin, end), weight.t());
    return (bias.defined() ? made.add_(bias) : made).to(at::kFloat);
}

std::int64_t head_chunk_rows(std::int64_t rows, std::int64_t vocab) {
    const std::int64_t fit = chunk_bytes / (vocab * static_cast<std::int64_t>(sizeof(float)));
    return std::clamp<std::int64_t>(std::max(fit, least_rows), 1, std::max<std::int64_t>(rows, 1));
}

TeacherPass::TeacherPass(HeadInput teacher, at::Tensor targets, bool keeps_logits)
    : teacher_(std::move(teacher)), targets_(std::move(targets)), keeps_logits_(keeps_logits) {}

at::Tensor TeacherPass::logits(std::int64_t begin, std::int64_t end) {
    const auto found = kept_.find(begin);
    if (found != kept_.end()) return found->second;
    const at::NoGradGuard no_grad;
    at::Tensor logits = teacher_.logits(begin, end);
    if (begin == measured_) {
        const RowContext rows = {{}, targets_.slice(0, begin, end), {}, {}};
        cross_entropy_ += add_term(LossTerm{}, logits, rows, 1.0, {}).sum(at::kDouble).item<double>();
        measured_ = end;
    }
    if (keeps_logits_) kept_.emplace(begin, logits);
    return logits;
}

at::Tensor counted_inputs(const at::Tensor& inputs, std::int64_t end) {
    return inputs.ne(end).contiguous();
}

HeadLoss distillation_head(const HeadInput& student, std::span<TeacherPass> teachers,
                           const HeadTokens& tokens, std::span<const LossTerm> terms) {
    HeadPass pass;
    {
        const at::NoGradGuard no_grad;
        pass = HeadRun(detached(student), teachers, tokens, terms).run();
    }
    const double total = weighted(terms, pass.values);
    const auto bias = student.bias.defined() ? c10::make_optional(student.bias) : c10::nullopt;
    return {ReadyGradients::apply(student.hidden, student.weight, bias, pass, total), std::move(pass.values)};
}

std::vector<double> measure_terms(const HeadInput& student, std::span<TeacherPass> teachers,
                                  const HeadTokens& tokens, std::span<const LossTerm> terms) {
    const at::NoGradGuard no_grad;
    return HeadRun(detached(student), teachers, tokens, terms).measure().values;
}

TokenScores score_tokens(const HeadInput& model, const at::Tensor& targets) {
    const at::NoGradGuard no_grad;
    const std::int64_t rows = targets.size(0), step = head_chunk_rows(rows, model.weight.size(0));
    std::vector<at::Tensor> nll, correct;
    for (std::int64_t begin = 0; begin < rows; begin += step) {
        const std::int64_t end = std::min(rows, begin + step);
        const at::Tensor logits = model.logits(begin, end), slice = targets.slice(0, begin, end);
        nll.push_back(add_term(LossTerm{}, logits, {{}, slice, {}, {}}, 1.0, {}).cpu());
        correct.push_back(logits.argmax(-1).eq(slice).cpu());
    }
    return {at::cat(nll), at::cat(correct)};
}

void set_head_chunk_bytes(std::int64_t bytes) {
    chunk_bytes = bytes;
    least_rows = 1;
}

} // namespace retort
