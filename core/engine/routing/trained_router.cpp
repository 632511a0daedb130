// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/trained_router.h"

#include "base/error.h"
#include "data/utf8.h"
#include "engine/routing/piece_text.h"
#include "engine/routing/routing_questions.h"
#include "engine/run_files.h"
#include "spec/run_spec_fields.h"

namespace retort {
namespace {

std::filesystem::path router_folder(const RunRecord& run, ArtifactStore& artifacts) {
    const bool has_router = run.task == Task::modular && asks_router(read_run_spec(run.spec).spec);
    if (run.task != Task::router && !has_router)
        throw Error(ErrorKind::usage, run.label() + " is no router but a " + std::string(name_of(run.task)) +
                                          " run; name a run of the task router, or a modular one that asks "
                                          "a router.");
    return model_folder_of(run, "router", artifacts);
}

} // namespace

TrainedRouter::TrainedRouter(const RunRecord& run, ArtifactStore& artifacts)
    : router_(Router::read(router_folder(run, artifacts))), tokenizer_(tokenizer_folder_of(run, artifacts)) {}

std::vector<std::int32_t> TrainedRouter::encode(std::string_view text) const {
    if (const auto place = find_invalid_utf8(text))
        throw Error(ErrorKind::data, "The text is not UTF-8 at byte " + std::to_string(*place) +
                                         "; convert it, for example with iconv.");
    return tokenizer_.encode(text);
}

RoutingDecision TrainedRouter::decide(std::string_view text) const {
    return router_.decide(encode(text));
}

RoutedText TrainedRouter::explain(std::string_view text) const {
    const std::vector<std::int32_t> tokens = encode(text);
    RoutedText routed;
    routed.decision = router_.decide(tokens);
    routed.tokens = std::ssize(tokens);
    routed.pieces = text_of_pieces(tokenizer_, tokens, excerpt_bytes);
    routed.evidence =
        router_.evidence(Sequence(tokens).first(routed.pieces.size()), routed.decision.likeliest);
    return routed;
}

std::vector<std::pair<std::string, double>> TrainedRouter::top_features(std::int64_t domain,
                                                                        std::size_t most) const {
    std::vector<std::pair<std::string, double>> features;
    for (const WeightedFeature& feature : router_.top_features(domain, most)) {
        std::string text;
        for (const std::string& piece : text_of_pieces(tokenizer_, feature.tokens, excerpt_bytes))
            text += piece;
        features.emplace_back(std::move(text), feature.weight);
    }
    return features;
}

} // namespace retort
