// SPDX-License-Identifier: GPL-3.0-or-later
#include "saving.h"
#include "widgets/plots/score_plot.h"

#include <QAbstractItemModelTester>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

// Its header needs the words that tests do without.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach

using namespace retort;
using namespace retort::test;

namespace {

/// Of so many variants over so many domains.
ScoreFigure bars(int variants, const QString& domain, int domains) {
    ScoreFigure figure;
    figure.isLegendAbove = true;
    figure.x = {-0.5, domains - 0.5};
    for (int d = 0; d < domains; ++d)
        figure.ticks.push_back({double(d), QStringLiteral("%1 %2").arg(domain).arg(d)});
    for (int v = 0; v < variants; ++v) {
        const double width = 0.8 / variants;
        ScoreColumns columns{QStringLiteral("a variant %1").arg(v), styleOfVariant(v), 0.9 * width, {}};
        for (int d = 0; d < domains; ++d)
            columns.points.push_back({d - 0.4 + (v + 0.5) * width, 0.3 + 0.6 * v / variants, {}, {}});
        figure.columns.push_back(std::move(columns));
    }
    return figure;
}

} // namespace

class TestScorePlot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLegendWithEmptyPlacesIsDrawnAgain() {
        ScorePlot plot(QStringLiteral("many variants"));
        plot.resize(420, 300);
        ScoreFigure figure;
        figure.isLegendAbove = true;
        figure.x = figure.y = {0, 1};
        for (int i = 0; i < 7; ++i)
            figure.columns.push_back(
                {QStringLiteral("a variant %1").arg(i), styleOfVariant(i), 0.1, {{0.1 * i, 0.5, {}, {}}}});
        for (int i = 0; i < 3; ++i) { // the second time the last row of names has empty places
            plot.setFigure(figure);
            QVERIFY(!plot.grab().isNull());
        }
    }
    void namesHaveTheirRoom_data() {
        QTest::addColumn<int>("variants");
        QTest::addColumn<QString>("domain");
        QTest::addColumn<int>("domains");
        QTest::addColumn<double>("rotation");
        QTest::newRow("one") << 1 << "en" << 4 << 0.0;
        QTest::newRow("four") << 4 << "en" << 4 << 0.0;
        QTest::newRow("all of a grid") << 21 << "en" << 4 << 0.0;
        QTest::newRow("long names") << 4 << "a domain of long name" << 4 << -45.0;
        QTest::newRow("many long names") << 21 << "a domain of long name" << 21 << -90.0;
    }
    void namesHaveTheirRoom() {
        QFETCH(int, variants);
        QFETCH(QString, domain);
        QFETCH(int, domains);
        QFETCH(double, rotation);
        ScorePlot plot(QStringLiteral("bars"));
        plot.setFigure(bars(variants, domain, domains));
        plot.resize(420, 500);
        plot.grab();
        const auto* canvas = plot.findChild<QCustomPlot*>();
        QCOMPARE(canvas->xAxis->tickLabelRotation(), rotation);
        QCOMPARE(canvas->legend->visible(), variants > 1);
        QVERIFY(variants == 1 || canvas->legend->outerRect().bottom() <= canvas->axisRect()->top());
        QVERIFY(canvas->legend->outerRect().right() <= canvas->width());
        QVERIFY(canvas->axisRect()->height() > 60);
    }
    void theTableOpensByKey() {
        ScorePlot plot(QStringLiteral("bars"));
        plot.setFigure(bars(2, QStringLiteral("en"), 3));
        QTest::keyClick(&plot, Qt::Key_T);
        const auto* dialog = plot.findChild<QWidget*>(QStringLiteral("dataTable"));
        QVERIFY(dialog != nullptr);
        QAbstractItemModel& model = *dialog->findChild<QTableView*>()->model();
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(model.headerData(2, Qt::Horizontal).toString(), QStringLiteral("y"));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("a variant 0"));
    }
    /// As it is drawn there, so it is drawn on paper, but for its texts to be heard.
    void theFigureThatIsSavedIsTheOneShown() {
        ScorePlot plot(QStringLiteral("Bars of domains"));
        plot.setFigure(bars(21, QStringLiteral("domain"), 8));
        plot.setRuns({{"01J", "s/v/1"}}, {{"metric", "loss"}});
        const Figure figure = plot.printedFigure();
        QCOMPARE(figure.name, std::string("bars-of-domains"));
        QCOMPARE(figure.runs[0].id, std::string("01J"));
        QCOMPARE(figure.options["metric"].get<std::string>(), std::string("loss"));
        const auto& content = std::get<PointFigure>(figure.content);
        QCOMPARE(content.columns.size(), std::size_t{21});
        const Figure again{{}, {}, {}, pointFigureOf(scoreFigureOf(content))};
        QVERIFY(to_json(again)["content"] == to_json(figure)["content"]);
    }
    void aFigureIsSavedWithAllThatBelongsToIt() {
        const QTemporaryDir folder;
        ScorePlot plot(QStringLiteral("bars"));
        plot.setFigure(bars(3, QStringLiteral("domain"), 2));
        plot.setRuns({{"01J", "s/v/1"}});
        const QStringList saved = savedFigure(plot.printedFigure(), folder.filePath("bars.pdf"));
        QVERIFY(contentOf(saved.value(0)).startsWith("%PDF"));
        QVERIFY(contentOf(saved.value(1)).startsWith("line,x,y,low,high\na variant 0,"));
        QVERIFY(contentOf(saved.value(2)).contains("\\addplot[ybar, bar shift=0pt"));
        QVERIFY(contentOf(saved.value(3)).contains("\"01J\""));
    }
};

RETORT_DRAWING_TEST_MAIN(TestScorePlot)
#include "test_score_plot.moc"
