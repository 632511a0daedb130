// SPDX-License-Identifier: GPL-3.0-or-later
// Text written by finished runs: teachers, students and modular models, in fp32 on the CPU. A thread that
// writes calls enter_generation_thread() (engine/devices.h) first.
#pragma once

#include "spec/artifact.h"
#include "spec/generation.h"
#include "spec/run_record.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace retort {

/// One text under way.
class Generation {
public:
    virtual ~Generation() = default;
    [[nodiscard]] virtual const GenerationStart& start() const = 0;
    /// The next token; nothing when the text has ended.
    [[nodiscard]] virtual std::optional<GeneratedToken> next() = 0;
    /// Why next() gave nothing.
    [[nodiscard]] virtual GenerationEnd end() const = 0;
};

/// The model of a run with its tokenizer and, for a modular one, its router.
class TextModel {
public:
    virtual ~TextModel() = default;
    /// Reads the prompt, as a document's beginning; of one that is longer than the context, the last part.
    /// When the context is full, its last half is kept. The model must outlive the text; several may be under
    /// way, on one thread at a time. Throws Error{usage} for a request that is out of bounds or, in one
    /// sentence, impossible for the run; Error{data} for a prompt that is not UTF-8.
    [[nodiscard]] virtual std::unique_ptr<Generation> begin(const GenerationRequest& request) const = 0;
};

/// Throws Error{usage} for a router's run, Error{data} where weights or tokenizer are gone or not there yet.
[[nodiscard]] std::unique_ptr<TextModel> open_text_model(const RunRecord& run, ArtifactStore& artifacts);

struct GeneratedText {
    GenerationStart start;
    std::string text;
    std::int64_t tokens = 0;
    GenerationEnd end = GenerationEnd::tokens;
};

/// Writes a text, telling of each token as it comes, until it ends or a stop is asked for.
GeneratedText generate(const TextModel& model, const GenerationRequest& request,
                       const std::function<void(const GeneratedToken&)>& on_token, std::stop_token stop = {});

} // namespace retort
