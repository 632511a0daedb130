// SPDX-License-Identifier: GPL-3.0-or-later
// Work cut into parts that threads take in turn. Who does a part never matters: sums are kept by part and
// added in the order of the parts, so that numbers do not depend on the number of threads.
#pragma once

#include "base/error.h"

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace retort {

/// Threads that stay for many short rounds of work. For one owner, who calls from one thread.
class PartWorkers {
public:
    /// Up to `threads` threads (0: one for each core), the caller's included, and no more than `most_parts`.
    PartWorkers(unsigned threads, std::size_t most_parts);

    /// Calls work(0), …, work(parts − 1). Returns when all have; then throws what the first part that threw
    /// has thrown. Never waits for a thread that has no part: on a busy machine the caller does them all.
    void for_each_part(std::size_t parts, const std::function<void(std::size_t part)>& work);

private:
    void help(const std::stop_token& stop);
    void take_parts(std::unique_lock<std::mutex>& lock);

    std::mutex mutex_;
    std::condition_variable_any has_parts_, is_done_;
    const std::function<void(std::size_t)>* work_ = nullptr;
    std::size_t parts_ = 0, next_ = 0, unfinished_ = 0;
    std::vector<std::exception_ptr> thrown_;
    std::vector<std::jthread> helpers_; ///< last: they end before what they use
};

/// One round of PartWorkers.
void for_each_part(std::size_t parts, unsigned threads, const std::function<void(std::size_t part)>& work);

/// Throws Error{interrupted} on a stop.
void check_stop(const std::stop_token& stop);

/// [begin, end) of one of `parts` shares of `count` things.
struct PartRange {
    std::size_t begin, end;
};
[[nodiscard]] inline PartRange part_range(std::size_t count, std::size_t parts, std::size_t part) {
    return {count * part / parts, count * (part + 1) / parts};
}

} // namespace retort
