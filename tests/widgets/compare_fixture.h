// SPDX-License-Identifier: GPL-3.0-or-later
// The Compare page with a few small runs.
#pragma once

#include "sample_architectures.h"
#include "widgets/pages/compare_page.h"
#include "widgets/plots/line_plot.h"
#include "widgets/tables/comparison_table.h"

#include <QComboBox>
#include <QLabel>
#include <QTest>

namespace retort {

inline EvaluationRow row(const std::string& domain, double nll) {
    EvaluationRow made;
    made.domain = domain;
    made.nll = nll;
    made.tokens = 100;
    made.bytes = 400;
    return made;
}

/// Evaluated at steps 10 and 20, the last time with this loss in both domains.
inline ComparedRun runOf(const std::string& variant, std::uint64_t seed, double loss) {
    ComparedRun run;
    run.record = sampleRecord("01" + variant + std::to_string(seed), variant, seed, RunStatus::done, 20, 20);
    for (const auto& [step, nats] : {std::pair<std::int64_t, double>{10, 5}, {20, loss}})
        for (const char* domain : {"en", "fr"})
            run.evaluations.push_back({step, row(domain, nats * 100)});
    run.clock = {{10, 1000, 4}, {20, 2000, 8}};
    run.keys = {{"ce", "", "", "", "train"}};
    run.series = {{run.keys[0], {1, 2}, {6, loss + 1}}};
    return run;
}

struct CompareFixture {
    explicit CompareFixture(std::vector<ComparedRun> runs) {
        source.runs = std::move(runs);
        page.setSource(&source);
        page.setRuns(source.records());
        page.resize(1000, 700);
        page.show();
    }
    template <class Widget>
    Widget* part(const char* name) const {
        return page.findChild<Widget*>(QLatin1String(name));
    }
    void choose(const char* combo, const QVariant& data) const {
        auto* box = part<QComboBox>(combo);
        QVERIFY2(box->findData(data) >= 0, combo);
        box->setCurrentIndex(box->findData(data));
    }
    [[nodiscard]] LinePlot& plot() const { return *page.findChild<LinePlot*>(); }
    [[nodiscard]] ComparisonModel& model() const { return *page.findChild<ComparisonModel*>(); }
    [[nodiscard]] QString cell(int row, int column) const {
        return model().index(row, column).data().toString();
    }
    [[nodiscard]] QStringList curves() const {
        QStringList labels;
        for (const auto& curve : plot().curves())
            labels << curve->label();
        return labels;
    }
    [[nodiscard]] QString caution() const { return part<QLabel>("caution")->text(); }
    SampleSource source; ///< outlives the page
    ComparePage page;
};

/// "fixed" at 3, 3.1, … and "other" 0.2 below it, but for a thousandth a seed.
inline std::vector<ComparedRun> twoVariants(std::uint64_t seeds) {
    std::vector<ComparedRun> runs;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const double fixed = 2.9 + 0.1 * static_cast<double>(seed);
        runs.push_back(runOf("a-fixed", seed, fixed));
        runs.push_back(runOf("b-other", seed, fixed - 0.2 - 0.001 * static_cast<double>(seed)));
    }
    return runs;
}

} // namespace retort
