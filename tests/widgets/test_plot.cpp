// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot_fixture.h"
#include "printed.h"
#include "widgets/plots/curve_stack.h"
#include "widgets/plots/curve_table.h"
#include "widgets/plots/figure_export.h"
#include "widgets/plots/legend_bar.h"
#include "widgets/plots/plot_canvas.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <cmath>

using namespace retort;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

using Fixture = test::PlotFixture;
using test::printed;

bool isLike(QColor a, QColor b) {
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 60;
}

/// Of the same hue, however faint: thin lines blend with the background.
bool isTintOf(QColor pixel, QColor color) {
    return pixel.hsvSaturation() > 40 && std::abs(pixel.hsvHue() - color.hsvHue()) < 15;
}

/// Pixels of this hue within the axes, by rows relative to their top.
QList<int> rowsOf(const QImage& image, const LinePlot& plot, const QColor& color) {
    const auto* canvas = plot.findChild<PlotCanvas*>();
    const QRect rect = canvas->axisRect().translated(canvas->mapTo(&plot, QPoint()));
    QList<int> rows;
    for (int y = rect.top(); y <= rect.bottom(); ++y)
        for (int x = rect.left(); x <= rect.right(); ++x)
            if (isTintOf(image.pixelColor(x, y), color)) rows << y - rect.top();
    return rows;
}

} // namespace

