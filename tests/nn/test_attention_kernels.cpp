// SPDX-License-Identifier: GPL-3.0-or-later
// Attention and GELU against their formulas in double precision and differences of these.
#include "nn/attention_kernels.h"
#include "nn/gelu_kernels.h"
#include "nn/gemm_cpu.h"
#include "tests/nn/rows.h"

#include <QTest>

using namespace retort;
using namespace retort::test;

namespace {

constexpr std::int64_t batch = 2, length = 70, heads = 2, depth = 3; // more rows than are taken at once
constexpr std::int64_t width = heads * depth;
constexpr double scale = 0.7, mask_scale = 1.25;

std::size_t at(std::int64_t sequence, std::int64_t position, std::int64_t part, std::int64_t head) {
    return static_cast<std::size_t>(((sequence * length + position) * 3 + part) * width + head * depth);
}

/// Of one head at one position: Σ over the past of softmax × mask × v.
std::vector<double> mixed_at(const Row& qkv, const std::vector<std::uint8_t>& mask, std::int64_t sequence,
                             std::int64_t position, std::int64_t head) {
    Row scores;
    for (std::int64_t j = 0; j <= position; ++j) {
        double score = 0;
        for (std::size_t d = 0; d < depth; ++d)
            score += static_cast<double>(qkv[at(sequence, position, 0, head) + d]) *
                     static_cast<double>(qkv[at(sequence, j, 1, head) + d]);
        scores.push_back(static_cast<float>(scale * score));
    }
    const auto p = softmax(scores, 1);
    std::vector<double> mixed(depth, 0.0);
    for (std::int64_t j = 0; j <= position; ++j) {
        const auto cell =
            static_cast<std::size_t>(((sequence * heads + head) * length + position) * length + j);
        const double weight = p[static_cast<std::size_t>(j)] * (mask.empty() ? 1.0 : mask[cell] * mask_scale);
        for (std::size_t d = 0; d < depth; ++d)
            mixed[d] += weight * static_cast<double>(qkv[at(sequence, j, 2, head) + d]);
    }
    return mixed;
}

double gelu_formula(double x) {
    return 0.5 * x * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
}

} // namespace

class TestAttentionKernels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void attentionAndItsGradient_data() {
        QTest::addColumn<bool>("masked");
        QTest::newRow("all weights") << false;
        QTest::newRow("some dropped") << true;
    }
    void attentionAndItsGradient() {
        if (!kernels::has_gemm()) QSKIP("not for this processor");
        QFETCH(bool, masked);
        const Row qkv = random_row(batch * length * 3 * width, 1, 1),
                  upstream = random_row(batch * length * width, 2, 1);
        std::vector<std::uint8_t> mask(masked ? batch * heads * length * length : 0);
        for (std::size_t i = 0; i < mask.size(); ++i)
            mask[i] = i * 2654435761u % 5 != 0;
        Row p(batch * heads * length * length), mixed(upstream.size()), gradient(qkv.size()), alone(mixed);
        const kernels::Attention in = {qkv.data(),
                                       batch,
                                       length,
                                       heads,
                                       depth,
                                       static_cast<float>(scale),
                                       masked ? mask.data() : nullptr,
                                       static_cast<float>(mask_scale)};
        kernels::causal_attention(in, p.data(), mixed.data());
        kernels::causal_attention(in, nullptr, alone.data());
        QVERIFY(mixed == alone);
        kernels::causal_attention_backward(in, p.data(), upstream.data(), gradient.data());
        // One number of a head of a sequence moves that head at its position and later.
        const auto loss = [&](const Row& x, std::int64_t sequence, std::int64_t head, std::int64_t first) {
            double sum = 0;
            for (std::int64_t t = first; t < length; ++t) {
                const auto m = mixed_at(x, mask, sequence, t, head);
                for (std::size_t d = 0; d < depth; ++d)
                    sum += m[d] *
                           static_cast<double>(upstream[static_cast<std::size_t>(
                                                            (sequence * length + t) * width + head * depth) +
                                                        d]);
            }
            return sum;
        };
        for (std::int64_t cell = 0; cell < batch * length * heads; ++cell) {
            const std::int64_t head = cell % heads, t = cell / heads % length, s = cell / heads / length;
            const auto m = mixed_at(qkv, mask, s, t, head);
            for (std::size_t d = 0; d < depth; ++d)
                QVERIFY(close(mixed[static_cast<std::size_t>((s * length + t) * width + head * depth) + d],
                              m[d], 1e-5));
            for (std::int64_t part = 0; part < 3; ++part) {
                const std::size_t i = at(s, t, part, head) + static_cast<std::size_t>(t % depth);
                Row x = qkv;
                const double h = 1.0 / 256;
                x[i] = static_cast<float>(qkv[i] + h);
                const double up = loss(x, s, head, t);
                x[i] = static_cast<float>(qkv[i] - h);
                QVERIFY(close(gradient[i], (up - loss(x, s, head, t)) / (2 * h), 1e-3));
            }
        }
    }
    void geluAndItsGradient() {
        Row x = random_row(5000, 3, 3);
        for (const float extreme : {0.0f, -30.0f, 30.0f, -1e4f, 1e4f, -9.5f})
            x.push_back(extreme);
        Row out(x.size()), ones(x.size(), 1.0f), gradient(x.size());
        kernels::gelu(x.data(), out.data(), static_cast<std::int64_t>(x.size()));
        kernels::gelu_backward(x.data(), ones.data(), gradient.data(), static_cast<std::int64_t>(x.size()));
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double h = 1e-5, v = x[i];
            QVERIFY(std::abs(out[i] - gelu_formula(v)) <= 2e-7 * (1 + std::abs(v)));
            QVERIFY(close(gradient[i], (gelu_formula(v + h) - gelu_formula(v - h)) / (2 * h), 1e-6));
        }
        float nan = std::numeric_limits<float>::quiet_NaN();
        kernels::gelu(&nan, &nan, 1);
        QVERIFY(std::isnan(nan));
    }
};

QTEST_APPLESS_MAIN(TestAttentionKernels)
#include "test_attention_kernels.moc"
