// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/student_t.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace retort {
namespace {

constexpr double tiny = 1e-300;
constexpr int most_iterations = 10'000;

double away_from_zero(double value) {
    return std::abs(value) < tiny ? tiny : value;
}

/// The continued fraction alone; converges fast for x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), fraction = d;
    for (int m = 1; m < most_iterations; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double change = 1;
        for (const double term : {even, odd}) {
            d = 1 / away_from_zero(1 + term * d);
            c = away_from_zero(1 + term / c);
            change = c * d;
            fraction *= change;
        }
        if (std::abs(change - 1) < std::numeric_limits<double>::epsilon()) break;
    }
    return fraction;
}

/// With 1 - x given apart, so that neither end loses digits.
double incomplete_beta(double a, double b, double x, double rest) {
    if (x <= 0) return 0;
    if (rest <= 0) return 1;
    const double scale =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log(rest));
    if (x < (a + 1) / (a + b + 2)) return scale * beta_fraction(a, b, x) / a;
    return 1 - scale * beta_fraction(b, a, rest) / b;
}

double density(double t, double df) {
    return std::exp(std::lgamma((df + 1) / 2) - std::lgamma(df / 2) - (df + 1) / 2 * std::log1p(t * t / df)) /
           std::sqrt(df * std::numbers::pi);
}

/// The t > 0 with P(T > t) = tail, tail < 1/2: Newton's method held between two bounds.
double upper_quantile(double tail, double df) {
    double low = 0, high = 1;
    while (student_t_tail(high, df) > tail)
        high *= 2;
    double t = high / 2;
    for (int i = 0; i < 200; ++i) {
        const double excess = student_t_tail(t, df) - tail;
        (excess > 0 ? low : high) = t;
        const double step = excess / density(t, df);
        const double next = t + step;
        const bool is_within = next > low && next < high;
        const double before = t;
        t = is_within ? next : (low + high) / 2;
        if (std::abs(t - before) <= 1e-15 * t) break;
    }
    return t;
}

} // namespace

double regularized_incomplete_beta(double a, double b, double x) {
    return incomplete_beta(a, b, x, 1 - x);
}

double student_t_two_sided(double t, double df) {
    const double square = t * t;
    if (std::isinf(square)) return 0;
    return incomplete_beta(df / 2, 0.5, df / (df + square), square / (df + square));
}

double student_t_tail(double t, double df) {
    const double half = student_t_two_sided(t, df) / 2;
    return t >= 0 ? half : 1 - half;
}

double student_t_quantile(double p, double df) {
    if (p == 0.5) return 0;
    return p > 0.5 ? upper_quantile(1 - p, df) : -upper_quantile(p, df);
}

} // namespace retort
