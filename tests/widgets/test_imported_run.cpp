// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that other programs measured, on the pages that show runs.
#include "spec/imported_run.h"
#include "widgets/pages/live_page.h"
#include "widgets/plots/line_plot.h"
#include "widgets/tables/run_status.h"

#include <QTest>

using namespace retort;

namespace {

RunRecord importedRecord() {
    RunRecord record;
    record.id = "01IMPORTED";
    record.study = "logs";
    record.variant = "fixed";
    record.status = RunStatus::done;
    record.spec = origin_json({{"logs", "fixed", 1}, "/home/logs", "tensorboard", {}}, "0123");
    return record;
}

LiveHistory historyOf(const std::vector<SeriesKey>& keys) {
    LiveHistory history;
    for (const SeriesKey& key : keys)
        history.series.push_back({key, {1, 2}, {0.5, 0.25}});
    return history;
}

QStringList shownPlotsWithCurves(const LivePage& page) {
    QStringList titles;
    for (const LinePlot* plot : page.findChildren<LinePlot*>())
        if (!plot->isHidden() && !plot->curves().empty()) titles << plot->title();
    titles.sort();
    return titles;
}

} // namespace

class TestImportedRun : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsCalledImported() { QCOMPARE(taskText(importedRecord()), "imported"); }
    void curvesThatNobodyKnowsHavePanelsOfTheirOwn() {
        LivePage page;
        page.showRun(importedRecord(), historyOf({{"loss", {}, {}, {}, "train"},
                                                  {"eval/loss", {}, {}, {}, "valid"},
                                                  {"epoch", {}, {}, {}, "train"}}));
        QCOMPARE(shownPlotsWithCurves(page), (QStringList{"Loss", "epoch", "eval/loss"}));
    }
    void theNextRunHasNoneOfThem() {
        LivePage page;
        page.showRun(importedRecord(), historyOf({{"epoch", {}, {}, {}, "train"}}));
        RunRecord trained = importedRecord();
        trained.spec = Json::object();
        page.showRun(trained, historyOf({{"loss", {}, {}, {}, "train"}}));
        QCOMPARE(shownPlotsWithCurves(page), QStringList{"Loss"});
    }
    void aStackStaysReadable() {
        std::vector<SeriesKey> keys;
        for (int i = 0; i < 20; ++i)
            keys.push_back({"curve " + std::to_string(i), {}, {}, {}, "train"});
        LivePage page;
        page.showRun(importedRecord(), historyOf(keys));
        QVERIFY(shownPlotsWithCurves(page).size() <= 6);
    }
};

QTEST_MAIN(TestImportedRun)
#include "test_imported_run.moc"
