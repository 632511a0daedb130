// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/philox.h"
#include "data/tokenizer.h"
#include "engine/generate.h"
#include "engine/generation/text_stream.h"
#include "nn/decoder.h"
#include "nn/sampling.h"

#include <vector>

namespace retort {

/// Draws tokens from a decoder. Token n of a text is drawn by Philox(seed, "generate") at step n.
class Continuation : public Generation {
public:
    /// `prompt` is not empty: it begins with BOS. Tokenizer must outlive it, and so must the decoder's model.
    Continuation(Decoder decoder, const Tokenizer& tokenizer, const GenerationRequest& request,
                 std::vector<std::int64_t> prompt);

    [[nodiscard]] const GenerationStart& start() const override { return start_; }
    [[nodiscard]] std::optional<GeneratedToken> next() override;
    [[nodiscard]] GenerationEnd end() const override { return end_; }

    void set_route(GenerationRoute route) { start_.route = std::move(route); }

private:
    [[nodiscard]] GeneratedToken described(std::int64_t token) const;

    Decoder decoder_;
    const Tokenizer& tokenizer_;
    SamplingRule rule_;
    std::int64_t wanted_;
    RandomStream random_;
    TextStream text_;
    GenerationStart start_;
    std::vector<float> log_probabilities_; ///< of the next token
    std::int64_t made_ = 0;
    bool has_ended_ = false;
    GenerationEnd end_ = GenerationEnd::tokens;
};

} // namespace retort
