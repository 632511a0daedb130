// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_history.h"

#include <QTest>

using namespace retort;

class TestRunHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasEvaluatedBeforeTheFirstStepIsNew() {
        const RunEvent untrained{"A", 1, 1, Evaluated{0, 0, 0, {}}},
            later{"A", 1, 2, Evaluated{10, 10, 1, {}}};
        StoredRun stored;
        QCOMPARE(stored.newer({untrained, later}).size(), std::size_t{2});
        stored.lastEvaluation = 0;
        const std::vector<RunEvent> news = stored.newer({untrained, later});
        QCOMPARE(news.size(), std::size_t{1});
        QCOMPARE(news[0].sequence, std::int64_t{2});
    }
};

QTEST_APPLESS_MAIN(TestRunHistory)
#include "test_run_history.moc"
