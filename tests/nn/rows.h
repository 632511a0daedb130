// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of logits and double-precision arithmetic on them, for the tests of the kernels.
#pragma once

#include "base/philox.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace retort::test {

using Row = std::vector<float>;
inline constexpr float infinity = std::numeric_limits<float>::infinity();

inline Row random_row(std::size_t size, std::uint64_t seed, double spread = 3) {
    const RandomStream stream(seed, "test");
    Row row(size);
    for (std::size_t i = 0; i < size; ++i)
        row[i] = static_cast<float>(spread * stream.normal(0, i));
    return row;
}

inline std::vector<double> softmax(const Row& z, double temperature) {
    const double largest = *std::ranges::max_element(z);
    std::vector<double> p;
    for (const float x : z)
        p.push_back(std::exp((x - largest) / temperature));
    const double sum = std::accumulate(p.begin(), p.end(), 0.0);
    for (double& x : p)
        x /= sum;
    return p;
}

/// dL/dz by central differences of the plain formula.
template <class Loss>
std::vector<double> numeric_gradient(Row z, const Loss& loss) {
    std::vector<double> gradient;
    for (float& x : z) {
        const float kept = x;
        const double h = 1.0 / 1024;
        x = static_cast<float>(kept + h);
        const double up = loss(z);
        x = static_cast<float>(kept - h);
        gradient.push_back((up - loss(z)) / (2 * h));
        x = kept;
    }
    return gradient;
}

inline bool close(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * (1 + std::abs(b));
}

} // namespace retort::test
