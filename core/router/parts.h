// SPDX-License-Identifier: GPL-3.0-or-later
// Work cut into parts that threads take in turn. Who does a part never matters: sums are kept by part and
// added in the order of the parts, so that numbers do not depend on the number of threads.
#pragma once

#include "base/error.h"

#include <cstddef>
#include <functional>
#include <stop_token>

namespace retort {

/// Calls work(0), …, work(parts − 1) on up to `threads` threads (0: one for each core), the caller's
/// included. Returns when all have; then throws what the first part that threw has thrown.
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
