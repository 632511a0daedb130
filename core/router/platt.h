// SPDX-License-Identifier: GPL-3.0-or-later
// Margins to probabilities: P(y | f) = 1 / (1 + e^(a f + b)). Source: Platt, "Probabilistic outputs for
// support vector machines", 1999; its targets and the Newton iteration as Lin, Lin & Weng, "A note on Platt's
// probabilistic outputs for support vector machines", Machine Learning 68 (2007), mend them.
#pragma once

#include <span>

namespace retort {

struct PlattScale {
    double a = -1, b = 0; ///< a < 0: a larger margin is a larger probability
    /// ln P, exact for any margin.
    [[nodiscard]] double log_probability(double margin) const;
};

/// By maximum likelihood. `is_positive` has an element of 0 or 1 for each margin. Margins that say nothing,
/// or the opposite, give an a just below 0.
[[nodiscard]] PlattScale fit_platt(std::span<const double> margins, std::span<const char> is_positive);

} // namespace retort
