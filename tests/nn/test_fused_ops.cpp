// SPDX-License-Identifier: GPL-3.0-or-later
// Products whose factors are rounded to bf16: against LibTorch's product of rounded tensors, with their
// gradients, and on whose threads they are.
#include "nn/fused_ops.h"
#include "nn/share_team.h"

#include <ATen/ATen.h>
#include <QTest>

using namespace retort;
using kernels::Factors;

namespace {

at::Tensor rounded(const at::Tensor& x) {
    return x.to(at::kBFloat16).to(at::kFloat);
}

at::Tensor leaf(at::IntArrayRef sizes) {
    return at::randn(sizes).requires_grad_(true);
}

bool alike(const at::Tensor& a, const at::Tensor& b) {
    return a.sub(b).abs().max().item<double>() < 1e-4;
}

} // namespace

class TestFusedOps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        at::Generator random = at::globalContext().defaultGenerator(at::kCPU);
        random.set_current_seed(1);
    }
    void linearRoundsItsFactorsInBothDirections() {
        if (!kernels::has_gemm()) QSKIP("not for this processor");
        const at::Tensor x = leaf({3, 7, 40}), w = leaf({40, 33}), b = leaf({33}), up = at::randn({3, 7, 33});
        at::Tensor out;
        {
            const FactorsGuard guard(Factors::bf16);
            out = linear(x, w, b);
        }
        const at::Tensor rows = x.detach().view({21, 40}), pull = up.view({21, 33});
        QVERIFY(alike(out.detach().view({21, 33}), at::mm(rounded(rows), rounded(w.detach())) + b.detach()));
        QVERIFY(!alike(out.detach().view({21, 33}), at::mm(rows, w.detach()) + b.detach()));
        out.backward(up); // after the guard has gone
        QVERIFY(alike(x.grad().view({21, 40}), at::mm(rounded(pull), rounded(w.detach()).t())));
        QVERIFY(alike(w.grad(), at::mm(rounded(rows).t(), rounded(pull))));
        QVERIFY(alike(b.grad(), pull.sum(0)));
    }
    void productsAreWrittenAndAdded() {
        if (!kernels::has_gemm()) QSKIP("not for this processor");
        const at::Tensor a = at::randn({30, 50}), b = at::randn({50, 20}), sum = at::randn({30, 20});
        for (const Factors factors : {Factors::fp32, Factors::bf16}) {
            const FactorsGuard guard(factors);
            const bool rounds = factors == Factors::bf16;
            const at::Tensor expected = rounds ? at::mm(rounded(a), rounded(b)) : at::mm(a, b);
            const at::Tensor out = at::empty({30, 20}), more = sum.clone();
            multiply_into(out, a, b);
            QVERIFY(alike(out, expected));
            add_product(more, a.t().contiguous().t(), b);
            QVERIFY(alike(more, sum + expected));
        }
    }
    void aTeamTakesTheFactorsOfItsCaller() {
        ShareTeam team(3);
        for (const Factors factors : {Factors::bf16, Factors::fp32}) {
            const FactorsGuard guard(factors);
            std::vector<Factors> seen(3, factors == Factors::bf16 ? Factors::fp32 : Factors::bf16);
            team.run(3, [&](std::size_t share) { seen[share] = product_factors(); });
            QCOMPARE(seen, std::vector<Factors>(3, factors));
        }
        QCOMPARE(product_factors(), Factors::fp32);
    }
};

QTEST_APPLESS_MAIN(TestFusedOps)
#include "test_fused_ops.moc"
