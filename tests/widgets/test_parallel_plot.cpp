// SPDX-License-Identifier: GPL-3.0-or-later
#include "saving.h"
#include "widgets/plots/parallel_plot.h"

#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;
using namespace retort::test;

namespace {

/// Three runs of rising learning rate and falling loss; the second is adaptive.
Figure figure() {
    std::vector<SweepRun> runs = {{Json::parse(R"({"lr": 0.001, "alpha": {"kind": "fixed"}})"), 3.5},
                                  {Json::parse(R"({"lr": 0.002, "alpha": {"kind": "adaptive"}})"), 3.25},
                                  {Json::parse(R"({"lr": 0.003, "alpha": {"kind": "fixed"}})"), 3.0}};
    ParallelFigure sweep{"Loss", false, {"s/a/1", "s/b/1", "s/c/1"}, parallel_axes(runs)};
    return {"loss-by-setting", "Loss by setting", {}, std::move(sweep), {{"01A", "s/a/1"}}};
}

struct Fixture {
    Fixture() {
        plot.resize(600, 300);
        plot.setFigure(figure());
        plot.show();
    }
    [[nodiscard]] ParallelLayout layout() const {
        return {plot.content(), QRectF(plot.rect()).adjusted(4, 4, -4, -4), plot.font()};
    }
    [[nodiscard]] QPoint at(std::size_t axis, double place) const {
        return QPointF(layout().x(axis), layout().y(place)).toPoint();
    }
    void drag(std::size_t axis, double from, double to) {
        QTest::mousePress(&plot, Qt::LeftButton, Qt::NoModifier, at(axis, from));
        QMouseEvent move(QEvent::MouseMove, at(axis, to), plot.mapToGlobal(at(axis, to)), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&plot, &move);
        QTest::mouseRelease(&plot, Qt::LeftButton, Qt::NoModifier, at(axis, to));
    }
    ParallelPlot plot;
};

using Places = std::vector<std::size_t>;

} // namespace

class TestParallelPlot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void draggingKeepsTheRunsWithin() {
        Fixture fixture;
        const QSignalSpy brushed(&fixture.plot, &ParallelPlot::brushed);
        fixture.drag(0, 0.4, 1);
        QCOMPARE(fixture.plot.kept(), (Places{1, 2}));
        QVERIFY(!brushed.isEmpty());
        fixture.drag(1, 0.9, 1); // fixed stands above adaptive
        QCOMPARE(fixture.plot.kept(), (Places{2}));
        QVERIFY(fixture.plot.accessibleDescription().startsWith(QStringLiteral("1 of 3 runs kept.")));
        QTest::mouseClick(&fixture.plot, Qt::LeftButton, Qt::NoModifier, fixture.at(0, 0.5));
        QCOMPARE(fixture.plot.kept(), (Places{0, 2}));
        fixture.plot.setFigure(figure());
        QCOMPARE(fixture.plot.kept(), (Places{0, 2}));
        QTest::keyClick(&fixture.plot, Qt::Key_Home);
        QCOMPARE(fixture.plot.kept().size(), std::size_t{3});
    }
    void keysReadAndBrush() {
        Fixture fixture;
        QTest::keyClick(&fixture.plot, Qt::Key_Right); // the learning rate
        QTest::keyClick(&fixture.plot, Qt::Key_Up);
        QCOMPARE(fixture.plot.readout(), QStringLiteral("s/a/1: Loss 3.500; alpha.kind fixed; lr 0.001000"));
        QTest::keyClick(&fixture.plot, Qt::Key_Up);
        QTest::keyClick(&fixture.plot, Qt::Key_Space);
        QCOMPARE(fixture.plot.kept(), (Places{0, 1}));
        QTest::keyClick(&fixture.plot, Qt::Key_Backspace);
        QTest::keyClick(&fixture.plot, Qt::Key_Space, Qt::ShiftModifier);
        QCOMPARE(fixture.plot.kept(), (Places{1, 2}));
        const QSignalSpy picked(&fixture.plot, &ParallelPlot::runPicked);
        QTest::keyClick(&fixture.plot, Qt::Key_Return);
        QCOMPARE(picked.last(), QVariantList{1});
    }
    void aClickPicksTheRunBelowIt() {
        Fixture fixture;
        const QSignalSpy picked(&fixture.plot, &ParallelPlot::runPicked);
        // Of the last run, half way between the two last axes: from the top to the bottom.
        const QPoint middle = (fixture.at(1, 1) + fixture.at(2, 0)) / 2;
        QTest::mouseClick(&fixture.plot, Qt::LeftButton, Qt::NoModifier, middle);
        QCOMPARE(picked.last(), QVariantList{2});
    }
    void theDataAreATableAndAFile() {
        Fixture fixture;
        const std::string csv =
            "run,/lr,/alpha/kind,result\ns/a/1,0.001,fixed,3.5\ns/b/1,0.002,adaptive,3.25\n"
            "s/c/1,0.003,fixed,3\n";
        QCOMPARE(to_csv(fixture.plot.figure()), csv);
        QTest::keyClick(&fixture.plot, Qt::Key_T);
        QCOMPARE(fixture.plot.findChild<QTableView*>()->model()->rowCount(), 3);
        const QTemporaryDir folder;
        fixture.plot.brush(0, Interval{0.4, 1});
        const QStringList saved = savedFigure(fixture.plot.figure(), folder.filePath("sweep.pdf"));
        QVERIFY(contentOf(saved.value(0)).startsWith("%PDF"));
        QCOMPARE(contentOf(saved.value(1)).toStdString(), csv);
        QCOMPARE(contentOf(saved.value(2)).count("\\draw[black!14]"), 1); // one run is not kept
        QVERIFY(contentOf(saved.value(3)).contains("\"01A\""));
    }
    void anEmptyFigureIsHarmless() {
        ParallelPlot plot;
        plot.resize(300, 200);
        plot.grab();
        for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Up, Qt::Key_Space, Qt::Key_Return, Qt::Key_Home})
            QTest::keyClick(&plot, key);
        QVERIFY(plot.kept().empty());
    }
};

RETORT_DRAWING_TEST_MAIN(TestParallelPlot)
#include "test_parallel_plot.moc"
