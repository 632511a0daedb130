// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/generation/samples.h"

#include "engine/generation/continuation.h"
#include "engine/generation/writer.h"
#include "nn/gpt2.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace retort {
namespace {

constexpr std::int64_t prompt_tokens = 16;

/// The first tokens of a domain's validation text, which begin a document.
std::vector<std::int64_t> beginning(const RunSpec& spec, const TokenStore& store, const std::string& domain) {
    std::vector<std::int64_t> window(static_cast<std::size_t>(spec.data.context + 1));
    store.read_window("valid", domain, 0, window);
    window.resize(static_cast<std::size_t>(std::min(prompt_tokens, spec.data.context / 2)));
    return window;
}

std::string text_of(const Tokenizer& tokenizer, const std::vector<std::int64_t>& tokens) {
    TextStream text;
    std::string shown;
    for (const std::int64_t token : tokens)
        shown += text.add(tokenizer.bytes(static_cast<std::int32_t>(token)));
    return shown + text.finish();
}

std::string rest_of(Generation&& generation) {
    std::string text;
    while (const auto token = generation.next())
        text += token->text;
    return text;
}

std::string continuation_of(const LanguageModel& model, const RunSpec& spec, const Tokenizer& tokenizer,
                            const SequenceRoutes* routes, const std::vector<std::int64_t>& prompt) {
    GenerationRequest request;
    request.tokens = spec.run.samples;
    request.seed = spec.seed;
    if (const auto* dense = dynamic_cast<const Gpt2*>(&model))
        return rest_of(Continuation(Decoder(*dense), tokenizer, request, prompt));
    const auto& modular = dynamic_cast<const ModularModel&>(model);
    const Writer writer =
        choose_writer(modular, spec, *routes, {}, std::vector<std::int32_t>(prompt.begin(), prompt.end()));
    const ModularModel& writes = writer.averaged ? *writer.averaged : modular;
    return rest_of(Continuation(Decoder(writes, writer.parts, writer.mixing), tokenizer, request, prompt));
}

} // namespace

std::vector<TextSample> write_samples(const LanguageModel& model, const RunSpec& spec,
                                      const TokenStore& store, const Tokenizer& tokenizer,
                                      const SequenceRoutes* routes, const std::function<void()>& interrupt) {
    const std::unique_ptr<LanguageModel> plain = model.clone();
    plain->convert([](const at::Tensor& tensor) { return tensor.detach().to(at::kCPU, at::kFloat); });
    std::vector<TextSample> samples;
    for (const std::string& domain : spec.data.domains) {
        interrupt();
        const std::vector<std::int64_t> prompt = beginning(spec, store, domain);
        samples.push_back(
            {domain, text_of(tokenizer, prompt), continuation_of(*plain, spec, tokenizer, routes, prompt)});
    }
    return samples;
}

} // namespace retort
