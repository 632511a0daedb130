// SPDX-License-Identifier: GPL-3.0-or-later
// The one thread of a process that trains. It lives as long as its owner, because LibTorch's thread team
// belongs to the thread that calls it. No Qt.
#pragma once

#include "app/recording.h"
#include "engine/run_study.h"
#include "store/workspace.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace retort {

/// What trains at one time: plans that share batches, or the one run that is gone on with.
struct RunGroup {
    std::vector<RunPlan> plans;
    std::string resume_id; ///< the run to go on with; empty: new attempts

    /// "alpha/fixed/1", "alpha/fixed/1 and 3 more".
    [[nodiscard]] std::string label() const {
        const std::string first = plans.front().label();
        return plans.size() == 1 ? first : first + " and " + std::to_string(plans.size() - 1) + " more";
    }
};

/// Trains a group. Called on the training thread.
using RunFunction = std::function<std::vector<RunOutcome>(const RunGroup& group, Laboratory laboratory,
                                                          std::stop_token stop)>;

/// A plan that waits for its turn.
struct QueuedRun {
    RunPlan plan;
    std::string resume_id; ///< the run to go on with; empty: a new attempt
};

struct TrainingResult {
    std::vector<RunOutcome> outcomes; ///< in the order of the plans; those that were begun
    std::string error;                ///< one sentence when the run function threw
};

class TrainingThread {
public:
    /// `events` receives everything beside the recorder, `begun` the plan of each run once the ledger has it,
    /// `done` each result; all on the training thread.
    struct Listeners {
        std::function<void(const RunEvent&)> events;
        std::function<void(const RunPlan&)> begun;
        std::function<void(TrainingResult)> done;
    };

    TrainingThread(const Workspace& workspace, RunFunction run, std::shared_ptr<Recording> recording,
                   Listeners listeners);
    /// Stops the runs at work with a checkpoint and joins.
    ~TrainingThread();

    /// Hands over the next group; only after the last one's result came.
    void start(RunGroup group);
    /// Asks the runs at work to save a checkpoint and end as interrupted. Returns at once.
    void interrupt();

private:
    void work(const std::stop_token& stop);
    [[nodiscard]] std::optional<RunGroup> next(const std::stop_token& stop);
    [[nodiscard]] TrainingResult train(const RunGroup& group, std::stop_token stop);

    Workspace workspace_;
    RunFunction run_;
    std::shared_ptr<Recording> recording_;
    Listeners listeners_;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<RunGroup> next_;
    std::stop_source run_stop_;

    std::jthread thread_; ///< last, so that it ends before what it uses
};

} // namespace retort
