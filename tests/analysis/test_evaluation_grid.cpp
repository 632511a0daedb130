// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/evaluation.h"
#include "analysis/evaluation_grid.h"

#include <QTest>
#include <cmath>

using namespace retort;

namespace {

EvaluationRow row(const char* domain, const char* setting, double nats, const char* expert = "") {
    EvaluationRow made{domain, expert, setting, "valid", nats * 50, 50, 200, 5};
    return made;
}

} // namespace

class TestEvaluationGrid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void settingsAreRowsAndDomainsColumns() {
        const std::vector<EvaluationRow> rows = {row("en", "", 1),          row("en", "top1(all)", 3),
                                                 row("en", "common", 4),    row("en", "", 9, "fr"),
                                                 row("fr", "top1(all)", 5), row("fr", "common", 6)};
        QCOMPARE(evaluation_grid(rows),
                 (EvaluationGrid{{"top1(all)", "common"}, {"en", "fr"}, {3, 5, 4, 6}}));
        QVERIFY(evaluation_grid({}).settings.empty());
    }
    void whatWasNotMeasuredIsNaN() {
        const EvaluationGrid grid = evaluation_grid(std::vector{row("en", "a", 1), row("fr", "b", 2)});
        QVERIFY(std::isnan(grid.at(0, 1)) && std::isnan(grid.at(1, 0)));
        QCOMPARE(grid.at(1, 1), 2.0);
    }
    void seedsAreAveragedWhereTheyHaveMeasured() {
        const std::vector<EvaluationGrid> seeds = {{{"a", "b"}, {"en", "fr"}, {1, 2, 3, 4}},
                                                   {{"b"}, {"en", "fr"}, {5, 8}}};
        const MeanGrid mean = mean_grid(seeds);
        QCOMPARE(mean.settings, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(mean.at(0, 1).mean.value(), 2.0);
        QCOMPARE(mean.at(0, 1).n, std::size_t{1});
        QCOMPARE(mean.at(1, 0).mean.value(), 4.0);                          // of 3 and 5
        QCOMPARE(mean.at(1, 1).standard_deviation.value(), std::sqrt(8.0)); // of 4 and 8
        QCOMPARE(mean.macro[1].mean.value(), 5.0);                          // of 3.5 and 6.5
    }
    void whatAnExpertReadIsSummedOverTheDomains() {
        const std::vector<EvaluationRow> rows = {row("en", "", 2), row("en", "", 2, "en"),
                                                 row("fr", "", 6, "en"), row("fr", "", 5, "fr"),
                                                 row("fr", "top1(en)", 7)};
        const std::vector<EvaluationRow> experts = read_by_experts(rows);
        QCOMPARE(experts.size(), std::size_t{2});
        QCOMPARE(experts[0].expert, std::string("en"));
        QCOMPARE(experts[0].domain, std::string());
        QCOMPARE(nats_per_token(experts[0]), 4.0); // as many tokens of 2 as of 6
        QCOMPARE(experts[0].tokens, std::int64_t{100});
        QCOMPARE(nats_per_token(experts[1]), 5.0);
    }
};

QTEST_APPLESS_MAIN(TestEvaluationGrid)
#include "test_evaluation_grid.moc"
