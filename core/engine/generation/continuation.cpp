// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/generation/continuation.h"

#include "data/utf8.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr std::size_t shown_alternatives = 10;

std::vector<float> values_of(const at::Tensor& tensor) {
    const auto* data = tensor.data_ptr<float>();
    return {data, data + tensor.numel()};
}

double uniform(const RandomStream& random, std::int64_t step) {
    return std::ldexp(static_cast<double>(random.bits(static_cast<std::uint64_t>(step), 0) >> 11), -53);
}

std::string piece_of(const Tokenizer& tokenizer, std::int64_t token) {
    const auto id = static_cast<std::int32_t>(token);
    const std::string_view bytes = tokenizer.bytes(id);
    return bytes.empty() || find_invalid_utf8(bytes) ? tokenizer.piece(id) : std::string(bytes);
}

} // namespace

Continuation::Continuation(Decoder decoder, const Tokenizer& tokenizer, const GenerationRequest& request,
                           std::vector<std::int64_t> prompt)
    : decoder_(std::move(decoder)),
      tokenizer_(tokenizer),
      rule_{request.temperature, request.top_k, request.top_p},
      wanted_(request.tokens),
      random_(request.seed, "generate"),
      text_(request.stop) {
    start_.prompt_tokens = std::ssize(prompt);
    start_.prompt_tokens_unread = std::max<std::int64_t>(0, std::ssize(prompt) - decoder_.positions());
    log_probabilities_ = values_of(decoder_.begin(std::move(prompt)));
}

std::optional<GeneratedToken> Continuation::next() {
    if (has_ended_) return {};
    const std::int64_t token = draw(chances(log_probabilities_, rule_), uniform(random_, made_ + 1));
    GeneratedToken told = described(token);
    ++made_;
    told.text = text_.add(tokenizer_.bytes(told.id));
    if (text_.is_stopped())
        end_ = GenerationEnd::stop_text;
    else if (token == tokenizer_.eos())
        end_ = GenerationEnd::document;
    has_ended_ = text_.is_stopped() || token == tokenizer_.eos() || made_ >= wanted_;
    if (has_ended_)
        told.text += text_.finish();
    else
        log_probabilities_ = values_of(decoder_.go_on(token));
    return told;
}

GeneratedToken Continuation::described(std::int64_t token) const {
    GeneratedToken told;
    told.number = made_ + 1;
    told.id = static_cast<std::int32_t>(token);
    told.piece = piece_of(tokenizer_, token);
    told.probability = std::exp(double(log_probabilities_[static_cast<std::size_t>(token)]));
    for (const TokenChance& one : most_probable(log_probabilities_, shown_alternatives))
        told.alternatives.push_back({piece_of(tokenizer_, one.token), one.probability});
    return told;
}

} // namespace retort
