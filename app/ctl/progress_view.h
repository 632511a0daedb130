// SPDX-License-Identifier: GPL-3.0-or-later
// What a person sees of a running study on a terminal: one line that moves, with tokens/s and the time left;
// in a log file a line now and then; with --json a line for each event.
#pragma once

#include "spec/event.h"

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace retort::ctl {

class ProgressView : public EventSink {
public:
    enum class Style { terminal, log, json };
    explicit ProgressView(Style style) : style_(style) {}

    /// The name a run is shown by; a run without one is shown by its id.
    void name_run(const std::string& id, const std::string& label);
    void accept(const RunEvent& event) override;
    /// Ends the moving line.
    void finish();

private:
    struct Seen {
        std::string label;
        std::int64_t total_steps = 0;
        std::int64_t tokens_per_step = 0;
        std::int64_t first_step = 0; ///< of this process
        std::chrono::steady_clock::time_point began;
        std::int64_t step = 0;
        double loss = 0;
        std::string phase; ///< the newest that a log has a line of
        double rate = 0;   ///< tokens per second since it began
    };
    void show(Seen& run, const RunStarted& e);
    void show(Seen& run, const StepMeasured& e);
    void show(Seen& run, const Evaluated& e);
    void show(Seen& run, const RoutingEvaluation& e);
    void show(Seen& run, const CheckpointSaved& e);
    void show(Seen& run, const Progressed& e);
    void show(Seen& run, const Notice& e);
    void show(Seen& run, const StatusChanged& e);
    void moving_line(const std::string& text);
    void fixed_line(const std::string& text);

    Style style_;
    std::mutex mutex_;
    std::map<std::string, Seen> runs_;
    std::size_t moving_width_ = 0;
    std::chrono::steady_clock::time_point last_drawn_;
};

} // namespace retort::ctl
