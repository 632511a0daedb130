// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"

#include <QString>

#include <map>
#include <optional>
#include <string>

namespace retort {

/// How far the run is that spoke last, from what it says. Runs of a group, which speak in turns, do not
/// forget each other's way; a teacher that is trained first is one of them.
class RunProgress {
public:
    void take(const RunEvent& event);

    [[nodiscard]] const std::string& run() const { return m_run; }
    /// In [0, 1]; nothing while the amount of work is unknown.
    [[nodiscard]] std::optional<double> fraction() const;
    /// Of training, at the mean rate since the run began or went on in this process.
    [[nodiscard]] std::optional<double> secondsLeft() const;
    /// "Training the tokenizer", or "Step 120 of 400".
    [[nodiscard]] QString phase() const;
    [[nodiscard]] bool isPaused() const { return state().isPaused; }

private:
    struct Mark {
        std::int64_t step = 0;
        double wallSeconds = 0;
    };
    void take(const RunStarted& started);
    void take(const StepMeasured& measured);
    void take(const Progressed& progressed);
    void take(const StatusChanged& changed) {
        m_states[m_run].isPaused = changed.status == RunStatus::paused;
    }
    template <class Other>
    void take(const Other&) {}

    struct State {
        std::int64_t totalSteps = 0;
        std::optional<Mark> first;
        Mark last;
        std::optional<Progressed> phase;
        bool isPaused = false;
    };
    [[nodiscard]] const State& state() const;

    std::string m_run;
    std::map<std::string, State> m_states; ///< by run
};

} // namespace retort
