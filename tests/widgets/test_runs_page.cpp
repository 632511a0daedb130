// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/sample_runs.h"
#include "widgets/pages/runs_page.h"
#include "widgets/tables/difference_dialog.h"
#include "widgets/tables/json_tree.h"
#include "widgets/tables/run_table.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace retort;

namespace {

std::vector<RunRecord> sampleRuns() {
    return {sampleRecord("A", "fixed", 1, RunStatus::done, 400, 400),
            sampleRecord("B", "adaptive", 1, RunStatus::stopped, 100, 400),
            sampleRecord("C", "adaptive", 2, RunStatus::running, 50, 400)};
}

struct Fixture {
    Fixture() {
        page.resize(1000, 500);
        page.setRuns(sampleRuns());
        page.show();
        table = page.findChild<RunTable*>();
    }
    QAction* action(const QString& text) const {
        for (QAction* action : page.actions())
            if (QString(action->text()).remove(u'&') == text) return action;
        return nullptr;
    }
    QString enabledFor(const QString& id) {
        table->clearSelection();
        page.selectRun(id);
        QStringList names;
        for (const char* name : {"Open", "Resume", "Stop", "Clone to Design", "Difference", "Delete"})
            if (action(QLatin1String(name))->isEnabled()) names << QLatin1String(name);
        return names.join(u',');
    }
    RunsPage page;
    RunTable* table;
};

} // namespace

class TestRunsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void actionsFollowTheSelection() {
        Fixture fixture;
        QCOMPARE(fixture.enabledFor(QStringLiteral("A")), QStringLiteral("Open,Clone to Design,Delete"));
        QCOMPARE(fixture.enabledFor(QStringLiteral("B")),
                 QStringLiteral("Open,Resume,Clone to Design,Delete"));
        QCOMPARE(fixture.enabledFor(QStringLiteral("C")), QStringLiteral("Open,Stop,Clone to Design"));
        fixture.table->selectAll();
        QVERIFY(!fixture.action(QStringLiteral("Open"))->isEnabled());
        QVERIFY(!fixture.action(QStringLiteral("Delete"))->isEnabled());
    }
    void actionsNameTheRun() {
        Fixture fixture;
        QSignalSpy open(&fixture.page, &RunsPage::openRequested),
            clone(&fixture.page, &RunsPage::cloneRequested),
            resume(&fixture.page, &RunsPage::resumeRequested);
        fixture.page.selectRun(QStringLiteral("B"));
        QTest::keyClick(fixture.table, Qt::Key_Return);
        fixture.action(QStringLiteral("Clone to Design"))->trigger();
        fixture.action(QStringLiteral("Resume"))->trigger();
        for (const QSignalSpy* spy : {&open, &clone, &resume}) {
            QCOMPARE(spy->count(), 1);
            QCOMPARE(spy->at(0)[0].toString(), QStringLiteral("B"));
        }
    }
    void statusNewsReachTheButtons() {
        Fixture fixture;
        fixture.page.selectRun(QStringLiteral("C"));
        QVERIFY(fixture.action(QStringLiteral("Stop"))->isEnabled());
        fixture.page.updateRun(sampleRecord("C", "adaptive", 2, RunStatus::done, 400, 400));
        QVERIFY(!fixture.action(QStringLiteral("Stop"))->isEnabled());
    }
    void deletingHasAWayBack() {
        Fixture fixture;
        QSignalSpy deleted(&fixture.page, &RunsPage::deleteRequested),
            undone(&fixture.page, &RunsPage::undoDeleteRequested);
        fixture.page.selectRun(QStringLiteral("A"));
        fixture.action(QStringLiteral("Delete"))->trigger();
        QCOMPARE(deleted.count(), 1);
        QCOMPARE(deleted[0][0].toStringList(), QStringList{"A"});
        QCOMPARE(fixture.table->shownCount(), 2);
        QVERIFY(fixture.page.findChild<QWidget*>(QStringLiteral("undoBar"))->isVisible());
        fixture.action(QStringLiteral("Undo"))->trigger();
        QCOMPARE(undone.count(), 1);
        QVERIFY(!fixture.page.findChild<QWidget*>(QStringLiteral("undoBar"))->isVisible());
        QVERIFY(!fixture.action(QStringLiteral("Undo"))->isEnabled());
    }
    void theDifferenceShowsOnlyWhatDiffers() {
        Fixture fixture;
        fixture.page.updateRun(sampleRecord("C", "adaptive", 2, RunStatus::done, 400, 400));
        fixture.table->selectAll();
        QVERIFY(!fixture.action(QStringLiteral("Difference"))->isEnabled());
        fixture.page.setRuns({sampleRuns()[0], sampleRuns()[1]});
        fixture.table->selectAll();
        fixture.action(QStringLiteral("Difference"))->trigger();
        auto* dialog = fixture.page.findChild<DifferenceDialog*>();
        QVERIFY(dialog != nullptr);
        const auto* list = dialog->findChild<QTreeWidget*>(QStringLiteral("differences"));
        QCOMPARE(list->topLevelItemCount(), 1);
        QCOMPARE(list->topLevelItem(0)->text(0), QStringLiteral("/optim/lr"));
        QSet<QString> sides = {list->topLevelItem(0)->text(1), list->topLevelItem(0)->text(2)};
        QCOMPARE(sides, (QSet<QString>{"0.0005", "0.001"}));
    }
    void theDetailHoldsSummaryAndJson() {
        Fixture fixture;
        fixture.page.selectRun(QStringLiteral("B"));
        const QString json = fixture.page.findChild<QPlainTextEdit*>()->toPlainText();
        QCOMPARE(Json::parse(json.toStdString()).at("id").get<std::string>(), std::string("B"));
        bool isFound = false;
        for (const JsonTree* tree : fixture.page.findChildren<JsonTree*>())
            for (const QTreeWidgetItem* item :
                 tree->findItems(QStringLiteral("lr"), Qt::MatchExactly | Qt::MatchRecursive))
                isFound |= item->toolTip(0) == QStringLiteral("/optim/lr") &&
                           item->text(1) == QStringLiteral("0.001");
        QVERIFY(isFound);
    }
    void filterCountsAndEscapeClears() {
        Fixture fixture;
        auto* filter = fixture.page.findChild<QLineEdit*>(QStringLiteral("filter"));
        QTest::keyClicks(filter, QStringLiteral("adaptive"));
        QCOMPARE(fixture.page.findChild<QLabel*>(QStringLiteral("count"))->text(),
                 QStringLiteral("2 of 3 runs"));
        QTest::keyClicks(filter, QStringLiteral(" nothing"));
        QVERIFY(!fixture.table->isVisible());
        QVERIFY(QTest::qWaitForWindowActive(&fixture.page));
        filter->setFocus();
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(fixture.table->isVisible());
        QCOMPARE(fixture.table->shownCount(), 3);
    }
    void theNewestRunComesFirst() {
        Fixture fixture;
        fixture.table->selectRow(0);
        QCOMPARE(fixture.table->currentId(), QStringLiteral("C"));
    }
    void layoutComesBack() {
        Fixture fixture;
        fixture.table->setColumnWidth(1, 199);
        const QByteArray layout = fixture.page.saveLayout();
        RunsPage again;
        again.restoreLayout(layout);
        QCOMPARE(again.findChild<RunTable*>()->columnWidth(1), 199);
        again.restoreLayout("broken");
        QCOMPARE(again.findChild<RunTable*>()->columnWidth(1), 199);
    }
};

QTEST_MAIN(TestRunsPage)
#include "test_runs_page.moc"
