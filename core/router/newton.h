// SPDX-License-Identifier: GPL-3.0-or-later
// Minimises a smooth convex function of many variables by Newton's method. Conjugate gradients solve each
// step only as far as it is worth (Dembo & Steihaug 1983); the line search backtracks (Nocedal & Wright,
// Numerical Optimization, 2nd ed., algorithms 7.1, 5.3 and 3.1).
#pragma once

#include <span>
#include <vector>

namespace retort {

class CurvedFunction {
public:
    virtual ~CurvedFunction() = default;

    /// Returns the value at x and writes the gradient.
    virtual double operator()(std::span<const double> x, std::span<double> gradient) = 0;
    /// The Hessian where the function was last asked for its value, times the direction. Single precision is
    /// enough: it makes a step less good, not the minimum less exact.
    virtual void multiply_hessian(std::span<const double> direction, std::span<double> product) = 0;
    /// An estimate of that Hessian's diagonal, above 0. It sets the scale of each variable.
    virtual void diagonal(std::span<double> out) const = 0;
};

struct NewtonOptions {
    int most_iterations = 200;
    double tolerance = 1e-4; ///< ends when no element of the gradient is larger
    /// Where the function curves by at least `convexity` in every direction, ‖gradient‖² / (2 · convexity) is
    /// no less than what is left to gain; ends when that is at most `gap` of the value. 0: not asked.
    double convexity = 0;
    double gap = 0;
};

struct NewtonResult {
    double value = 0;
    int iterations = 0;
    int evaluations = 0;        ///< of value and gradient
    int products = 0;           ///< with the Hessian
    bool has_converged = false; ///< false: too many iterations, or no step that rounding lets be seen
};

/// From x to the minimum, in place. What `function` throws passes through.
NewtonResult minimise(CurvedFunction& function, std::vector<double>& x, const NewtonOptions& options);

} // namespace retort
