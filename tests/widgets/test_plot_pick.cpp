// SPDX-License-Identifier: GPL-3.0-or-later
// Which curve a person means, what all are at the cursor, and what the legend and smoothing do with many.
#include "plot_fixture.h"
#include "widgets/plots/legend_bar.h"
#include "widgets/plots/plot_canvas.h"
#include "widgets/plots/readout_box.h"

#include <QSignalSpy>
#include <QTest>
#include <cmath>

using namespace retort;

namespace {

struct Fixture : test::PlotFixture {
    explicit Fixture(const std::vector<double>& values, PlotGroup* group = nullptr)
        : PlotFixture(values, group) {}
    QWidget* screen() {
        return plot.findChild<PlotCanvas*>()->findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    }
    QPoint pixel(double position, double value) {
        return plot.findChild<PlotCanvas*>()->pixelOf(position, value).toPoint();
    }
    void clickAt(double position, double value) {
        QTest::mouseClick(screen(), Qt::LeftButton, Qt::NoModifier, pixel(position, value));
    }
};

} // namespace

class TestPlotPick : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void aClickPicksTheCurveBelowIt() {
        Fixture fixture({4, 4, 4, 4});
        fixture.add(QStringLiteral("kd"), {2, 2, 2, 2});
        const QSignalSpy picked(&fixture.plot, &LinePlot::curvePicked);
        fixture.picture();
        fixture.clickAt(2.5, 2);
        QCOMPARE(picked.last(), QVariantList{QStringLiteral("kd")});
        QVERIFY(fixture.plot.curves()[1]->isPicked && !fixture.plot.curves()[0]->isPicked);
        fixture.clickAt(2.5, 4);
        QCOMPARE(fixture.plot.picked(), QStringLiteral("ce"));
        fixture.clickAt(2.5, 3);
        QCOMPARE(picked.last(), QVariantList{QString()});
        fixture.plot.setCurveVisible(QStringLiteral("kd"), false);
        fixture.clickAt(2.5, 2);
        QCOMPARE(fixture.plot.picked(), QString());
    }
    void aClickIntoTheNoiseOfACurveIsOnIt() {
        std::vector<double> noise;
        for (int i = 0; i < 5000; ++i)
            noise.push_back(i % 2 == 0 ? 1 : 5);
        Fixture fixture(noise);
        fixture.picture();
        fixture.clickAt(2500, 3);
        QCOMPARE(fixture.plot.picked(), QStringLiteral("ce"));
    }
    void curvesArePickedByKey() {
        Fixture fixture({4, 3});
        fixture.add(QStringLiteral("kd"), {2, 1});
        const QSignalSpy activated(&fixture.plot, &LinePlot::curveActivated);
        QTest::keyClick(&fixture.plot, Qt::Key_Return);
        QVERIFY(activated.isEmpty());
        QTest::keyClick(&fixture.plot, Qt::Key_PageDown);
        QCOMPARE(fixture.plot.picked(), QStringLiteral("ce"));
        QTest::keyClick(&fixture.plot, Qt::Key_PageDown);
        QTest::keyClick(&fixture.plot, Qt::Key_Return);
        QCOMPARE(activated.last(), QVariantList{QStringLiteral("kd")});
        QTest::keyClick(&fixture.plot, Qt::Key_PageUp);
        QCOMPARE(fixture.plot.picked(), QStringLiteral("ce"));
        QTest::keyClick(&fixture.plot, Qt::Key_Escape);
        QCOMPARE(fixture.plot.picked(), QString());
    }
    void theReadoutListsAllCurvesAsTheyLie() {
        Fixture fixture({1, 2, 3});
        fixture.add(QStringLiteral("kd"), {5, 4, std::nan("")});
        fixture.add(QStringLiteral("lr"), {2.5, 2.5, 2.5});
        fixture.plot.setReadoutShown(true);
        fixture.picture();
        const auto rows = [&](double position, double value) {
            QTest::mouseMove(fixture.screen(), fixture.pixel(position, value));
            QStringList words;
            for (const ReadoutRow& row : fixture.plot.findChild<ReadoutBox*>()->rows())
                words << (row.isNearest ? QStringLiteral("*") : QString()) + row.name + u' ' + row.value;
            return words.join(u'|');
        };
        QCOMPARE(rows(1, 5), QStringLiteral("*kd 5.000|lr 2.500|ce 1.000"));
        QCOMPARE(rows(2.9, 2.5), QStringLiteral("ce 3.000|*lr 2.500|kd NaN"));
    }
    void aLongLegendScrolls() {
        Fixture fixture({1});
        const int before = fixture.picture().height();
        const auto* legend = fixture.plot.findChild<LegendBar*>();
        const int oneRow = legend->height();
        for (int i = 0; i < 60; ++i)
            fixture.add(
                QStringLiteral("a variant with a name that is much longer than any label should be, %1")
                    .arg(i),
                {1});
        fixture.picture();
        QTRY_VERIFY(legend->height() > oneRow);
        QVERIFY(legend->height() <= 4 * oneRow);
        QCOMPARE(fixture.plot.height(), before);
        QVERIFY(fixture.plot.minimumSizeHint().width() < 400);
        for (const auto* entry : fixture.plot.findChildren<LegendEntry*>())
            QVERIFY(entry->sizeHint().width() < 500);
    }
    void smoothingKeepsBandAndValues() {
        Fixture fixture({});
        fixture.clock->append({10, 100, 20});
        fixture.plot.setPoints(QStringLiteral("ce"), {{1, 2}, {2, 4}, {1, 3}, {3, 5}});
        fixture.plot.setSmoothing(0.5);
        const Curve& curve = *fixture.plot.curves()[0];
        // s = (0.25 · 2 + 0.5 · 4) / 0.75 and the same of the edges.
        QVERIFY(std::abs(curve.line()[1] - 2.5 / 0.75) < 1e-12);
        QVERIFY(std::abs(curve.lineLow()[1] - 1.75 / 0.75) < 1e-12);
        QVERIFY(std::abs(curve.lineHigh()[1] - 3.25 / 0.75) < 1e-12);
        QCOMPARE(curve.values()[1], 4.0);
        QCOMPARE(curve.low()[1], 3.0);
        fixture.plot.setSmoothing(0);
        QCOMPARE(curve.lineLow()[1], 3.0);
    }
};

QTEST_MAIN(TestPlotPick)
#include "test_plot_pick.moc"
