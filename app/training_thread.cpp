// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training_thread.h"

#include "store/artifact_folder.h"
#include "store/run_store.h"

#include <exception>
#include <map>
#include <utility>

namespace retort {
namespace {

bool is_final(RunStatus status) {
    return status != RunStatus::queued && !is_live(status);
}

/// Stands between the run function and the store and keeps account of the runs that began here, so that one
/// whose training threw does not stay "running".
class Account : public RunLedger, public EventSink {
public:
    Account(RunLedger& ledger, Recording& recording, const TrainingThread::Listeners& listeners)
        : ledger_(ledger), recording_(recording), listeners_(listeners) {}

    std::optional<RunRecord> find(const RunPlan& plan) override { return ledger_.find(plan); }
    RunTicket begin(const RunPlan& plan) override { return enter(ledger_.begin(plan)); }
    RunTicket resume(const std::string& run_id) override { return enter(ledger_.resume(run_id)); }

    void accept(const RunEvent& event) override {
        note(event);
        recording_.recorder.accept(event);
        listeners_.events(event);
    }

    void flush() override { recording_.recorder.flush(); }

    void fail_open_runs(const std::string& reason) {
        const auto open = open_;
        for (const auto& [run, position] : open)
            accept(
                {run, position.attempt, position.sequence + 1, StatusChanged{RunStatus::failed, reason, {}}});
    }

private:
    struct Position {
        int attempt = 1;
        std::int64_t sequence = 0;
    };

    RunTicket enter(RunTicket ticket) {
        open_[ticket.id] = {ticket.attempt, 0};
        recording_.controls.request(ticket.id,
                                    RunCommand::go); // a stop that ended the run before must not end it again
        listeners_.begun(ticket.plan);
        return ticket;
    }

    void note(const RunEvent& event) {
        const auto* status = std::get_if<StatusChanged>(&event.what);
        if (status != nullptr && is_final(status->status))
            open_.erase(event.run);
        else
            open_[event.run] = {event.attempt, event.sequence};
    }

    RunLedger& ledger_;
    Recording& recording_;
    const TrainingThread::Listeners& listeners_;
    std::map<std::string, Position> open_;
};

/// What a person needs of an exception; LibTorch's carry a backtrace below the first line.
std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

} // namespace

TrainingThread::TrainingThread(const Workspace& workspace, RunFunction run,
                               std::shared_ptr<Recording> recording, Listeners listeners)
    : workspace_(workspace),
      run_(std::move(run)),
      recording_(std::move(recording)),
      listeners_(std::move(listeners)),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

TrainingThread::~TrainingThread() {
    thread_.request_stop();
    interrupt();
}

void TrainingThread::start(RunGroup group) {
    {
        const std::lock_guard lock(mutex_);
        next_ = std::move(group);
        run_stop_ = std::stop_source();
    }
    wake_.notify_one();
}

void TrainingThread::interrupt() {
    const std::lock_guard lock(mutex_);
    run_stop_.request_stop();
}

void TrainingThread::work(const std::stop_token& stop) {
    while (const auto group = next(stop)) {
        std::stop_token run_stop;
        {
            const std::lock_guard lock(mutex_);
            run_stop = run_stop_.get_token();
        }
        TrainingResult result = train(*group, run_stop);
        // No run is at work now, and whoever hears of the result may read the store or resume the run.
        recording_->settle();
        listeners_.done(std::move(result));
    }
}

std::optional<RunGroup> TrainingThread::next(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!wake_.wait(lock, stop, [this] { return next_.has_value(); }) || stop.stop_requested()) return {};
    return std::exchange(next_, std::nullopt);
}

TrainingResult TrainingThread::train(const RunGroup& group, std::stop_token stop) {
    try {
        RunStore ledger(workspace_);
        ArtifactFolder artifacts(workspace_);
        Account account(ledger, *recording_, listeners_);
        const Laboratory laboratory{artifacts, account, recording_->controls, account};
        try {
            return {run_(group, laboratory, std::move(stop)), {}};
        } catch (const std::exception& error) {
            account.fail_open_runs(first_line(error.what()));
            throw;
        }
    } catch (const std::exception& error) {
        return {{}, first_line(error.what())};
    }
}

} // namespace retort
