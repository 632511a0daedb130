// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/sample_runs.h"
#include "widgets/forms/inline_message.h"
#include "widgets/pages/runs_page.h"
#include "widgets/pages/saved_filters.h"
#include "widgets/tables/difference_dialog.h"
#include "widgets/tables/json_tree.h"
#include "widgets/tables/run_filter_edit.h"
#include "widgets/tables/run_table.h"
#include "widgets/tables/run_table_model.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

#include <algorithm>

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
        (void)QTest::qWaitForWindowActive(&page); // keys of actions go to the active window
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
    RunFilterEdit* filter() const { return page.findChild<RunFilterEdit*>(); }
    /// Name, star and tags in the table.
    QString shown(const QString& id) const {
        const auto* model = page.findChild<RunTableModel*>();
        QStringList cells;
        for (const int column : {RunTableModel::Name, RunTableModel::Star, RunTableModel::Tags})
            cells << model->indexOf(id, column).data().toString();
        return cells.join(u'|');
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
    void finishedRunsAreReported() {
        Fixture fixture;
        const QSignalSpy report(&fixture.page, &RunsPage::reportRequested);
        fixture.page.selectRun(QStringLiteral("C")); // in training
        QVERIFY(!fixture.action(QStringLiteral("Report…"))->isEnabled());
        fixture.table->selectAll();
        fixture.action(QStringLiteral("Report…"))->trigger();
        QCOMPARE(report.count(), 1);
        QVERIFY(!report[0][0].toStringList().contains(QStringLiteral("C")));
    }
    void filtersAreKeptByName() {
        Fixture fixture;
        auto* saved = fixture.page.findChild<SavedFilters*>();
        saved->save(QStringLiteral("  good  ones "), QStringLiteral("loss < 4"));
        saved->save(QStringLiteral("a & b"), QStringLiteral("name ~ a"));
        saved->save(QStringLiteral("good ones"), QStringLiteral("loss < 3"));
        saved->save(QString(), QStringLiteral("loss < 2"));
        saved->save(QStringLiteral("nothing"), QStringLiteral(" "));
        QCOMPARE(saved->names(), (QStringList{"a & b", "good ones"}));
        Fixture again;
        again.page.restoreLayout(fixture.page.saveLayout());
        auto* restored = again.page.findChild<SavedFilters*>();
        QCOMPARE(restored->names(), saved->names());
        Q_EMIT restored->menu()->aboutToShow();
        restored->menu()->actions()[1]->trigger();
        QCOMPARE(again.page.findChild<RunFilterEdit*>()->text(), QStringLiteral("loss < 3"));
        restored->remove(QStringLiteral("good ones"));
        QCOMPARE(restored->names(), QStringList{"a & b"});
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
            restored(&fixture.page, &RunsPage::restoreRequested);
        fixture.page.selectRun(QStringLiteral("A"));
        fixture.action(QStringLiteral("Delete"))->trigger();
        QCOMPARE(deleted.count(), 1);
        QCOMPARE(deleted[0][0].toStringList(), QStringList{"A"});
        QCOMPARE(fixture.table->shownCount(), 2);
        QVERIFY(fixture.page.findChild<QWidget*>(QStringLiteral("undoBar"))->isVisible());
        QTest::keySequence(fixture.table, QKeySequence::Undo);
        QCOMPARE(restored.count(), 1);
        QCOMPARE(fixture.table->shownCount(), 3);
        QVERIFY(!fixture.page.findChild<QWidget*>(QStringLiteral("undoBar"))->isVisible());
        QTest::keySequence(fixture.table, QKeySequence::Redo);
        QCOMPARE(deleted.count(), 2);
        QCOMPARE(fixture.table->shownCount(), 2);
        fixture.page.forgetChanges();
        QVERIFY(!fixture.page.undoActions().front()->isEnabled());
    }
    void theBinGivesBackAndIsEmptied() {
        Fixture fixture;
        QSignalSpy restored(&fixture.page, &RunsPage::restoreRequested),
            erased(&fixture.page, &RunsPage::eraseRequested);
        fixture.page.selectRun(QStringLiteral("A"));
        fixture.action(QStringLiteral("Delete"))->trigger();
        fixture.page.selectRun(QStringLiteral("B"));
        fixture.action(QStringLiteral("Delete"))->trigger();
        auto* bin = fixture.page.findChild<QAbstractButton*>(QStringLiteral("bin"));
        bin->click();
        QCOMPARE(fixture.table->shownCount(), 2);
        QVERIFY(!fixture.action(QStringLiteral("Restore"))->isEnabled()); // nothing is selected
        fixture.page.selectRun(QStringLiteral("B"));
        QCOMPARE(fixture.enabledFor(QStringLiteral("B")), QStringLiteral("Open,Clone to Design"));
        fixture.action(QStringLiteral("Restore"))->trigger();
        QCOMPARE(restored.at(0).at(0).toStringList(), QStringList{"B"});
        QCOMPARE(fixture.table->shownCount(), 1);
        fixture.page.setBin({sampleRuns()[0]}); // as the owner says it, too
        fixture.table->clearSelection();
        fixture.action(QStringLiteral("Delete for Good…"))->trigger();
        QCOMPARE(erased.count(), 0); // it asks first
        fixture.page.findChild<QAbstractButton*>(QStringLiteral("erase"))->click();
        QCOMPARE(erased.at(0).at(0).toStringList(), QStringList{"A"});
        QCOMPARE(fixture.table->shownCount(), 0);
        QVERIFY(!fixture.page.undoActions().front()->isEnabled());
        bin->click();
        QCOMPARE(fixture.table->shownCount(), 2);
    }
    void marksAreWrittenBesideTheRun() {
        Fixture fixture;
        QSignalSpy marked(&fixture.page, &RunsPage::marked);
        fixture.page.selectRun(QStringLiteral("A"));
        auto* name = fixture.page.findChild<QLineEdit*>(QStringLiteral("runName"));
        auto* tags = fixture.page.findChild<QLineEdit*>(QStringLiteral("runTags"));
        QCOMPARE(name->placeholderText(), QStringLiteral("alpha/fixed/1"));
        name->setText(QStringLiteral("The first"));
        QTest::keyClick(name, Qt::Key_Return);
        tags->setText(QStringLiteral("paper, best,,paper"));
        QTest::keyClick(tags, Qt::Key_Return);
        QCOMPARE(marked.count(), 2);
        QCOMPARE(fixture.shown(QStringLiteral("A")), QStringLiteral("The first||best, paper"));
        fixture.page.undoActions().front()->trigger();
        QCOMPARE(fixture.shown(QStringLiteral("A")), QStringLiteral("The first||"));
        QCOMPARE(tags->text(), QString());
        fixture.page.undoActions().front()->trigger();
        QCOMPARE(fixture.shown(QStringLiteral("A")), QStringLiteral("alpha/fixed/1||"));
        fixture.page.undoActions().back()->trigger();
        QCOMPARE(fixture.shown(QStringLiteral("A")), QStringLiteral("The first||"));
    }
    void notesAreKeptWhenAnotherRunIsChosen() {
        Fixture fixture;
        QSignalSpy marked(&fixture.page, &RunsPage::marked);
        fixture.page.selectRun(QStringLiteral("A"));
        fixture.page.findChild<QPlainTextEdit*>(QStringLiteral("runNote"))
            ->setPlainText(QStringLiteral("Again"));
        fixture.page.updateRun(sampleRuns()[0]); // news of the run leave what is being written
        fixture.page.selectRun(QStringLiteral("B"));
        QCOMPARE(marked.count(), 1);
        QCOMPARE(marked[0][0].toString(), QStringLiteral("A"));
        QCOMPARE(marked[0][1].value<RunMarks>().note, std::string("Again"));
        QCOMPARE(fixture.page.findChild<QPlainTextEdit*>(QStringLiteral("runNote"))->toPlainText(),
                 QString());
    }
    void starsGoToAllOrToNone() {
        Fixture fixture;
        fixture.page.selectRun(QStringLiteral("B"));
        fixture.action(QStringLiteral("Star"))->trigger();
        QCOMPARE(fixture.shown(QStringLiteral("B")), QStringLiteral("alpha/adaptive/1|★|"));
        fixture.table->selectAll();
        fixture.action(QStringLiteral("Star"))->trigger();
        QCOMPARE(fixture.shown(QStringLiteral("A")), QStringLiteral("alpha/fixed/1|★|"));
        fixture.action(QStringLiteral("Star"))->trigger();
        for (const char* id : {"A", "B", "C"})
            QVERIFY(!fixture.shown(QLatin1String(id)).contains(u'★'));
    }
    void manyRunsGetTagsAtOnce() {
        Fixture fixture;
        fixture.table->selectAll();
        fixture.action(QStringLiteral("Tags…"))->trigger();
        auto* dialog = fixture.page.findChild<QInputDialog*>();
        dialog->setTextValue(QStringLiteral("sweep, x"));
        dialog->accept();
        QCOMPARE(fixture.shown(QStringLiteral("C")), QStringLiteral("alpha/adaptive/2||sweep, x"));
        fixture.filter()->setText(QStringLiteral("tag = sweep and seed = 1"));
        QCOMPARE(fixture.table->shownCount(), 2);
    }
    void theDifferenceShowsOnlyWhatDiffers() {
        Fixture fixture;
        fixture.page.selectRun(QStringLiteral("A"));
        QVERIFY(!fixture.action(QStringLiteral("Difference"))->isEnabled());
        fixture.table->selectAll();
        fixture.action(QStringLiteral("Difference"))->trigger();
        auto* dialog = fixture.page.findChild<DifferenceDialog*>();
        QVERIFY(dialog != nullptr);
        auto* list = dialog->findChild<QTreeWidget*>(QStringLiteral("differences"));
        QStringList rows;
        for (int row = 0; row < list->topLevelItemCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < list->columnCount(); ++column)
                cells << list->topLevelItem(row)->text(column);
            std::sort(cells.begin() + 1, cells.end());
            rows << cells.join(u' ');
        }
        rows.sort();
        QCOMPARE(rows, (QStringList{"/optim/lr 0.0005 0.001 0.001", "/seed 1 1 2"}));
        for (QPushButton* button : dialog->findChildren<QPushButton*>())
            if (button->text() == QLatin1String("Show as Co&lumns")) button->click();
        QVERIFY(fixture.table->showsField(QStringLiteral("optim.lr")));
        QVERIFY(fixture.table->showsField(QStringLiteral("seed")));
    }
    void theDetailHoldsSummaryAndJson() {
        Fixture fixture;
        fixture.page.selectRun(QStringLiteral("B"));
        const auto* detail = fixture.page.findChild<QTabWidget*>();
        const QString json = detail->findChild<QPlainTextEdit*>()->toPlainText();
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
        RunFilterEdit* filter = fixture.filter();
        QTest::keyClicks(filter, QStringLiteral("adaptive"));
        QCOMPARE(fixture.page.findChild<QLabel*>(QStringLiteral("count"))->text(),
                 QStringLiteral("2 of 3 runs"));
        filter->setText(QStringLiteral("adaptive nothing"));
        QVERIFY(!fixture.table->isVisible());
        QVERIFY(QTest::qWaitForWindowActive(&fixture.page));
        filter->setFocus();
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(fixture.table->isVisible());
        QCOMPARE(fixture.table->shownCount(), 3);
    }
    void whatCannotBeReadIsSaidAndTheLastFilterStays() {
        Fixture fixture;
        auto* problem = fixture.page.findChild<InlineMessage*>(QStringLiteral("filterProblem"));
        fixture.filter()->setText(QStringLiteral("lr < 1e-3"));
        QCOMPARE(fixture.table->shownCount(), 1);
        QVERIFY(!problem->isVisible());
        fixture.filter()->setText(QStringLiteral("lr < 1e-3 and sed = 1"));
        QVERIFY(problem->isVisible());
        QCOMPARE(problem->text(), QStringLiteral("Character 15: No run has a field sed; did you mean seed?"));
        QCOMPARE(fixture.table->shownCount(), 1);
        fixture.filter()->setText(QStringLiteral("status != done"));
        QVERIFY(!problem->isVisible());
        QCOMPARE(fixture.table->shownCount(), 2);
    }
    void namesAndValuesAreOffered() {
        Fixture fixture;
        RunFilterEdit* filter = fixture.filter();
        QVERIFY(QTest::qWaitForWindowActive(&fixture.page));
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("seed = 1 alpha.m"));
        auto* completer = filter->findChild<QCompleter*>();
        QVERIFY(completer->popup()->isVisible());
        QCOMPARE(completer->completionModel()->rowCount(), 1);
        QTest::keyClick(completer->popup(), Qt::Key_Down);
        QTest::keyClick(completer->popup(), Qt::Key_Return);
        QCOMPARE(filter->text(), QStringLiteral("seed = 1 distill.alpha.mode"));
        filter->clear();
        QTest::keyClick(filter, Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(completer->completionModel()->rowCount() > 100);
        completer->popup()->hide();
    }
    void theNewestRunComesFirst() {
        Fixture fixture;
        fixture.table->setCurrentIndex(fixture.table->model()->index(0, 0));
        QCOMPARE(fixture.table->currentId(), QStringLiteral("C"));
    }
    void layoutComesBack() {
        Fixture fixture;
        fixture.table->setColumnWidth(1, 199);
        auto* grouping = fixture.page.findChild<QComboBox*>(QStringLiteral("grouping"));
        grouping->setCurrentIndex(2);
        QCOMPARE(fixture.table->model()->rowCount(), 2);
        QCOMPARE(fixture.table->shownCount(), 3);
        const QByteArray layout = fixture.page.saveLayout();
        RunsPage again;
        again.restoreLayout(layout);
        QCOMPARE(again.findChild<RunTable*>()->columnWidth(1), 199);
        QCOMPARE(again.findChild<QComboBox*>(QStringLiteral("grouping"))->currentIndex(), 2);
        again.restoreLayout("broken");
        QCOMPARE(again.findChild<RunTable*>()->columnWidth(1), 199);
    }
};

QTEST_MAIN(TestRunsPage)
#include "test_runs_page.moc"
