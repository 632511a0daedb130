// SPDX-License-Identifier: GPL-3.0-or-later
// How a person's wish reaches a training: set from any thread, read by the trainer between micro-batches and
// layers.
#pragma once

#include <map>
#include <mutex>
#include <string>

namespace retort {

enum class RunCommand { go, pause, stop };

/// The wishes for all runs of this process, by run id. Any thread.
class RunControls {
public:
    void request(const std::string& run_id, RunCommand command) {
        const std::lock_guard lock(mutex_);
        commands_[run_id] = command;
    }
    [[nodiscard]] RunCommand command(const std::string& run_id) const {
        const std::lock_guard lock(mutex_);
        const auto found = commands_.find(run_id);
        return found == commands_.end() ? RunCommand::go : found->second;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, RunCommand> commands_;
};

} // namespace retort
