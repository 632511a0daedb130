// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a text token by token and says what may come next: a dense model, experts whose hidden states are
// put together, or models whose probabilities are mixed.
#pragma once

#include "nn/gpt2.h"
#include "nn/kv_cache.h"
#include "nn/modular_model.h"

#include <functional>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace retort {

/// A head on a weighted sum of hidden states.
struct DecodingPart {
    std::size_t head = 0;                               ///< the body whose head it is
    std::vector<std::pair<std::size_t, double>> bodies; ///< their weights add up to 1
};

enum class PartMixing {
    equal,    ///< p = mean of the parts' probabilities
    posterior ///< weighted by how well each has read the text so far, as posterior_weights() says
};

/// Not thread-safe; the model must outlive it. Never makes gradients.
class Decoder {
public:
    explicit Decoder(const Gpt2& model);
    /// `parts` not empty.
    Decoder(const ModularModel& model, std::vector<DecodingPart> parts, PartMixing mixing);

    [[nodiscard]] std::int64_t positions() const { return positions_; }
    /// Forgets all and reads a text of at least one token, of a longer one than there are positions the last
    /// part. Log probabilities of the next token, [V] fp32 on the CPU.
    [[nodiscard]] at::Tensor begin(std::vector<std::int64_t> tokens);
    /// The same after one more token. Where there is no position left for it, the last positions() / 2 tokens
    /// are read anew from position 0.
    [[nodiscard]] at::Tensor go_on(std::int64_t token);

private:
    [[nodiscard]] at::Tensor read(std::span<const std::int64_t> tokens);
    void forget();
    [[nodiscard]] at::Tensor hidden(const DecodingPart& part, const at::Tensor& tokens,
                                    std::map<std::size_t, at::Tensor>& made);
    [[nodiscard]] at::Tensor mixed(const std::vector<at::Tensor>& last) const;
    void judge(std::size_t part, const at::Tensor& tokens, const at::Tensor& log_probabilities);

    std::function<at::Tensor(std::size_t body, const at::Tensor& tokens, const ForwardContext&)> body_;
    std::function<HeadInput(std::size_t body, const at::Tensor& hidden)> head_;
    std::vector<DecodingPart> parts_;
    PartMixing mixing_ = PartMixing::equal;
    std::int64_t positions_ = 0;
    std::vector<std::int64_t> window_;            ///< tokens read
    std::map<std::size_t, KeyValueCache> caches_; ///< by body
    std::vector<double> nll_;                     ///< of each part, nats, of the tokens after the first
    std::vector<at::Tensor> last_;                ///< [V] log probabilities that each part said last
};

} // namespace retort
