// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/sample_runs.h"
#include "widgets/tables/run_table.h"
#include "widgets/tables/run_table_model.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QSignalSpy>
#include <QTest>

using namespace retort;

namespace {

QString printed(const QAbstractItemModel& model, const QList<int>& columns) {
    QString text;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (const int column : columns)
            cells << model.index(row, column).data().toString();
        text += cells.join(u'|') + u'\n';
    }
    return text;
}

RunRecord withLoss(RunRecord record, double loss, const std::string& domain) {
    record.summary.loss = loss;
    record.summary.perplexity[domain] = std::exp(loss);
    return record;
}

/// Of the columns, from the left.
QStringList titlesOf(const RunTable& table) {
    QStringList titles;
    for (int place = 0; place < table.horizontalHeader()->count(); ++place)
        titles << table.model()
                      ->headerData(table.horizontalHeader()->logicalIndex(place), Qt::Horizontal)
                      .toString();
    return titles;
}

std::vector<RunRecord> threeRuns() {
    return {withLoss(sampleRecord("A", "fixed", 10, RunStatus::done, 400, 400), 3.5, "en"),
            sampleRecord("B", "fixed", 9, RunStatus::queued, 0, 400),
            withLoss(sampleRecord("C", "adaptive", 100, RunStatus::running, 50, 400), 12.25, "en")};
}

} // namespace

class TestRunTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void showsRuns() {
        RunTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRuns(threeRuns());
        using M = RunTableModel;
        QCOMPARE(printed(model, {M::Status, M::Study, M::Variant, M::Seed, M::TaskColumn, M::Progress,
                                 M::Loss, M::Parameters, M::FixedColumnCount}),
                 QStringLiteral("done|alpha|fixed|10|distill|400 / 400|3.500|705.4k|33.12\n"
                                "queued|alpha|fixed|9|distill|0 / 400|–|705.4k|–\n"
                                "running|alpha|adaptive|100|distill|50 / 400|12.25|705.4k|208981\n"));
        QCOMPARE(model.headerData(M::FixedColumnCount, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("PPL en"));
    }
    void newsChangeRowsInPlace() {
        RunTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.setRuns(threeRuns());
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset),
            changes(&model, &QAbstractItemModel::dataChanged),
            columns(&model, &QAbstractItemModel::columnsInserted);
        const QPersistentModelIndex second = model.index(1, 0);
        model.updateRun(withLoss(sampleRecord("B", "fixed", 9, RunStatus::running, 5, 400), 5, "fr"));
        QCOMPARE(resets.count(), 0);
        QCOMPARE(columns.count(), 1);
        QVERIFY(changes.count() >= 1);
        QCOMPARE(second.data().toString(), QStringLiteral("running"));
        auto runs = threeRuns();
        runs.erase(runs.begin());
        runs.push_back(sampleRecord("D", "new", 1, RunStatus::queued, 0, 1));
        model.setRuns(runs);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(second.row(), 0);
        QCOMPARE(printed(model, {RunTableModel::Variant}), QStringLiteral("fixed\nadaptive\nnew\n"));
        QCOMPARE(model.rowOf(QStringLiteral("D")), 2);
        QCOMPARE(model.rowOf(QStringLiteral("A")), -1);
    }
    void sortsNumbersAsNumbersAndTheUnknownLast() {
        RunTableModel model;
        RunFilter filter(&model);
        const QAbstractItemModelTester tester(&filter);
        model.setRuns(threeRuns());
        filter.sort(RunTableModel::Seed);
        QCOMPARE(printed(filter, {RunTableModel::Seed}), QStringLiteral("9\n10\n100\n"));
        filter.sort(RunTableModel::Loss, Qt::AscendingOrder);
        QCOMPARE(printed(filter, {RunTableModel::Loss}), QStringLiteral("3.500\n12.25\n–\n"));
        filter.sort(RunTableModel::Loss, Qt::DescendingOrder);
        QCOMPARE(printed(filter, {RunTableModel::Loss}), QStringLiteral("12.25\n3.500\n–\n"));
    }
    void filtersByAllWords() {
        RunTableModel model;
        RunFilter filter(&model);
        model.setRuns(threeRuns());
        filter.setWords(QStringLiteral("FIX done"));
        QCOMPARE(printed(filter, {RunTableModel::Seed}), QStringLiteral("10\n"));
        filter.setWords(QStringLiteral("alpha/fixed"));
        QCOMPARE(filter.rowCount(), 2);
        filter.setWords({});
        QCOMPARE(filter.rowCount(), 3);
    }
    void anUpdateCanMoveARowInAndOut() {
        RunTableModel model;
        RunFilter filter(&model);
        model.setRuns(threeRuns());
        filter.setWords(QStringLiteral("queued"));
        QCOMPARE(filter.rowCount(), 1);
        model.updateRun(sampleRecord("B", "fixed", 9, RunStatus::running, 1, 400));
        QCOMPARE(filter.rowCount(), 0);
    }
    void columnsComeBackAsTheyWere() {
        RunTableModel model;
        model.setRuns(threeRuns());
        RunTable table(&model);
        table.horizontalHeader()->moveSection(RunTableModel::Loss, 0);
        table.setColumnHidden(RunTableModel::Seed, true);
        table.setColumnWidth(RunTableModel::Study, 177);
        table.sortByColumn(RunTableModel::Loss, Qt::AscendingOrder);
        const QByteArray layout = table.saveColumns();

        RunTableModel later; // its runs, and so the column of a domain, come after the layout
        RunTable again(&later);
        again.restoreColumns(layout);
        later.setRuns(threeRuns());
        QCOMPARE(again.horizontalHeader()->logicalIndex(0), int(RunTableModel::Loss));
        QVERIFY(again.isColumnHidden(RunTableModel::Seed));
        QCOMPARE(again.columnWidth(RunTableModel::Study), 177);
        QCOMPARE(again.saveColumns(), layout);
        QCOMPARE(again.model()->index(0, RunTableModel::Loss).data().toString(), QStringLiteral("3.500"));
    }
    void columnsThatComeStandByTheLosses() {
        RunTableModel model;
        RunTable table(&model);
        model.setRuns(threeRuns());
        const QStringList titles = titlesOf(table);
        QCOMPARE(titles.indexOf("PPL en"), titles.indexOf("Tokens/s") - 1);
    }
    void enterOpensAndCopyTakesText() {
        RunTableModel model;
        model.setRuns(threeRuns());
        RunTable table(&model);
        table.sortByColumn(RunTableModel::Seed, Qt::AscendingOrder);
        QSignalSpy opened(&table, &RunTable::openRequested);
        table.select(QStringLiteral("A"));
        QCOMPARE(table.selectedIds(), QStringList{"A"});
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].toString(), QStringLiteral("A"));
        QTest::keySequence(&table, QKeySequence::Copy);
        const QStringList lines = QApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(QStringLiteral("Status\tStudy\tVariant\tSeed")));
        QVERIFY(lines[1].startsWith(QStringLiteral("done\talpha\tfixed\t10")));
    }
    void tenThousandRunsKeepTheSelection() {
        std::vector<RunRecord> runs;
        for (int i = 0; i < 10'000; ++i)
            runs.push_back(withLoss(sampleRecord(QString::number(i).toStdString(), "v",
                                                 static_cast<std::uint64_t>(i), RunStatus::done, 1, 1),
                                    i % 977, "en"));
        RunTableModel model;
        model.setRuns(runs);
        RunTable table(&model);
        table.select(QStringLiteral("5000"));
        runs.erase(runs.begin(), runs.begin() + 100);
        model.setRuns(runs);
        QCOMPARE(table.selectedIds(), QStringList{"5000"});
        table.setFilter(QStringLiteral("v/9999"));
        QCOMPARE(table.shownCount(), 1);
    }
};

QTEST_MAIN(TestRunTable)
#include "test_run_table.moc"