class TestLinePlot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void aSpikeAmongManyPointsIsDrawn() {
        std::vector<double> values(200'000, 1.0);
        values[123'456] = 2;
        Fixture fixture(values);
        const QList<int> rows =
            rowsOf(fixture.picture(), fixture.plot, styleOf(QStringLiteral("ce")).color(false));
        QVERIFY(!rows.isEmpty());
        // One line from the level of all others to near the top, where nothing else is.
        const auto high = std::ranges::count_if(rows, [](int row) { return row < 40; });
        QVERIFY2(high > 5 && high < 200, qPrintable(QString::number(high)));
    }
    void infinityDoesNotSpoilTheRange() {
        Fixture fixture({1, infinity, 3, std::nan(""), -infinity, 2});
        QCoreApplication::processEvents();
        const Window window = fixture.plot.yWindow();
        QVERIFY(std::isfinite(window.from) && std::isfinite(window.to));
        QVERIFY(window.from < 1 && window.to > 3 && window.to < 4);
    }
    void whatIsNotFiniteIsMarkedAtTheEdge() {
        Fixture clean({1, 1.001, 1, 1.001, 1});
        Fixture marked({1, 1.001, infinity, 1.001, 1});
        const QColor color = styleOf(QStringLiteral("ce")).color(false);
        const auto above = [](const QList<int>& rows) {
            return std::ranges::count_if(rows, [](int row) { return row < 8; });
        };
        QCOMPARE(above(rowsOf(clean.picture(), clean.plot, color)), 0);
        QVERIFY(above(rowsOf(marked.picture(), marked.plot, color)) > 5);
    }
    void aLonePointIsVisible() {
        Fixture fixture({std::nan(""), 5, std::nan("")});
        const QList<int> rows =
            rowsOf(fixture.picture(), fixture.plot, styleOf(QStringLiteral("ce")).color(false));
        QVERIFY(std::ranges::any_of(rows, [](int row) { return row > 20; }));
    }
    void logarithmicRangeIgnoresWhatHasNoLogarithm() {
        Fixture fixture({100, 0, -5, 10});
        QTest::keyClick(&fixture.plot, Qt::Key_L);
        QVERIFY(fixture.plot.isLogarithmic());
        QVERIFY(fixture.plot.yWindow().from > 5 && fixture.plot.yWindow().from < 10);
        QVERIFY(fixture.plot.yWindow().to > 100);
    }
    void readoutIsNewestOrAtTheCursor() {
        Fixture fixture({4, 3, 2});
        fixture.add(QStringLiteral("kd"), {8, 7, 6});
        QTRY_COMPARE(fixture.plot.readout(), QStringLiteral("ce 2.000  kd 6.000"));
        fixture.plot.group().setCursor(1.2);
        QCOMPARE(fixture.plot.readout(), QStringLiteral("ce 4.000  kd 8.000"));
        fixture.plot.setCurveVisible(QStringLiteral("ce"), false);
        QCOMPARE(fixture.plot.readout(), QStringLiteral("kd 8.000"));
    }
    void smoothingKeepsTheValueBehind() {
        Fixture fixture({4, 2});
        fixture.plot.setSmoothing(0.5);
        // (0.5 · 4 + 1 · 2) / 1.5
        QCOMPARE(fixture.plot.readout(), QStringLiteral("ce 2.667 (2.000)"));
        fixture.plot.append(QStringLiteral("ce"), 3, 1);
        QTRY_COMPARE(fixture.plot.readout(), QStringLiteral("ce 1.714 (1.000)"));
    }
    void theAxisTurnsToTokensAndTime() {
        Fixture fixture({4, 3, 2});
        fixture.plot.group().setXAxis(XAxis::tokens);
        QCOMPARE(fixture.plot.xWindow().to, 30.0);
        fixture.plot.group().setXAxis(XAxis::wall_time);
        QCOMPARE(fixture.plot.xWindow().to, 6.0);
    }
    void zoomingFitsTheValuesAndHomeEndsIt() {
        Fixture fixture({100, 50, 3, 2, 1});
        fixture.plot.group().zoomTo({3, 5});
        QVERIFY(fixture.plot.yWindow().to < 4);
        QTest::keyClick(&fixture.plot, Qt::Key_Home);
        QVERIFY(fixture.plot.yWindow().to > 100);
        QCOMPARE(fixture.plot.xWindow().to, 5.0);
    }
    void keysMoveZoomAndWalkThePoints() {
        Fixture fixture({4, 3, 2, 1});
        QTest::keyClick(&fixture.plot, Qt::Key_Plus);
        QVERIFY(fixture.plot.group().isZoomed());
        const double from = fixture.plot.xWindow().from;
        QTest::keyClick(&fixture.plot, Qt::Key_Right);
        QVERIFY(fixture.plot.xWindow().from > from);
        QTest::keyClick(&fixture.plot, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(fixture.plot.group().cursor(), std::optional(3.0));
        QCOMPARE(fixture.plot.readout(), QStringLiteral("ce 2.000"));
    }
    void aGrowingCurveGoesOnFromWhereAResumeCutsIt() {
        Fixture fixture({4, 3, 2, 1});
        fixture.plot.truncateAfter(2);
        fixture.plot.append(QStringLiteral("ce"), 2, 99);
        fixture.plot.append(QStringLiteral("ce"), 3, 7);
        QTRY_COMPARE(fixture.plot.readout(), QStringLiteral("ce 7.000"));
        QCOMPARE(fixture.plot.curves()[0]->size(), std::size_t{3});
    }
    void pressingALegendEntryHidesItsCurve() {
        Fixture fixture({4});
        auto* entry = fixture.plot.findChild<LegendEntry*>();
        QCOMPARE(entry->accessibleName(), QStringLiteral("ce "));
        QTest::keyClick(entry, Qt::Key_Space);
        QVERIFY(!fixture.plot.curves()[0]->isVisible);
        QCOMPARE(entry->accessibleName(), QStringLiteral("ce, hidden"));
    }
    void tellsAScreenReader() {
        std::vector<double> falling;
        for (int i = 0; i < 100; ++i)
            falling.push_back(10.0 - i * 0.05);
        Fixture fixture(falling);
        fixture.plot.show();
        fixture.plot.setFocus();
        QTRY_VERIFY(
            fixture.plot.accessibleDescription().contains(QStringLiteral("ce 5.050 at step 100, falling")));
    }
    void coloursFollowThePalette() {
        Fixture fixture({4, 3});
        QPalette dark(QColor(40, 40, 40));
        dark.setColor(QPalette::Base, QColor(20, 20, 20));
        dark.setColor(QPalette::Text, Qt::white);
        fixture.plot.setPalette(dark);
        QVERIFY(fixture.plot.view().isDark);
        const QImage image = fixture.picture();
        QVERIFY(isLike(image.pixelColor(image.width() - 12, image.height() - 60), QColor(20, 20, 20)));
        QVERIFY(!rowsOf(image, fixture.plot, styleOf(QStringLiteral("ce")).color(true)).isEmpty());
    }
    void stylesDependOnTheNameAlone() {
        QCOMPARE(styleOf(QStringLiteral("fr")), styleOf(QStringLiteral("fr")));
        QVERIFY(styleOf(QStringLiteral("en")) != styleOf(QStringLiteral("fr")));
        // Written down, because figures of yesterday and tomorrow must match.
        QCOMPARE(styleOf(QStringLiteral("kd/fr")).slot,
                 styleOf(QStringLiteral("kd/") + QStringLiteral("fr")).slot);
        QCOMPARE(styleOf(QStringLiteral("ce")).color(false), QColor(0xD55E00));
    }
    void theTableHoldsAllPoints() {
        Fixture fixture({4, std::nan("")});
        fixture.add(QStringLiteral("kd"), {infinity, 2.5, 0.25});
        CurveTableModel model(fixture.plot);
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(printed(model), QStringLiteral("Step|ce|kd|\n1|4.00000|∞|\n2|NaN|2.50000|\n3||0.250000|"));
    }
    void theTableOpensByKey() {
        Fixture fixture({4, 3});
        QTest::keyClick(&fixture.plot, Qt::Key_T);
        auto* dialog = fixture.plot.findChild<QWidget*>(QStringLiteral("dataTable"));
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QCOMPARE(dialog->findChild<QTableView*>()->model()->rowCount(), 2);
    }
    void csvIsExactInEveryLanguage() {
        QLocale::setDefault(QLocale(QLocale::German));
        Fixture fixture({0.1, std::nan(""), infinity});
        const QString csv = curvesAsCsv(fixture.plot);
        QLocale::setDefault(QLocale::c());
        QCOMPARE(
            csv,
            QStringLiteral(
                "curve,step,tokens,wall_seconds,value\nce,1,10,2,0.1\nce,2,20,4,NaN\nce,3,30,6,Infinity\n"));
    }
    void aBandIsReadOutShownAndExported() {
        Fixture fixture({});
        fixture.clock->append({10, 100, 20});
        fixture.plot.setPoints(QStringLiteral("ce"), {{1, 2}, {3, 2}, {2.5, 1}, {3.5, 3.5}});
        QTRY_COMPARE(fixture.plot.readout(), QStringLiteral("ce 2.000 (1.000–3.500)"));
        fixture.plot.group().setCursor(1);
        QCOMPARE(fixture.plot.readout(), QStringLiteral("ce 3.000 ± 0.50"));
        QVERIFY(fixture.plot.yWindow().from < 1 && fixture.plot.yWindow().to > 3.5);
        QCOMPARE(curvesAsCsv(fixture.plot), QStringLiteral("curve,step,tokens,wall_seconds,value,low,high\n"
                                                           "ce,1,10,2,3,2.5,3.5\nce,2,20,4,2,1,3.5\n"));
    }
    void aBandIsShadedBetweenItsEdges() {
        Fixture fixture({});
        fixture.clock->append({10, 100, 20});
        fixture.plot.setPoints(QStringLiteral("ce"), {{1, 5, 10}, {5, 5, 5}, {0, 0, 0}, {10, 10, 10}});
        const QImage image = fixture.picture();
        const auto* canvas = fixture.plot.findChild<PlotCanvas*>();
        const QRect rect = canvas->axisRect().translated(canvas->mapTo(&fixture.plot, QPoint()));
        const auto at = [&](double share) {
            return image.pixelColor(rect.left() + rect.width() * 7 / 10,
                                    rect.bottom() - static_cast<int>(share * rect.height()));
        };
        const int hue = styleOf(QStringLiteral("ce")).color(false).hsvHue();
        const auto isShaded = [&](const QColor& pixel) {
            return pixel.hsvSaturation() > 20 && std::abs(pixel.hsvHue() - hue) < 15;
        };
        QVERIFY(isShaded(at(0.3)) && isShaded(at(0.7)));
        QVERIFY(!isShaded(at(0.99)) && !isShaded(at(0.01)));
    }
    void ownedCurvesFollowTheirOwner() {
        Fixture fixture({4, 3});
        fixture.add(QStringLiteral("kd"), {8, 7});
        for (const char* id : {"ce/1", "ce/2"})
            fixture.plot.addCurve({.id = QLatin1String(id),
                                   .label = QLatin1String(id),
                                   .style = styleOf(QStringLiteral("ce")),
                                   .clock = fixture.clock,
                                   .owner = QStringLiteral("ce")});
        QCOMPARE(fixture.plot.findChildren<LegendEntry*>().size(), 2);
        const auto shown = [&] {
            QStringList ids;
            for (const auto& curve : fixture.plot.curves())
                if (curve->isVisible) ids << curve->id();
            return ids.join(QLatin1Char(' '));
        };
        auto* kd = fixture.plot.findChildren<LegendEntry*>()[1];
        QTest::mouseClick(kd, Qt::LeftButton, Qt::ShiftModifier);
        QCOMPARE(shown(), QStringLiteral("kd"));
        QTest::keyClick(kd, Qt::Key_Space, Qt::ShiftModifier);
        QCOMPARE(shown(), QStringLiteral("ce kd ce/1 ce/2"));
        QTest::mouseClick(fixture.plot.findChildren<LegendEntry*>()[0], Qt::LeftButton);
        QCOMPARE(shown(), QStringLiteral("kd"));
    }
    void aLogarithmicXAxisBeginsAtTheFirstPoint() {
        Fixture fixture({100, 50, 3, 2, 1});
        PlotGroup& group = fixture.plot.group();
        group.setXLogarithmic(true);
        QCOMPARE(fixture.plot.xWindow().from, 1.0);
        QCOMPARE(fixture.plot.xWindow().to, 5.0);
        group.zoomAround(0.5, 2);
        QVERIFY(std::abs(fixture.plot.xWindow().from - std::sqrt(2)) < 1e-9);
        group.pan(-2); // to below the first point, but never to 0
        QVERIFY(fixture.plot.xWindow().from > 0 && fixture.plot.xWindow().from < 1);
        group.setXAxis(XAxis::tokens);
        QCOMPARE(fixture.plot.xWindow().from, 10.0);
        group.setXLogarithmic(false);
        QCOMPARE(fixture.plot.xWindow().from, 0.0);
        QCOMPARE(fixture.plot.xWindow().to, 50.0);
    }
    void aSpikeAmongManyPointsIsDrawnOnALogarithmicXAxis() {
        std::vector<double> values(200'000, 1.0);
        values[123] = 2;
        Fixture fixture(values);
        fixture.plot.group().setXLogarithmic(true);
        const QList<int> rows =
            rowsOf(fixture.picture(), fixture.plot, styleOf(QStringLiteral("ce")).color(false));
        const auto high = std::ranges::count_if(rows, [](int row) { return row < 40; });
        QVERIFY2(high > 5 && high < 200, qPrintable(QString::number(high)));
    }
    void aStackSharesAxisAndCursorAndAlignment() {
        CurveStack stack;
        stack.resize(500, 500);
        LinePlot* upper = stack.addPlot(QStringLiteral("A"), {}, 1);
        LinePlot* lower = stack.addPlot(QStringLiteral("B"), {}, 1);
        const auto clock = std::make_shared<RunClock>();
        for (LinePlot* plot : {upper, lower})
            plot->addCurve(
                {.id = QStringLiteral("x"), .label = QStringLiteral("x"), .style = {}, .clock = clock});
        upper->append(QStringLiteral("x"), 10, 123456);
        lower->append(QStringLiteral("x"), 20, 0.001);
        QCOMPARE(upper->xWindow().to, 20.0);
        QCOMPARE(lower->xWindow().to, 20.0);
        stack.show();
        QCoreApplication::processEvents();
        const auto left = [](LinePlot* plot) { return plot->findChild<PlotCanvas*>()->axisRect().left(); };
        QCOMPARE(left(upper), left(lower));
        stack.group().zoomTo({5, 15});
        QCOMPARE(upper->xWindow().from, 5.0);
        QCOMPARE(lower->xWindow().from, 5.0);
        stack.group().setCursor(10);
        QVERIFY(lower->readout().contains(QStringLiteral("0.001")));
    }
};

QTEST_MAIN(TestLinePlot)
#include "test_plot.moc"
