// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/platt.h"

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr int most_iterations = 100;
constexpr double ridge = 1e-12, shortest_step = 1e-10, flat = 1e-10, flattest_slope = -1e-6;

/// ln(1 + e^x) without overflow.
double softplus(double x) {
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

struct Targets {
    double positive, negative;
};

/// Not 1 and 0: as if a positive and a negative more had been seen, evenly.
Targets targets_of(std::span<const char> is_positive) {
    const auto positives = static_cast<double>(std::ranges::count(is_positive, 1));
    const double negatives = static_cast<double>(is_positive.size()) - positives;
    return {(positives + 1) / (positives + 2), 1 / (negatives + 2)};
}

class PlattFit {
public:
    PlattFit(std::span<const double> margins, std::span<const char> is_positive)
        : margins_(margins), is_positive_(is_positive), targets_(targets_of(is_positive)) {
        const auto positives = static_cast<double>(std::ranges::count(is_positive, 1));
        const double negatives = static_cast<double>(is_positive.size()) - positives;
        scale_ = {0, std::log((negatives + 1) / (positives + 1))};
    }

    PlattScale run() {
        value_ = loss(scale_);
        for (int i = 0; i < most_iterations && advance(); ++i) {
        }
        scale_.a = std::min(scale_.a, flattest_slope);
        return scale_;
    }

private:
    [[nodiscard]] double target(std::size_t i) const {
        return is_positive_[i] ? targets_.positive : targets_.negative;
    }
    [[nodiscard]] double loss(const PlattScale& scale) const {
        double sum = 0;
        for (std::size_t i = 0; i < margins_.size(); ++i) {
            const double x = scale.a * margins_[i] + scale.b; // −t ln P − (1 − t) ln(1 − P)
            sum += softplus(x) - (1 - target(i)) * x;
        }
        return sum;
    }
    /// A Newton step, halved until it lowers the loss; false at the minimum.
    bool advance() {
        double h11 = ridge, h22 = ridge, h21 = 0, g1 = 0, g2 = 0;
        for (std::size_t i = 0; i < margins_.size(); ++i) {
            const double f = margins_[i], p = std::exp(scale_.log_probability(f));
            const double curvature = p * (1 - p), slope = target(i) - p;
            h11 += f * f * curvature;
            h22 += curvature;
            h21 += f * curvature;
            g1 += f * slope;
            g2 += slope;
        }
        if (std::abs(g1) < flat && std::abs(g2) < flat) return false;
        const double determinant = h11 * h22 - h21 * h21;
        const double a = -(h22 * g1 - h21 * g2) / determinant, b = -(h11 * g2 - h21 * g1) / determinant;
        for (double length = 1; length >= shortest_step; length /= 2) {
            const PlattScale trial{scale_.a + length * a, scale_.b + length * b};
            const double value = loss(trial);
            if (!(value < value_ + 1e-4 * length * (g1 * a + g2 * b))) continue;
            scale_ = trial;
            value_ = value;
            return true;
        }
        return false;
    }

    std::span<const double> margins_;
    std::span<const char> is_positive_;
    Targets targets_;
    PlattScale scale_;
    double value_ = 0;
};

} // namespace

double PlattScale::log_probability(double margin) const {
    return -softplus(a * margin + b);
}

PlattScale fit_platt(std::span<const double> margins, std::span<const char> is_positive) {
    return PlattFit(margins, is_positive).run();
}

} // namespace retort
