// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/trained_router.h"
#include "store/workspace.h"
#include "widgets/pages/router_source.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace retort {

/// Asks trained routers beside the window's thread, on one thread of its own; the router that was asked last
/// is kept in memory.
class RouterReader : public QObject {
    Q_OBJECT
public:
    explicit RouterReader(const Workspace& workspace, QObject* parent = nullptr);
    /// Waits for the text at work; what was asked after it is not answered.
    ~RouterReader() override;

    using Decided = RouterSource::Decided;
    using Features = std::function<void(std::vector<DomainFeatures>)>;

    /// Answers come on this object's thread. Only the newest text that waits is answered.
    void decide(const RunRecord& run, const std::string& text, Decided answer);
    /// None where the router cannot be read.
    void readFeatures(const RunRecord& run, Features answer);

private:
    [[nodiscard]] const TrainedRouter& opened(const RunRecord& run);
    [[nodiscard]] LiveDecision decision(const RunRecord& run, const std::string& text);
    [[nodiscard]] std::vector<DomainFeatures> features(const RunRecord& run);

    Workspace m_workspace;
    std::unique_ptr<TrainedRouter> m_router; ///< on the pool's thread alone, as the next
    std::string m_artifact;
    std::atomic<int> m_newest = 0; ///< text asked last
    QThreadPool m_thread;
};

} // namespace retort
