// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/parallel_axes.h"
#include "analysis/ranks.h"

#include <QTest>
#include <cmath>

using namespace retort;

namespace {

using Values = std::vector<double>;

bool is_near(std::optional<double> value, double wanted) {
    return value && std::abs(*value - wanted) < 1e-12;
}

SweepRun run(const char* spec, std::optional<double> result) {
    return {Json::parse(spec), result};
}

/// "0.0001@0 …": the ticks of an axis with their places.
std::string ticks(const ParallelAxis& axis) {
    std::string text;
    for (const ParallelTick& tick : axis.ticks)
        text += (tick.value          ? Json(*tick.value).dump()
                 : tick.text.empty() ? "-"
                                     : tick.text) +
                "@" + Json(std::round(tick.place * 1000) / 1000).dump() + " ";
    return text;
}

const std::vector<SweepRun> sweep = {
    run(R"({"seed": 1, "optim": {"lr": 0.0001, "warmup": 10}, "kind": "fixed"})", 3.5),
    run(R"({"seed": 2, "optim": {"lr": 0.001, "warmup": 10}, "kind": "adaptive", "k": 4})", 3.3),
    run(R"({"seed": 1, "optim": {"lr": 0.01, "warmup": 10}, "kind": "fixed", "k": 8})", 3.1)};

} // namespace

class TestParallelAxes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAxisForWhatDiffersAndOneForTheResult() {
        const auto axes = parallel_axes(sweep);
        std::string pointers;
        for (const ParallelAxis& axis : axes)
            pointers += axis.pointer + " ";
        QCOMPARE(pointers, std::string("/optim/lr /kind /k  "));
        QVERIFY(axes[3].pointer.empty());
    }
    void numbersStandByTheirLogarithmsWhereTheySpanFar() {
        const auto axes = parallel_axes(sweep);
        QVERIFY(axes[0].is_logarithmic);
        QCOMPARE(ticks(axes[0]), std::string("0.0001@0.0 0.001@0.5 0.01@1.0 "));
        QVERIFY(!axes[3].is_logarithmic);
        QVERIFY(std::abs(axes[3].places[1] - 0.5) < 1e-12);
        QVERIFY(is_near(axes[0].correlation, -1));
    }
    void wordsStandInSteps() {
        const auto axes = parallel_axes(sweep);
        QCOMPARE(ticks(axes[1]), std::string("adaptive@0.0 fixed@1.0 "));
        QCOMPARE(axes[1].places, (Values{1, 0, 1}));
        QVERIFY(!axes[1].correlation);
    }
    void whatIsAbsentStandsApart() {
        const auto axes = parallel_axes(sweep);
        QCOMPARE(ticks(axes[2]), std::string("-@0.0 4.0@0.12 8.0@1.0 "));
        QCOMPARE(axes[2].places[0], 0.0);
        QVERIFY(axes[2].texts[0].empty());
    }
    void aResultThatIsNotFiniteStandsApart() {
        const std::vector<SweepRun> runs = {run(R"({"lr": 1})", std::nan("")), run(R"({"lr": 2})", 3),
                                            run(R"({"lr": 3})", {}), run(R"({"lr": 4})", 4)};
        const auto axes = parallel_axes(runs);
        QCOMPARE(axes[1].places, (Values{0, 0.12, 0, 1}));
        QVERIFY(!axes[0].correlation); // of two pairs
    }
    void manyNumbersGetRoundTicks() {
        std::vector<SweepRun> runs;
        for (int i = 0; i <= 40; ++i)
            runs.push_back(run(("{\"x\": " + std::to_string(i) + "}").c_str(), i * i));
        const auto axes = parallel_axes(runs);
        QCOMPARE(ticks(axes[0]), std::string("0.0@0.0 10.0@0.25 20.0@0.5 30.0@0.75 40.0@1.0 "));
        QVERIFY(is_near(axes[0].correlation, 1));
    }
    void runsThatAreAlikeHaveTheResultAlone() {
        const std::vector<SweepRun> runs = {run(R"({"seed": 1, "teacher": {"seed": 1}})", 1),
                                            run(R"({"seed": 2, "teacher": {"seed": 2}})", 1)};
        const auto axes = parallel_axes(runs);
        QCOMPARE(axes.size(), std::size_t{1});
        QCOMPARE(axes[0].places, (Values{0.5, 0.5}));
        QVERIFY(parallel_axes({}).empty());
    }
    void rankCorrelationByHand() {
        // 1 - 6 Σ d² / (n (n² - 1)) with d = 1, 1, 1, 1, 0.
        QVERIFY(is_near(rank_correlation(Values{1, 2, 3, 4, 5}, Values{20, 10, 40, 30, 50}), 0.8));
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: Pearson's of them is 4.5 / √(4.5 · 5).
        QVERIFY(is_near(rank_correlation(Values{1, 2, 2, 3}, Values{1, 2, 3, 4}), 4.5 / std::sqrt(22.5)));
        QVERIFY(!rank_correlation(Values{1, 2}, Values{1, 2}));
        QVERIFY(!rank_correlation(Values{1, 1, 1}, Values{1, 2, 3}));
        QCOMPARE(doubled_ranks(Values{5, 1, 5}), (std::vector<std::size_t>{5, 2, 5}));
    }
};

QTEST_APPLESS_MAIN(TestParallelAxes)
#include "test_parallel_axes.moc"
