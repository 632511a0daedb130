// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <thread>
#include <utility>

namespace retort {

/// Pieces of work done on all cores, whose results come on the calling thread in the order of the pieces.
/// What a piece throws comes out of add() or finish(). Destroying it waits for the pieces under way.
template <class Piece, class Result>
class OrderedWork {
public:
    /// `work` is called by several threads at once, `take` on the calling thread.
    OrderedWork(std::function<Result(Piece&&)> work, std::function<void(Result&&)> take)
        : work_(std::move(work)), take_(std::move(take)) {}

    void add(Piece piece) {
        if (under_way_.size() >= most_) take_first();
        under_way_.push_back(std::async(
            std::launch::async, [this](Piece one) { return work_(std::move(one)); }, std::move(piece)));
    }
    void finish() {
        while (!under_way_.empty())
            take_first();
    }

private:
    void take_first() {
        std::future<Result> first = std::move(under_way_.front());
        under_way_.pop_front();
        take_(first.get());
    }

    std::function<Result(Piece&&)> work_;
    std::function<void(Result&&)> take_;
    std::size_t most_ = std::clamp(std::thread::hardware_concurrency(), 2U, 16U); ///< pieces under way
    std::deque<std::future<Result>> under_way_; ///< last, so that they end before what they use
};

} // namespace retort
