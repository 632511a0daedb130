// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/parts.h"

#include <algorithm>
#include <exception>

namespace retort {

PartWorkers::PartWorkers(unsigned threads, std::size_t most_parts) {
    const std::size_t cores = threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
    for (std::size_t i = 1; i < std::min(cores, most_parts); ++i)
        helpers_.emplace_back([this](const std::stop_token& stop) { help(stop); });
}

void PartWorkers::for_each_part(std::size_t parts, const std::function<void(std::size_t)>& work) {
    std::unique_lock lock(mutex_);
    work_ = &work;
    parts_ = unfinished_ = parts;
    next_ = 0;
    thrown_.assign(parts, nullptr);
    has_parts_.notify_all();
    take_parts(lock);
    is_done_.wait(lock, [&] { return unfinished_ == 0; });
    for (const std::exception_ptr& exception : thrown_)
        if (exception) std::rethrow_exception(exception);
}

void PartWorkers::help(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (has_parts_.wait(lock, stop, [&] { return next_ < parts_; }))
        take_parts(lock);
}

void PartWorkers::take_parts(std::unique_lock<std::mutex>& lock) {
    while (next_ < parts_) {
        const std::size_t part = next_++;
        std::exception_ptr thrown;
        lock.unlock();
        try {
            (*work_)(part);
        } catch (...) {
            thrown = std::current_exception();
        }
        lock.lock();
        thrown_[part] = thrown;
        if (--unfinished_ == 0) is_done_.notify_one();
    }
}

void for_each_part(std::size_t parts, unsigned threads, const std::function<void(std::size_t)>& work) {
    PartWorkers(threads, parts).for_each_part(parts, work);
}

void check_stop(const std::stop_token& stop) {
    if (stop.stop_requested()) throw Error(ErrorKind::interrupted, "The training of the router was stopped.");
}

} // namespace retort
