// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <utility>
#include <vector>

namespace retort {

/// Values on their way from the threads that make them to the one that takes them when it has time. Any
/// thread; neither side ever waits for the other's work.
template <class T>
class Mailbox {
public:
    void post(T letter) {
        const std::lock_guard lock(mutex_);
        letters_.push_back(std::move(letter));
    }

    /// All that came since the last call, in the order of arrival.
    [[nodiscard]] std::vector<T> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(letters_, {});
    }

private:
    std::mutex mutex_;
    std::vector<T> letters_;
};

} // namespace retort
