// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/trained_router.h"

#include "base/error.h"
#include "data/corpus.h"
#include "data/utf8.h"
#include "engine/recipes.h"
#include "engine/routing/piece_text.h"
#include "engine/routing/routing_questions.h"
#include "spec/run_spec_fields.h"

namespace retort {
namespace {

std::filesystem::path router_folder(const RunRecord& run, ArtifactStore& artifacts) {
    if (run.task != Task::router)
        throw Error(ErrorKind::usage, run.label() + " is no router but a " + std::string(name_of(run.task)) +
                                          " run; name a run of the task router.");
    const auto found = run.model_artifact.empty() ? std::nullopt : artifacts.find(run.model_artifact);
    if (!found)
        throw Error(ErrorKind::data, "The router of " + run.label() +
                                         " is not in the workspace (its run is " +
                                         std::string(name_of(run.status)) + "); run it again.");
    return found->folder;
}

std::filesystem::path tokenizer_folder(const RunRecord& run, ArtifactStore& artifacts) {
    const RunSpec spec = read_run_spec(run.spec).spec;
    const auto found = artifacts.find(tokenizer_recipe(spec.data, open_corpus(spec.data.corpus).identity()));
    if (!found)
        throw Error(ErrorKind::data,
                    "The tokenizer of " + run.label() +
                        " is not in the workspace or is damaged; run it again with --again.");
    return found->folder;
}

} // namespace

TrainedRouter::TrainedRouter(const RunRecord& run, ArtifactStore& artifacts)
    : router_(Router::read(router_folder(run, artifacts))), tokenizer_(tokenizer_folder(run, artifacts)) {}

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
