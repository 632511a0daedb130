// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/router_reader.h"

#include "store/artifact_folder.h"

#include <exception>
#include <utility>

namespace retort {
namespace {

constexpr std::size_t features_of_a_domain = 50;

} // namespace

RouterReader::RouterReader(const Workspace& workspace, QObject* parent)
    : QObject(parent), m_workspace(workspace) {
    m_thread.setMaxThreadCount(1);
    m_thread.setExpiryTimeout(-1);
}

RouterReader::~RouterReader() {
    m_thread.clear();
    m_thread.waitForDone();
}

void RouterReader::decide(const RunRecord& run, const std::string& text, Decided answer) {
    const int number = ++m_newest;
    m_thread.start([this, run, text, number, answer = std::move(answer)] {
        if (number != m_newest) return;
        QMetaObject::invokeMethod(
            this, [answer, decided = decision(run, text)] { answer(decided); }, Qt::QueuedConnection);
    });
}

void RouterReader::readFeatures(const RunRecord& run, Features answer) {
    m_thread.start([this, run, answer = std::move(answer)] {
        QMetaObject::invokeMethod(
            this, [answer, read = features(run)] { answer(read); }, Qt::QueuedConnection);
    });
}

const TrainedRouter& RouterReader::opened(const RunRecord& run) {
    if (!m_router || m_artifact != run.model_artifact) {
        ArtifactFolder artifacts(m_workspace);
        m_router = std::make_unique<TrainedRouter>(run, artifacts);
        m_artifact = run.model_artifact;
    }
    return *m_router;
}

LiveDecision RouterReader::decision(const RunRecord& run, const std::string& text) {
    LiveDecision live;
    try {
        const TrainedRouter& trained = opened(run);
        const Router& router = trained.router();
        RoutedText routed = trained.explain(text);
        live.domains = router.domains();
        live.probabilities = std::move(routed.decision.probabilities);
        live.decided = routed.decision.domain
                           ? router.domains()[static_cast<std::size_t>(*routed.decision.domain)]
                           : unknown_domain;
        live.threshold = router.threshold(routed.tokens);
        live.pieces = std::move(routed.pieces);
        live.evidence = std::move(routed.evidence);
    } catch (const std::exception& error) {
        live.problem = error.what();
    }
    return live;
}

std::vector<DomainFeatures> RouterReader::features(const RunRecord& run) {
    std::vector<DomainFeatures> all;
    try {
        const TrainedRouter& trained = opened(run);
        const std::vector<std::string>& domains = trained.router().domains();
        for (std::size_t i = 0; i < domains.size(); ++i) {
            all.push_back({domains[i], {}});
            for (auto& [text, weight] :
                 trained.top_features(static_cast<std::int64_t>(i), features_of_a_domain))
                all.back().features.push_back({std::move(text), weight});
        }
    } catch (const std::exception&) { // the box for a text says why
        return {};
    }
    const bool hasWeights =
        std::ranges::any_of(all, [](const DomainFeatures& some) { return !some.features.empty(); });
    return hasWeights ? all : std::vector<DomainFeatures>();
}

} // namespace retort
