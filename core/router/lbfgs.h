// SPDX-License-Identifier: GPL-3.0-or-later
// Minimises a smooth function by L-BFGS (Liu & Nocedal 1989) with a line search for the strong Wolfe
// conditions (Nocedal & Wright, Numerical Optimization, 2nd ed., algorithms 3.5, 3.6 and 7.4).
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace retort {

/// Returns the value at x and writes the gradient.
using SmoothFunction = std::function<double(std::span<const double> x, std::span<double> gradient)>;

struct LbfgsOptions {
    std::size_t memory = 30; ///< pairs of steps and gradient differences kept
    int most_iterations = 1000;
    double tolerance = 1e-4; ///< ends when no element of the gradient is larger
    /// Where the function curves by at least `convexity` in every direction, ‖gradient‖² / (2 · convexity) is
    /// no less than what is left to gain; ends when that is at most `gap` of the value. 0: not asked.
    double convexity = 0;
    double gap = 0;
    /// An estimate of the Hessian's diagonal, above 0; empty for ones. It sets the scale of each variable.
    std::span<const double> diagonal;
};

struct LbfgsResult {
    double value = 0;
    int iterations = 0;
    int evaluations = 0;
    bool has_converged = false; ///< false: too many iterations, or no step that rounding lets be seen
};

/// From x to the minimum, in place. What `function` throws passes through.
LbfgsResult minimise(const SmoothFunction& function, std::vector<double>& x, const LbfgsOptions& options);

} // namespace retort
