// SPDX-License-Identifier: GPL-3.0-or-later
// A micro-batch is cut into shares of whole sequences, one for each core: each core computes its share by
// itself, with a BLAS of one thread, and gradients are added in the order of the shares. Cores then meet once
// a pass instead of at every product, which is what a small model spends its time on otherwise, and what a
// machine with other work to do makes slow.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace retort {

/// Sequences [begin, end) of a micro-batch.
struct ShareRange {
    std::int64_t begin = 0, end = 0;
    [[nodiscard]] std::int64_t size() const { return end - begin; }
};

class ShareTeam {
public:
    /// `threads` ≥ 1, the caller's included.
    explicit ShareTeam(int threads);
    ~ShareTeam();
    ShareTeam(const ShareTeam&) = delete;
    ShareTeam& operator=(const ShareTeam&) = delete;

    [[nodiscard]] int size() const { return size_; }
    /// How `sequences` are cut: as many shares as threads, fewer where there are fewer sequences, none of
    /// them empty.
    [[nodiscard]] std::vector<ShareRange> cut(std::int64_t sequences) const;
    /// Calls work(0), …, work(shares − 1), shares ≤ size(), each on a thread of its own, the first on the
    /// caller's. Returns when all have; then throws what the first share that threw has thrown.
    void run(std::size_t shares, const std::function<void(std::size_t share)>& work);

private:
    struct Pool;
    int size_;
    std::unique_ptr<Pool> pool_; ///< nothing for one thread
};

} // namespace retort
