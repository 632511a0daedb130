// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/parts.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace retort {

void for_each_part(std::size_t parts, unsigned threads, const std::function<void(std::size_t)>& work) {
    const std::size_t cores = threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
    std::vector<std::exception_ptr> thrown(parts);
    std::atomic<std::size_t> next = 0;
    const auto take_parts = [&] {
        for (std::size_t part = next++; part < parts; part = next++)
            try {
                work(part);
            } catch (...) {
                thrown[part] = std::current_exception();
            }
    };
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < std::min(cores, parts); ++i)
            helpers.emplace_back(take_parts);
        take_parts();
    }
    for (const std::exception_ptr& exception : thrown)
        if (exception) std::rethrow_exception(exception);
}

void check_stop(const std::stop_token& stop) {
    if (stop.stop_requested()) throw Error(ErrorKind::interrupted, "The training of the router was stopped.");
}

} // namespace retort
