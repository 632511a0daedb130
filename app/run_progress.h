// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"

#include <QString>

#include <optional>
#include <string>

namespace retort {

/// How far the run at work is, from what it says. A teacher that is trained first counts as the run while it
/// lasts.
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
    [[nodiscard]] bool isPaused() const { return m_paused; }

private:
    struct Mark {
        std::int64_t step = 0;
        double wallSeconds = 0;
    };
    void take(const RunStarted& started);
    void take(const StepMeasured& measured);
    void take(const Progressed& progressed);
    void take(const StatusChanged& changed) { m_paused = changed.status == RunStatus::paused; }
    template <class Other>
    void take(const Other&) {}

    std::string m_run;
    std::int64_t m_totalSteps = 0;
    std::optional<Mark> m_first;
    Mark m_last;
    std::optional<Progressed> m_phase;
    bool m_paused = false;
};

} // namespace retort
