// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store_thread.h"

#include <chrono>
#include <exception>
#include <utility>

namespace retort {
namespace {

constexpr std::chrono::milliseconds retryInterval{500};

} // namespace

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
    std::unique_ptr<RunStore> store = open();
    while (!store && waitToTryAgain(stop))
        store = open();
    if (!store) return;
    for (auto jobs = next(stop); !jobs.empty(); jobs = next(stop))
        for (const Job& job : jobs)
            run(*store, job);
}

std::unique_ptr<RunStore> StoreThread::open() {
    std::string obstacle;
    std::unique_ptr<RunStore> store;
    try {
        store = std::make_unique<RunStore>(workspace_);
    } catch (const std::exception& error) {
        obstacle = std::string("No run can be listed or changed: ") + error.what();
    }
    if (obstacle != std::exchange(obstacle_, obstacle)) trouble_(obstacle);
    return store;
}

bool StoreThread::waitToTryAgain(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, retryInterval, [] { return false; });
    return !stop.stop_requested();
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
