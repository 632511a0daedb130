// SPDX-License-Identifier: GPL-3.0-or-later
// Modified Huber loss (Zhang, ICML 2004) with an L2 penalty, one class against the rest, by stochastic
// gradients with scikit-learn's schedule: rate 1 / (penalty (t0 + t)), up to 1000 passes, until the summed
// loss has not fallen by 1e-3 a row for 5 passes.
#pragma once

#include "router/linear_scores.h"

namespace retort {

class StochasticGradient : public LinearClassifier {
public:
    /// `threads`: 0 for one each core; the numbers do not depend on it.
    explicit StochasticGradient(double penalty, unsigned threads = 0)
        : penalty_(penalty), threads_(threads) {}

    void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) override;
    /// (clip(score, −1, 1) + 1) / 2 of each class over their sum. Where that makes the best score one of
    /// equals, it gets 1e-9 more, so that the likeliest class is the one with the best score.
    void probabilities(const SparseRow& row, std::span<double> out) const override;

private:
    double penalty_;
    unsigned threads_;
};

} // namespace retort
