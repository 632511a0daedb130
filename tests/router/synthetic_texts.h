// SPDX-License-Identifier: GPL-3.0-or-later
// Texts of token ids from domains that share most of their words: each domain has Zipf's distribution over an
// order of words of its own for some tokens, and over one common order for the rest.
#pragma once

#include "base/philox.h"
#include "router/tfidf.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

namespace retort::test {

struct Texts {
    std::vector<std::vector<std::int32_t>> tokens;
    std::vector<std::int32_t> labels;

    [[nodiscard]] std::vector<Sequence> sequences() const { return {tokens.begin(), tokens.end()}; }
};

struct TextMaker {
    std::uint64_t seed = 1;
    std::int32_t words = 1500;
    std::int32_t domains = 4;
    double own = 0.3; ///< share of tokens from the domain's own order

    /// `count` texts of `shortest` … `longest` tokens, the domains in turn.
    [[nodiscard]] Texts make(std::size_t count, std::uint64_t shortest, std::uint64_t longest,
                             const std::string& name) const {
        const RandomStream stream(seed, "texts", name);
        std::vector<std::vector<std::int32_t>> orders;
        for (std::int32_t d = 0; d <= domains; ++d)
            orders.push_back(order(static_cast<std::uint64_t>(d)));
        const std::vector<double> zipf = cumulated_zipf();
        Texts texts;
        for (std::size_t i = 0; i < count; ++i) {
            const auto label = static_cast<std::int32_t>(i % static_cast<std::size_t>(domains));
            std::vector<std::int32_t> text(shortest + stream.below(longest - shortest + 1, i, 0));
            for (std::size_t t = 0; t < text.size(); ++t) {
                const bool is_own = uniform(stream, i, 2 * t + 1) < own;
                const auto& from = orders[is_own ? static_cast<std::size_t>(label) : orders.size() - 1];
                const auto rank =
                    std::ranges::lower_bound(zipf, uniform(stream, i, 2 * t + 2)) - zipf.begin();
                text[t] = from[static_cast<std::size_t>(rank)];
            }
            texts.tokens.push_back(std::move(text));
            texts.labels.push_back(label);
        }
        return texts;
    }

private:
    static double uniform(const RandomStream& stream, std::uint64_t step, std::uint64_t index) {
        return static_cast<double>(stream.bits(step, index) >> 11) * 0x1.0p-53;
    }
    [[nodiscard]] std::vector<std::int32_t> order(std::uint64_t domain) const {
        const RandomStream stream(seed, "texts", "order");
        std::vector<std::int32_t> order(static_cast<std::size_t>(words));
        std::iota(order.begin(), order.end(), 0);
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[stream.below(i, domain, i)]);
        return order;
    }
    [[nodiscard]] std::vector<double> cumulated_zipf() const {
        std::vector<double> sums(static_cast<std::size_t>(words));
        double sum = 0;
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i] = sum += 1 / static_cast<double>(i + 1);
        for (double& value : sums)
            value /= sum;
        return sums;
    }
};

} // namespace retort::test
