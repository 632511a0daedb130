// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/share_team.h"

#include "nn/fused_ops.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <omp.h>
#include <thread>

namespace retort {
namespace {

/// Inside a share the row kernels, LibTorch and its BLAS have one thread: the cores are taken.
class OneThread {
public:
    OneThread() {
        (void)at::get_num_threads(); // a thread's first question gives it LibTorch's number: ask before
                                     // setting ours
        before_ = omp_get_max_threads();
        omp_set_num_threads(1);
    }
    ~OneThread() { omp_set_num_threads(before_); }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    int before_ = 1;
};

} // namespace

/// Threads that sleep between passes.
struct ShareTeam::Pool {
    std::mutex mutex;
    std::condition_variable_any wake, ended;
    const std::function<void(std::size_t)>* work = nullptr;
    kernels::Factors factors = kernels::Factors::fp32; ///< of the thread that calls
    std::size_t shares = 0, left = 0;
    std::uint64_t round = 0;
    std::vector<std::exception_ptr> thrown;
    std::vector<std::jthread> threads; ///< last, so that they end first

    explicit Pool(int helpers) {
        for (int i = 1; i <= helpers; ++i)
            threads.emplace_back([this, share = static_cast<std::size_t>(i)](const std::stop_token& stop) {
                serve(share, stop);
            });
    }

    void serve(std::size_t share, const std::stop_token& stop) {
        std::uint64_t seen = 0;
        while (true) {
            std::unique_lock lock(mutex);
            if (!wake.wait(lock, stop, [&] { return round != seen; })) return;
            seen = round;
            if (share >= shares) continue;
            lock.unlock();
            perform(share);
            lock.lock();
            if (--left == 0) ended.notify_all();
        }
    }

    void perform(std::size_t share) {
        const OneThread alone;
        const FactorsGuard as_the_caller(factors);
        try {
            (*work)(share);
        } catch (...) {
            thrown[share] = std::current_exception();
        }
    }

    void run(std::size_t count, const std::function<void(std::size_t)>& wanted) {
        {
            const std::lock_guard lock(mutex);
            work = &wanted;
            factors = product_factors();
            shares = count;
            left = count - 1;
            thrown.assign(count, nullptr);
            ++round;
        }
        wake.notify_all();
        perform(0);
        std::unique_lock lock(mutex);
        ended.wait(lock, [this] { return left == 0; });
    }
};

ShareTeam::ShareTeam(int threads)
    : size_(std::max(threads, 1)), pool_(threads > 1 ? std::make_unique<Pool>(threads - 1) : nullptr) {}

ShareTeam::~ShareTeam() = default;

std::vector<ShareRange> ShareTeam::cut(std::int64_t sequences) const {
    const std::int64_t shares = std::min<std::int64_t>(size_, sequences);
    std::vector<ShareRange> ranges;
    for (std::int64_t s = 0; s < shares; ++s)
        ranges.push_back({s * sequences / shares, (s + 1) * sequences / shares});
    return ranges;
}

void ShareTeam::run(std::size_t shares, const std::function<void(std::size_t)>& work) {
    if (!pool_ || shares == 1) {
        for (std::size_t share = 0; share < shares; ++share)
            work(share);
        return;
    }
    pool_->run(shares, work);
    for (const std::exception_ptr& exception : pool_->thrown)
        if (exception) std::rethrow_exception(exception);
}

} // namespace retort
