// SPDX-License-Identifier: GPL-3.0-or-later
// Writes events to the database on a thread and a connection of its own, a transaction every 200 ms, keeps
// the run's summary and heartbeat, and hears there what other processes wish of the run (stop, pause, go on).
#pragma once

#include "spec/event.h"
#include "spec/run_control.h"
#include "store/workspace.h"

#include <memory>
#include <string>

namespace retort {

class Recorder : public EventSink {
public:
    /// `controls` must outlive the recorder; it may be null.
    explicit Recorder(const Workspace& workspace, RunControls* controls = nullptr);
    /// Writes what is left and joins. What the disk does not take even then is lost.
    ~Recorder() override;

    /// Puts the event into a queue. Any thread; never blocks on the disk.
    void accept(const RunEvent& event) override;

    /// Returns when all that was accepted before is in the database. Throws Error{workspace} with trouble()
    /// when that fails; the events are kept and tried again. Any thread.
    void flush() override;

    /// Empty while all is well; else the one sentence why events could not be written (full disk, …). From
    /// then on the recorder asks each of its runs to stop through `controls`, keeps the events and tries
    /// again.
    [[nodiscard]] std::string trouble() const;

private:
    class Writer;
    std::unique_ptr<Writer> writer_;
};

} // namespace retort
