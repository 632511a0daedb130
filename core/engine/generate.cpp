// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/generate.h"

#include "base/error.h"
#include "data/tokenizer.h"
#include "data/utf8.h"
#include "engine/generation/continuation.h"
#include "engine/generation/writer.h"
#include "engine/run_files.h"
#include "nn/model_folder.h"
#include "nn/modular_folder.h"
#include "spec/run_spec_fields.h"

#include <cmath>

namespace retort {
namespace {

constexpr std::int64_t most_tokens = 100'000;

void check(const GenerationRequest& request) {
    const auto require = [](bool holds, const char* sentence) {
        if (!holds) throw Error(ErrorKind::usage, sentence);
    };
    require(request.tokens >= 1 && request.tokens <= most_tokens,
            "The number of tokens must be from 1 to 100000.");
    require(std::isfinite(request.temperature) && request.temperature >= 0,
            "The temperature must be 0 or above.");
    require(request.top_k >= 0, "Top-k must be 0, for all tokens, or above.");
    require(request.top_p > 0 && request.top_p <= 1, "Top-p must be above 0 and at most 1.");
    if (const auto place = find_invalid_utf8(request.prompt))
        throw Error(ErrorKind::data, "The prompt is not UTF-8 at byte " + std::to_string(*place) +
                                         "; convert it, for example with iconv.");
}

/// As a document begins in training.
std::vector<std::int64_t> document_of(const Tokenizer& tokenizer, const std::vector<std::int32_t>& prompt) {
    std::vector<std::int64_t> tokens = {tokenizer.bos()};
    tokens.insert(tokens.end(), prompt.begin(), prompt.end());
    return tokens;
}

class DenseTextModel : public TextModel {
public:
    DenseTextModel(Gpt2 model, Tokenizer tokenizer, std::string label)
        : model_(std::move(model)), tokenizer_(std::move(tokenizer)), label_(std::move(label)) {}

    [[nodiscard]] std::unique_ptr<Generation> begin(const GenerationRequest& request) const override {
        check(request);
        if (!request.setting.empty())
            throw Error(ErrorKind::usage, label_ + " is one model without experts; leave out the expert.");
        return std::make_unique<Continuation>(Decoder(model_), tokenizer_, request,
                                              document_of(tokenizer_, tokenizer_.encode(request.prompt)));
    }

private:
    Gpt2 model_;
    Tokenizer tokenizer_;
    std::string label_;
};

/// The text and, where it is not the model itself, what writes it.
class ModularContinuation : public Continuation {
public:
    ModularContinuation(Decoder decoder, const Tokenizer& tokenizer, const GenerationRequest& request,
                        const std::vector<std::int32_t>& prompt, Writer writer)
        : Continuation(std::move(decoder), tokenizer, request, document_of(tokenizer, prompt)),
          averaged_(std::move(writer.averaged)) {
        set_route(std::move(writer.route));
    }

private:
    std::shared_ptr<const ModularModel> averaged_;
};

class ModularTextModel : public TextModel {
public:
    ModularTextModel(const std::filesystem::path& folder, RunSpec spec, Tokenizer tokenizer)
        : model_(read_modular_model(folder)),
          spec_(std::move(spec)),
          tokenizer_(std::move(tokenizer)),
          routes_(spec_,
                  std::filesystem::exists(folder / Router::file_name) ? RouteBy::router : RouteBy::label,
                  folder) {}

    [[nodiscard]] std::unique_ptr<Generation> begin(const GenerationRequest& request) const override {
        check(request);
        const std::vector<std::int32_t> prompt = tokenizer_.encode(request.prompt);
        Writer writer = choose_writer(model_, spec_, routes_, request.setting, prompt);
        Decoder decoder(writer.averaged ? *writer.averaged : model_, writer.parts, writer.mixing);
        return std::make_unique<ModularContinuation>(std::move(decoder), tokenizer_, request, prompt,
                                                     std::move(writer));
    }

private:
    ModularModel model_;
    RunSpec spec_;
    Tokenizer tokenizer_;
    SequenceRoutes routes_;
};

} // namespace

std::unique_ptr<TextModel> open_text_model(const RunRecord& run, ArtifactStore& artifacts) {
    if (run.task == Task::router)
        throw Error(ErrorKind::usage,
                    run.label() +
                        " is a router and no model of text; name a teacher, a student or a modular run.");
    const std::filesystem::path folder = model_folder_of(run, "model", artifacts);
    Tokenizer tokenizer(tokenizer_folder_of(run, artifacts));
    if (is_modular_folder(folder))
        return std::make_unique<ModularTextModel>(folder, read_run_spec(run.spec).spec, std::move(tokenizer));
    return std::make_unique<DenseTextModel>(read_model(folder), std::move(tokenizer), run.label());
}

GeneratedText generate(const TextModel& model, const GenerationRequest& request,
                       const std::function<void(const GeneratedToken&)>& on_token, std::stop_token stop) {
    const std::unique_ptr<Generation> generation = model.begin(request);
    GeneratedText text{generation->start(), {}, 0, GenerationEnd::stopped};
    while (!stop.stop_requested()) {
        const auto token = generation->next();
        if (!token) {
            text.end = generation->end();
            break;
        }
        text.text += token->text;
        ++text.tokens;
        on_token(*token);
    }
    return text;
}

} // namespace retort
