// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/sample_runs.h"
#include "widgets/tables/column_dialog.h"
#include "widgets/tables/run_table.h"
#include "widgets/tables/run_table_model.h"
#include "widgets/tables/shown_runs.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace retort;
using M = RunTableModel;

namespace {

/// A line for each row, those below a group behind two spaces.
QString printed(const QAbstractItemModel& model, const QList<int>& columns, const QModelIndex& parent = {}) {
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (const int column : columns)
            cells << model.index(row, column, parent).data().toString();
        text += (parent.isValid() ? QStringLiteral("  ") : QString()) + cells.join(u'|') + u'\n';
        text += printed(model, columns, model.index(row, 0, parent));
    }
    return text;
}

RunRecord withLoss(RunRecord record, double loss, const std::string& domain) {
    record.summary.loss = loss;
    record.summary.perplexity[domain] = std::exp(loss);
    return record;
}

RunFilter filterOf(const char* text) {
    FilterReading reading = read_run_filter(text, RunFields());
    return reading.filter;
}

/// Of the columns that are shown, from the left.
QStringList titlesOf(const RunTable& table) {
    QStringList titles;
    for (int place = 0; place < table.header()->count(); ++place) {
        const int column = table.header()->logicalIndex(place);
        if (!table.isColumnHidden(column))
            titles << table.model()->headerData(column, Qt::Horizontal).toString();
    }
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
        M model;
        const QAbstractItemModelTester tester(&model);
        std::vector<RunRecord> runs = threeRuns();
        runs[1].marks = {"The second", {"baseline", "paper"}, true, "Too\nshort"};
        model.setRuns(runs);
        QCOMPARE(
            printed(model, {M::Name, M::Star, M::Status, M::Study, M::Variant, M::Seed, M::TaskColumn,
                            M::Progress, M::Left}),
            QStringLiteral("alpha/fixed/10||done|alpha|fixed|10|distill|400 / 400|–\n"
                           "The second|★|queued|alpha|fixed|9|distill|0 / 400|–\n"
                           "alpha/adaptive/100||running|alpha|adaptive|100|distill|50 / 400|1:59 min\n"));
        QCOMPARE(printed(model, {M::Loss, M::Parameters, M::Tags, M::Note, M::FixedColumnCount}),
                 QStringLiteral("3.500|705.4k|||33.12\n"
                                "–|705.4k|baseline, paper|Too short|–\n"
                                "12.25|705.4k|||208981\n"));
        QCOMPARE(model.headerData(M::FixedColumnCount, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("PPL en"));
    }
    void anyFieldIsAColumn() {
        M model;
        const QAbstractItemModelTester tester(&model);
        model.setRuns(threeRuns());
        for (const char* path : {"optim.lr", "optim.tokens", "data.domains", "router.tokens", "optim.lr"})
            model.addField(run_field(path).value());
        const int first = M::FixedColumnCount + 1;
        QCOMPARE(model.columnCount(), first + 4);
        QCOMPARE(printed(model, {first, first + 1, first + 2, first + 3}),
                 QStringLiteral("0.0005|500000|en, fr, de, py|–\n"
                                "0.0005|500000|en, fr, de, py|–\n"
                                "0.001|500000|en, fr, de, py|–\n"));
        model.removeField(QStringLiteral("optim.lr"));
        QCOMPARE(model.headerData(first, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("optim.tokens"));
    }
    void newsChangeRowsInPlace() {
        M model;
        const QAbstractItemModelTester tester(&model);
        model.setRuns(threeRuns());
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset),
            changes(&model, &QAbstractItemModel::dataChanged),
            columns(&model, &QAbstractItemModel::columnsInserted);
        const QPersistentModelIndex second = model.index(1, M::Status);
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
        QCOMPARE(printed(model, {M::Variant}), QStringLiteral("fixed\nadaptive\nnew\n"));
        QCOMPARE(model.indexOf(QStringLiteral("D")).row(), 2);
        QVERIFY(model.find(QStringLiteral("A")) == nullptr);
    }
    void groupsHoldTheirRuns() {
        M model;
        const QAbstractItemModelTester tester(&model);
        model.setRuns(threeRuns());
        model.setGrouping(RunGrouping::variant);
        QCOMPARE(printed(model, {M::Name, M::Seed}),
                 QStringLiteral("alpha/fixed|\n  alpha/fixed/10|10\n  alpha/fixed/9|9\n"
                                "alpha/adaptive|\n  alpha/adaptive/100|100\n"));
        model.updateRun(sampleRecord("B", "fixed", 9, RunStatus::done, 400, 400));
        QCOMPARE(model.indexOf(QStringLiteral("B"), M::Status).data().toString(), QStringLiteral("done"));
        QCOMPARE(model.indexOf(QStringLiteral("B")).parent().data().toString(),
                 QStringLiteral("alpha/fixed"));
        model.updateRun(withLoss(sampleRecord("D", "adaptive", 5, RunStatus::done, 400, 400), 2, "fr"));
        model.setRuns({threeRuns()[1], threeRuns()[2]});
        QCOMPARE(printed(model, {M::Name}),
                 QStringLiteral("alpha/fixed\n  alpha/fixed/9\nalpha/adaptive\n  alpha/adaptive/100\n"));
        model.setGrouping(RunGrouping::study);
        QCOMPARE(printed(model, {M::Name}), QStringLiteral("alpha\n  alpha/fixed/9\n  alpha/adaptive/100\n"));
        model.setGrouping(RunGrouping::none);
        QCOMPARE(printed(model, {M::Name}), QStringLiteral("alpha/fixed/9\nalpha/adaptive/100\n"));
    }
    void groupsShowMeansOfWhatFits() {
        M model;
        ShownRuns shown(&model);
        const QAbstractItemModelTester tester(&shown);
        std::vector<RunRecord> runs = threeRuns();
        runs.push_back(withLoss(sampleRecord("D", "fixed", 11, RunStatus::done, 200, 400), 4.5, "en"));
        model.setRuns(runs);
        model.setGrouping(RunGrouping::variant);
        shown.sort(M::Loss);
        const QList<int> columns = {M::Name, M::Status, M::Progress, M::Loss};
        QCOMPARE(printed(shown, columns), QStringLiteral("alpha/fixed (3)|2 of 3 done|50 %|4.000\n"
                                                         "  alpha/fixed/10|done|400 / 400|3.500\n"
                                                         "  alpha/fixed/11|done|200 / 400|4.500\n"
                                                         "  alpha/fixed/9|queued|0 / 400|–\n"
                                                         "alpha/adaptive (1)|0 of 1 done|12 %|12.25\n"
                                                         "  alpha/adaptive/100|running|50 / 400|12.25\n"));
        QCOMPARE(shown.runCount(), 4);
        shown.setFilter(filterOf("loss > 4"));
        QCOMPARE(printed(shown, columns), QStringLiteral("alpha/fixed (1)|1 of 1 done|50 %|4.500\n"
                                                         "  alpha/fixed/11|done|200 / 400|4.500\n"
                                                         "alpha/adaptive (1)|0 of 1 done|12 %|12.25\n"
                                                         "  alpha/adaptive/100|running|50 / 400|12.25\n"));
        shown.sort(M::Loss, Qt::DescendingOrder);
        QCOMPARE(printed(shown, {M::Loss}), QStringLiteral("12.25\n  12.25\n4.500\n  4.500\n"));
        shown.setFilter(filterOf("seed = 10"));
        QCOMPARE(printed(shown, {M::Loss}), QStringLiteral("3.500\n  3.500\n"));
        QCOMPARE(shown.idsAt(shown.index(0, 0)), QStringList{"A"});
    }
    void sortsNumbersAsNumbersAndTheUnknownLast() {
        M model;
        ShownRuns shown(&model);
        const QAbstractItemModelTester tester(&shown);
        model.setRuns(threeRuns());
        shown.sort(M::Seed);
        QCOMPARE(printed(shown, {M::Seed}), QStringLiteral("9\n10\n100\n"));
        shown.sort(M::Name);
        QCOMPARE(printed(shown, {M::Seed}), QStringLiteral("100\n9\n10\n"));
        shown.sort(M::Loss, Qt::AscendingOrder);
        QCOMPARE(printed(shown, {M::Loss}), QStringLiteral("3.500\n12.25\n–\n"));
        shown.sort(M::Loss, Qt::DescendingOrder);
        QCOMPARE(printed(shown, {M::Loss}), QStringLiteral("12.25\n3.500\n–\n"));
    }
    void anUpdateCanMoveARowInAndOut() {
        M model;
        ShownRuns shown(&model);
        model.setRuns(threeRuns());
        shown.setFilter(filterOf("status = queued"));
        QCOMPARE(shown.rowCount(), 1);
        model.updateRun(sampleRecord("B", "fixed", 9, RunStatus::running, 1, 400));
        QCOMPARE(shown.rowCount(), 0);
        shown.setFilter({});
        QCOMPARE(shown.rowCount(), 3);
    }
    void columnsComeBackAsTheyWere() {
        M model;
        model.setRuns(threeRuns());
        RunTable table(&model);
        table.showField(QStringLiteral("optim.lr"));
        table.header()->moveSection(table.header()->visualIndex(M::Loss), 0);
        table.hideField(QStringLiteral("status"));
        table.setColumnWidth(M::Name, 177);
        table.sortByColumn(M::Loss, Qt::AscendingOrder);
        const QByteArray layout = table.saveColumns();

        M none; // a workspace that could not be read
        RunTable idle(&none);
        QVERIFY(idle.saveColumns().isEmpty());
        idle.restoreColumns(layout);
        QCOMPARE(idle.saveColumns(), layout);

        M later; // its runs, and so the column of a domain, come after the layout
        RunTable again(&later);
        again.restoreColumns(layout);
        later.setRuns(threeRuns());
        QCOMPARE(again.header()->logicalIndex(0), int(M::Loss));
        QVERIFY(again.isColumnHidden(M::Status));
        QVERIFY(again.showsField(QStringLiteral("optim.lr")));
        QCOMPARE(again.columnWidth(M::Name), 177);
        QCOMPARE(titlesOf(again), titlesOf(table));
        QCOMPARE(again.model()->index(0, M::Loss).data().toString(), QStringLiteral("3.500"));
        again.restoreColumns("broken");
        QCOMPARE(again.columnWidth(M::Name), 177);
    }
    void columnsThatComeStandByTheLosses() {
        M model;
        RunTable table(&model);
        model.setRuns(threeRuns());
        table.showField(QStringLiteral("optim.lr"));
        const QStringList titles = titlesOf(table);
        QCOMPARE(titles.mid(titles.indexOf(QStringLiteral("Best loss")) + 1, 3),
                 (QStringList{"PPL en", "optim.lr", "Tokens/s"}));
        table.hideField(QStringLiteral("optim.lr"));
        QVERIFY(!titlesOf(table).contains(QStringLiteral("optim.lr")));
    }
    void columnsAreChosenInADialog() {
        M model;
        model.setRuns(threeRuns());
        RunTable table(&model);
        ColumnDialog dialog(table, RunFields::of(model.runs()));
        auto* list = dialog.findChild<QListWidget*>(QStringLiteral("fields"));
        const auto item = [list](const QString& path) {
            for (int row = 0; row < list->count(); ++row)
                if (list->item(row)->data(Qt::UserRole) == path) return list->item(row);
            return static_cast<QListWidgetItem*>(nullptr);
        };
        QCOMPARE(item(QStringLiteral("loss"))->checkState(), Qt::Checked);
        QCOMPARE(item(QStringLiteral("optim.lr"))->checkState(), Qt::Unchecked);
        QVERIFY(!item(QStringLiteral("name"))->flags().testFlag(Qt::ItemIsEnabled));
        item(QStringLiteral("optim.lr"))->setCheckState(Qt::Checked);
        item(QStringLiteral("loss"))->setCheckState(Qt::Unchecked);
        item(QStringLiteral("accuracy.en"))->setCheckState(Qt::Checked);
        const QStringList titles = titlesOf(table);
        QVERIFY(titles.contains(QStringLiteral("optim.lr")) &&
                titles.contains(QStringLiteral("accuracy.en")));
        QVERIFY(!titles.contains(QStringLiteral("Loss")));
        QTest::keyClicks(dialog.findChild<QLineEdit*>(), QStringLiteral("teacher LR"));
        QVERIFY(!item(QStringLiteral("teacher.optim.lr"))->isHidden());
        QVERIFY(item(QStringLiteral("optim.lr"))->isHidden());
    }
    void placesStayOverAResetOfGroups() {
        M model;
        model.setRuns(threeRuns());
        RunTable table(&model);
        table.show();
        table.setGrouping(RunGrouping::variant);
        table.select({QStringLiteral("A")});
        table.expand(table.model()->index(0, 0));
        table.expand(table.model()->index(1, 0));
        table.setColumnWidth(M::Name, 222);
        model.updateRun(sampleRecord("D", "new", 5, RunStatus::queued, 0, 400));
        QCOMPARE(table.selectedIds(), QStringList{"A"});
        int open = 0;
        for (int row = 0; row < table.model()->rowCount(); ++row)
            open += table.isExpanded(table.model()->index(row, 0)) ? 1 : 0;
        QCOMPARE(open, 2);
        QCOMPARE(table.columnWidth(M::Name), 222);
        table.selectAll();
        QCOMPARE(table.selectedIds().size(), 4); // a group stands for its runs
    }
    /// Where a person reads, the list stands still while runs come and go.
    void scrollingStaysOverAResetOfGroups() {
        M model;
        std::vector<RunRecord> runs;
        for (int seed = 1; seed <= 60; ++seed)
            runs.push_back(sampleRecord("R" + std::to_string(100 + seed), seed % 2 == 0 ? "even" : "odd",
                                        static_cast<std::uint64_t>(seed), RunStatus::done, 400, 400));
        model.setRuns(runs);
        RunTable table(&model);
        table.resize(500, 240);
        table.show();
        table.setGrouping(RunGrouping::variant);
        table.expandAll();
        QScrollBar& bar = *table.verticalScrollBar();
        bar.setValue(bar.maximum() / 2);
        const int place = bar.value();
        QVERIFY(place > 0);
        model.updateRun(sampleRecord("S", "new", 5, RunStatus::queued, 0, 400));
        QCOMPARE(bar.value(), place);
        runs.pop_back();
        model.setRuns(runs);
        QCOMPARE(bar.value(), place);
    }
    void enterOpensAndCopyTakesText() {
        M model;
        model.setRuns(threeRuns());
        RunTable table(&model);
        table.sortByColumn(M::Seed, Qt::AscendingOrder);
        QSignalSpy opened(&table, &RunTable::openRequested);
        table.select({QStringLiteral("A")});
        QCOMPARE(table.selectedIds(), QStringList{"A"});
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].toString(), QStringLiteral("A"));
        QTest::keySequence(&table, QKeySequence::Copy);
        const QStringList lines = QApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].startsWith(QStringLiteral("★\tRun\tStatus\tSteps\tLeft\tLoss")),
                 qPrintable(lines[0]));
        QVERIFY2(lines[1].startsWith(QStringLiteral("\talpha/fixed/10\tdone\t400 / 400")),
                 qPrintable(lines[1]));
    }
    void theStarIsPressed() {
        M model;
        model.setRuns(threeRuns());
        RunTable table(&model);
        table.resize(900, 300);
        table.show();
        QSignalSpy pressed(&table, &RunTable::starPressed);
        const QModelIndex star = table.model()->index(1, M::Star), name = star.siblingAtColumn(M::Name);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(star).center());
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(name).center());
        QCOMPARE(pressed.count(), 1);
    }
    void tenThousandRunsKeepTheSelection() {
        std::vector<RunRecord> runs;
        for (int i = 0; i < 10'000; ++i)
            runs.push_back(withLoss(sampleRecord(QString::number(i).toStdString(), "v",
                                                 static_cast<std::uint64_t>(i), RunStatus::done, 1, 1),
                                    i % 977, "en"));
        M model;
        model.setRuns(runs);
        RunTable table(&model);
        table.select({QStringLiteral("5000")});
        runs.erase(runs.begin(), runs.begin() + 100);
        model.setRuns(runs);
        QCOMPARE(table.selectedIds(), QStringList{"5000"});
        table.setFilter(filterOf("v/9999"));
        QCOMPARE(table.shownCount(), 1);
    }
};

QTEST_MAIN(TestRunTable)
#include "test_run_table.moc"
