// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/newton.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace retort {
namespace {

using Vector = std::vector<double>;
constexpr double sufficient_decrease = 1e-4;
constexpr double largest_residual = 0.3; // of a step's linear system, relative to the gradient
constexpr double end_share = 0.3; // a residual this far below what ends the minimisation gains nothing more
constexpr int most_trials = 40, most_products = 1000;

/// Σ weight a b. Four sums side by side, which a processor adds at once; their order is fixed.
template <class Weight>
double weighted_dot(const Vector& a, const Vector& b, Weight weight) {
    double sums[4] = {};
    std::size_t i = 0;
    for (; i + 4 <= a.size(); i += 4)
        for (std::size_t k = 0; k < 4; ++k)
            sums[k] += weight(i + k) * a[i + k] * b[i + k];
    for (; i < a.size(); ++i)
        sums[0] += weight(i) * a[i] * b[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

double dot(const Vector& a, const Vector& b) {
    return weighted_dot(a, b, [](std::size_t) { return 1.0; });
}

double norm(const Vector& a) {
    return std::sqrt(dot(a, a));
}

double largest_size(const Vector& values) {
    double largest = 0;
    for (const double value : values)
        largest = std::max(largest, std::abs(value));
    return largest;
}

class Minimisation {
public:
    Minimisation(CurvedFunction& function, Vector& x, const NewtonOptions& options)
        : function_(function),
          x_(x),
          options_(options),
          gradient_(x.size()),
          next_(x.size()),
          next_gradient_(x.size()),
          direction_(x.size()),
          residual_(x.size()),
          conjugate_(x.size()),
          product_(x.size()),
          preconditioner_(x.size()) {}

    NewtonResult run() {
        result_.value = evaluate(x_, gradient_);
        const double first_size = norm(gradient_);
        while (!(result_.has_converged = is_near())) {
            if (result_.iterations == options_.most_iterations) break;
            choose_direction(residual_enough(first_size));
            if (!search()) break;
            ++result_.iterations;
        }
        return result_;
    }

private:
    double evaluate(const Vector& x, Vector& gradient) {
        ++result_.evaluations;
        return function_(x, gradient);
    }

    /// The gradient's norm that `gap` asks for.
    [[nodiscard]] double near_norm() const {
        return std::sqrt(std::max(0.0, 2 * options_.convexity * options_.gap * result_.value));
    }
    [[nodiscard]] bool is_near() const {
        return (near_norm() > 0 && norm(gradient_) <= near_norm()) ||
               largest_size(gradient_) <= options_.tolerance;
    }

    /// Far from the minimum the quadratic model is not worth an exact solution; near it, convergence stays
    /// superlinear as the share falls.
    [[nodiscard]] double residual_enough(double first_size) const {
        const double size = norm(gradient_);
        return std::max(std::min(largest_residual, std::sqrt(size / first_size)) * size,
                        end_share * std::max(near_norm(), options_.tolerance));
    }

    [[nodiscard]] double scaled_squares() const {
        return weighted_dot(residual_, residual_, [&](std::size_t i) { return preconditioner_[i]; });
    }

    /// Solves Hessian · direction = −gradient until the residual is no larger than `enough`.
    void choose_direction(double enough) {
        function_.diagonal(preconditioner_);
        std::ranges::fill(direction_, 0.0);
        for (std::size_t i = 0; i < x_.size(); ++i) {
            preconditioner_[i] = 1 / preconditioner_[i];
            residual_[i] = -gradient_[i];
            conjugate_[i] = preconditioner_[i] * residual_[i];
        }
        double squares = scaled_squares();
        for (int k = 0; k < most_products; ++k) {
            function_.multiply_hessian(conjugate_, product_);
            ++result_.products;
            const double curvature = dot(conjugate_, product_);
            if (!(curvature > 0)) { // by rounding, or the function is not convex here
                if (k == 0) direction_ = conjugate_;
                return;
            }
            const double length = squares / curvature;
            for (std::size_t i = 0; i < x_.size(); ++i) {
                direction_[i] += length * conjugate_[i];
                residual_[i] -= length * product_[i];
            }
            if (norm(residual_) <= enough) return;
            const double before = std::exchange(squares, scaled_squares());
            for (std::size_t i = 0; i < x_.size(); ++i)
                conjugate_[i] = preconditioner_[i] * residual_[i] + squares / before * conjugate_[i];
        }
    }

    /// Goes along the direction, half as far after each trial; false when no step lowers the value.
    bool search() {
        const double slope = dot(gradient_, direction_);
        if (!(slope < 0)) return false;
        double length = 1;
        for (int i = 0; i < most_trials; ++i, length /= 2) {
            for (std::size_t j = 0; j < x_.size(); ++j)
                next_[j] = x_[j] + length * direction_[j];
            const double value = evaluate(next_, next_gradient_);
            if (!(value <= result_.value + sufficient_decrease * length * slope)) continue;
            std::swap(x_, next_);
            std::swap(gradient_, next_gradient_);
            result_.value = value;
            return true;
        }
        return false;
    }

    CurvedFunction& function_;
    Vector& x_;
    const NewtonOptions& options_;
    Vector gradient_, next_, next_gradient_;
    Vector direction_, residual_, conjugate_, product_, preconditioner_; ///< of the linear system
    NewtonResult result_;
};

} // namespace

NewtonResult minimise(CurvedFunction& function, std::vector<double>& x, const NewtonOptions& options) {
    return Minimisation(function, x, options).run();
}

} // namespace retort
