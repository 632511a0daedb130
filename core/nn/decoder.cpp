// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/decoder.h"

#include "nn/distillation_head.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>

namespace retort {

Decoder::Decoder(const Gpt2& model)
    : body_([&model](std::size_t, const at::Tensor& tokens, const ForwardContext& context) {
          return model.hidden(tokens, context);
      }),
      head_([&model](std::size_t, const at::Tensor& hidden) {
          return HeadInput{hidden, model.head_weight()};
      }),
      parts_{{0, {{0, 1.0}}}},
      positions_(model.shape().positions) {}

Decoder::Decoder(const ModularModel& model, std::vector<DecodingPart> parts, PartMixing mixing)
    : body_([&model](std::size_t body, const at::Tensor& tokens, const ForwardContext& context) {
          return model.hidden(body, tokens, context);
      }),
      head_([&model](std::size_t body, const at::Tensor& hidden) { return model.head(body, hidden); }),
      parts_(std::move(parts)),
      mixing_(mixing),
      positions_(model.shape().body.positions) {}

at::Tensor Decoder::begin(std::vector<std::int64_t> tokens) {
    const std::int64_t unread = std::max<std::int64_t>(0, std::ssize(tokens) - positions_);
    tokens.erase(tokens.begin(), tokens.begin() + unread);
    window_ = std::move(tokens);
    forget();
    return read(window_);
}

at::Tensor Decoder::go_on(std::int64_t token) {
    window_.push_back(token);
    if (std::ssize(window_) <= positions_) return read({&window_.back(), 1});
    const std::int64_t kept = std::max<std::int64_t>(1, positions_ / 2);
    return begin({window_.end() - kept, window_.end()});
}

void Decoder::forget() {
    for (auto& [body, cache] : caches_)
        cache.clear();
    nll_.assign(parts_.size(), 0.0);
    last_.assign(parts_.size(), at::Tensor());
}

at::Tensor Decoder::read(std::span<const std::int64_t> tokens) {
    const at::NoGradGuard no_grad;
    const auto count = static_cast<std::int64_t>(tokens.size());
    const at::Tensor inputs = at::empty({1, count}, at::kLong);
    std::copy(tokens.begin(), tokens.end(), inputs.data_ptr<std::int64_t>());
    const bool judges = mixing_ == PartMixing::posterior && parts_.size() > 1;
    std::map<std::size_t, at::Tensor> made;
    std::vector<at::Tensor> last;
    for (std::size_t k = 0; k < parts_.size(); ++k) {
        const HeadInput head = head_(parts_[k].head, hidden(parts_[k], inputs, made)[0]);
        const at::Tensor said = at::log_softmax(head.logits(judges ? 0 : count - 1, count), -1);
        if (judges) judge(k, inputs[0], said);
        last.push_back(said[-1]);
    }
    last_ = last;
    return mixed(last).contiguous();
}

at::Tensor Decoder::hidden(const DecodingPart& part, const at::Tensor& tokens,
                           std::map<std::size_t, at::Tensor>& made) {
    at::Tensor sum;
    for (const auto& [body, weight] : part.bodies) {
        const auto [states, is_new] = made.try_emplace(body);
        if (is_new) {
            ForwardContext context;
            context.cache = &caches_[body];
            states->second = body_(body, tokens, context);
        }
        const at::Tensor share = weight == 1 ? states->second : states->second * weight;
        sum = sum.defined() ? sum + share : share;
    }
    return sum;
}

/// How well a part foresaw the tokens that have come.
void Decoder::judge(std::size_t part, const at::Tensor& tokens, const at::Tensor& log_probabilities) {
    const std::int64_t count = tokens.size(0);
    if (last_[part].defined()) nll_[part] -= last_[part][tokens[0]].item<double>();
    if (count < 2) return;
    const at::Tensor targets = tokens.slice(0, 1).unsqueeze(1);
    nll_[part] -= log_probabilities.slice(0, 0, count - 1).gather(1, targets).sum(at::kDouble).item<double>();
}

at::Tensor Decoder::mixed(const std::vector<at::Tensor>& last) const {
    if (last.size() == 1) return last.front();
    at::Tensor evidence = at::zeros({static_cast<std::int64_t>(last.size())}, at::kDouble);
    if (mixing_ == PartMixing::posterior) evidence = -at::tensor(nll_, at::kDouble);
    const at::Tensor weights = at::log_softmax(evidence, 0).to(at::kFloat);
    return at::logsumexp(at::stack(last) + weights.unsqueeze(1), 0);
}

} // namespace retort
