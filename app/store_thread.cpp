// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store_thread.h"

#include <exception>
#include <utility>

namespace retort {

StoreThread::StoreThread(const Workspace& workspace, std::function<void(std::string)> trouble)
    : workspace_(workspace),
      trouble_(std::move(trouble)),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

StoreThread::~StoreThread() = default;

void StoreThread::post(Job job) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
}

void StoreThread::work(const std::stop_token& stop) {
    try {
        RunStore store(workspace_);
        for (auto jobs = next(stop); !jobs.empty(); jobs = next(stop))
            for (const Job& job : jobs)
                run(store, job);
    } catch (const std::exception& error) {
        trouble_(error.what());
    }
}

std::vector<StoreThread::Job> StoreThread::next(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, stop, [this] { return !jobs_.empty(); });
    return std::exchange(jobs_, {});
}

void StoreThread::run(RunStore& store, const Job& job) const {
    try {
        job(store);
    } catch (const std::exception& error) {
        trouble_(error.what());
    }
}

} // namespace retort
