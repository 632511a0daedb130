// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/lbfgs.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>

namespace retort {
namespace {

using Vector = std::vector<double>;
constexpr double sufficient_decrease = 1e-4, curvature = 0.9;
constexpr int most_trials = 30;

/// Four sums side by side, which a processor adds at once; their order is fixed.
double dot(const Vector& a, const Vector& b) {
    double sums[4] = {};
    std::size_t i = 0;
    for (; i + 4 <= a.size(); i += 4)
        for (std::size_t k = 0; k < 4; ++k)
            sums[k] += a[i + k] * b[i + k];
    for (; i < a.size(); ++i)
        sums[0] += a[i] * b[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

double largest_size(const Vector& values) {
    double largest = 0;
    for (const double value : values)
        largest = std::max(largest, std::abs(value));
    return largest;
}

struct Pair {
    Vector step, change; ///< of x, and of the gradient
    double product = 0;  ///< step · change, above 0
};

/// A trial of the line search: step length, value and slope along the direction.
struct Trial {
    double length = 0, value = 0, slope = 0;
};

/// Minimiser of the cubic through two trials (Nocedal & Wright 3.59), kept away from both ends.
double cubic_minimum(const Trial& a, const Trial& b) {
    const double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.length - b.length);
    const double root = std::sqrt(std::max(0.0, d1 * d1 - a.slope * b.slope));
    const double d2 = b.length > a.length ? root : -root;
    const double fraction = (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
    const double length = b.length - (b.length - a.length) * fraction;
    const double low = std::min(a.length, b.length), width = std::abs(b.length - a.length);
    if (!std::isfinite(length)) return low + width / 2;
    return std::clamp(length, low + 0.1 * width, low + 0.9 * width);
}

class Minimisation {
public:
    Minimisation(const SmoothFunction& function, Vector& x, const LbfgsOptions& options)
        : function_(function),
          x_(x),
          options_(options),
          gradient_(x.size()),
          next_(x.size()),
          next_gradient_(x.size()),
          direction_(x.size()) {}

    LbfgsResult run() {
        result_.value = function_(x_, gradient_);
        ++result_.evaluations;
        while (!(result_.has_converged = is_near())) {
            if (result_.iterations == options_.most_iterations || !advance()) break;
            ++result_.iterations;
        }
        return result_;
    }

private:
    [[nodiscard]] bool is_near() const {
        const double left = 2 * options_.convexity * options_.gap * result_.value;
        return (left > 0 && dot(gradient_, gradient_) <= left) ||
               largest_size(gradient_) <= options_.tolerance;
    }

    /// One step; false when there is none that lowers the value.
    bool advance() {
        choose_direction();
        std::optional<Trial> found = search(pairs_.empty() && options_.diagonal.empty());
        if (!found && !pairs_.empty()) { // what was remembered misleads: begin anew
            pairs_.clear();
            choose_direction();
            found = search(options_.diagonal.empty());
        }
        if (!found) return false;
        remember();
        std::swap(x_, next_);
        std::swap(gradient_, next_gradient_);
        result_.value = found->value;
        return true;
    }

    void apply_diagonal(Vector& v) const {
        for (std::size_t i = 0; i < options_.diagonal.size(); ++i)
            v[i] /= options_.diagonal[i];
    }

    /// Minus the inverse Hessian, as far as it is known, times the gradient: the two loops of algorithm 7.4.
    void choose_direction() {
        direction_ = gradient_;
        Vector factors(pairs_.size());
        for (std::size_t i = pairs_.size(); i-- > 0;) {
            factors[i] = dot(pairs_[i].step, direction_) / pairs_[i].product;
            add(-factors[i], pairs_[i].change);
        }
        apply_diagonal(direction_);
        for (double& value : direction_)
            value *= -scale_;
        for (std::size_t i = 0; i < pairs_.size(); ++i)
            add(-factors[i] - dot(pairs_[i].change, direction_) / pairs_[i].product, pairs_[i].step);
    }

    void add(double factor, const Vector& v) {
        for (std::size_t i = 0; i < v.size(); ++i)
            direction_[i] += factor * v[i];
    }

    void remember() {
        Pair pair;
        if (pairs_.size() == options_.memory) {
            pair = std::move(pairs_.front());
            pairs_.pop_front();
        }
        pair.step.resize(x_.size());
        pair.change.resize(x_.size());
        for (std::size_t i = 0; i < x_.size(); ++i) {
            pair.step[i] = next_[i] - x_[i];
            pair.change[i] = next_gradient_[i] - gradient_[i];
        }
        pair.product = dot(pair.step, pair.change);
        if (!(pair.product > 0)) return;
        double scaled = 0;
        for (std::size_t i = 0; i < x_.size(); ++i)
            scaled +=
                pair.change[i] * pair.change[i] / (options_.diagonal.empty() ? 1 : options_.diagonal[i]);
        scale_ = pair.product / scaled;
        pairs_.push_back(std::move(pair));
    }

    Trial attempt(double length) {
        for (std::size_t i = 0; i < x_.size(); ++i)
            next_[i] = x_[i] + length * direction_[i];
        const double value = function_(next_, next_gradient_);
        ++result_.evaluations;
        return {length, value, dot(next_gradient_, direction_)};
    }

    [[nodiscard]] bool lowers_enough(const Trial& trial, const Trial& start) const {
        return trial.value <= start.value + sufficient_decrease * trial.length * start.slope;
    }
    [[nodiscard]] static bool is_flat_enough(const Trial& trial, const Trial& start) {
        return std::abs(trial.slope) <= -curvature * start.slope;
    }

    /// Leaves next_ and its gradient at the trial that it returns.
    std::optional<Trial> search(bool is_first) {
        if (pairs_.empty()) scale_ = 1;
        const Trial start{0, result_.value, dot(gradient_, direction_)};
        if (!(start.slope < 0)) return {};
        Trial before = start;
        double length = is_first ? std::min(1.0, 1 / std::sqrt(dot(gradient_, gradient_))) : 1.0;
        for (int i = 0; i < most_trials; ++i) {
            const Trial trial = attempt(length);
            if (!lowers_enough(trial, start) || (i > 0 && trial.value >= before.value))
                return zoom(before, trial, start);
            if (is_flat_enough(trial, start)) return trial;
            if (trial.slope >= 0) return zoom(trial, before, start);
            before = trial;
            length *= 2;
        }
        return {};
    }

    /// `low` is the best so far; a step that meets both conditions lies between the two.
    std::optional<Trial> zoom(Trial low, Trial high, const Trial& start) {
        for (int i = 0; i < most_trials; ++i) {
            const Trial trial = attempt(cubic_minimum(low, high));
            if (!lowers_enough(trial, start) || trial.value >= low.value) {
                high = trial;
            } else {
                if (is_flat_enough(trial, start)) return trial;
                if (trial.slope * (high.length - low.length) >= 0) high = low;
                low = trial;
            }
        }
        if (low.length == 0) return {};
        return attempt(low.length);
    }

    const SmoothFunction& function_;
    Vector& x_;
    const LbfgsOptions& options_;
    Vector gradient_, next_, next_gradient_, direction_;
    std::deque<Pair> pairs_; ///< oldest first
    double scale_ = 1;
    LbfgsResult result_;
};

} // namespace

LbfgsResult minimise(const SmoothFunction& function, std::vector<double>& x, const LbfgsOptions& options) {
    return Minimisation(function, x, options).run();
}

} // namespace retort
