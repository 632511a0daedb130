// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/run_store.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace retort {

/// Reads and writes the store beside the window's thread, so that a large workspace or a busy disk never
/// holds the window up. No Qt.
class StoreThread {
public:
    using Job = std::function<void(RunStore&)>;

    /// `trouble` hears the one sentence of a job that threw, on the store's thread. While the store cannot be
    /// opened, jobs wait; it hears why, and an empty sentence when that is over.
    StoreThread(const Workspace& workspace, std::function<void(std::string)> trouble);
    /// Does what was posted before, where the store is open, then joins.
    ~StoreThread();

    /// Jobs are done one after the other, in the order of posting. Any thread.
    void post(Job job);

private:
    void work(const std::stop_token& stop);
    [[nodiscard]] std::unique_ptr<RunStore> open();
    [[nodiscard]] bool waitToTryAgain(const std::stop_token& stop);
    [[nodiscard]] std::vector<Job> next(const std::stop_token& stop);
    void run(RunStore& store, const Job& job) const;

    Workspace workspace_;
    std::function<void(std::string)> trouble_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<Job> jobs_;
    std::string obstacle_; ///< why the store could not be opened
    std::jthread thread_;  ///< last, so that it ends before what it uses
};

} // namespace retort
