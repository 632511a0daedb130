// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/statistics.h"

#include "analysis/student_t.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace retort {

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation_of(std::span<const double> values, double mean) {
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

bool are_finite(std::span<const double> values) {
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

SampleSummary summarise(std::span<const double> values, double confidence) {
    SampleSummary summary;
    summary.n = values.size();
    if (values.empty() || !are_finite(values)) return summary;
    const double mean = mean_of(values);
    summary.mean = mean;
    if (values.size() < 2) return summary;
    const double deviation = deviation_of(values, mean);
    const double error = deviation / std::sqrt(static_cast<double>(values.size()));
    const double half =
        error * student_t_quantile(0.5 + confidence / 2, static_cast<double>(values.size() - 1));
    summary.standard_deviation = deviation;
    summary.standard_error = error;
    summary.interval = Interval{mean - half, mean + half};
    return summary;
}

} // namespace retort
