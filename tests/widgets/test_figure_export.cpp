// SPDX-License-Identifier: GPL-3.0-or-later
#include "../report/sample_figures.h"
#include "saving.h"
#include "widgets/plots/figure_dialog.h"
#include "widgets/plots/figure_export.h"
#include "widgets/plots/line_plot.h"

#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <future>

using namespace retort;
using namespace retort::test;

namespace {

template <class Part>
Part* part(const QWidget& of, const char* name) {
    return of.findChild<Part*>(QLatin1String(name));
}

} // namespace

class TestFigureExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFigureComesWithItsDataPgfplotsAndRuns() {
        const QTemporaryDir folder;
        const QStringList saved = savedFigure(curve_figure(), folder.filePath("My Loss.pdf"), 234);
        QCOMPARE(saved.size(), 4);
        QVERIFY(contentOf(saved[0]).startsWith("%PDF"));
        QCOMPARE(saved[1], folder.filePath("My Loss.csv"));
        QCOMPARE(contentOf(saved[1]).toStdString(), to_csv(curve_figure()));
        QVERIFY(contentOf(folder.filePath("My Loss.tex")).contains("width=234.00bp"));
        const Json json = Json::parse(contentOf(folder.filePath("My Loss.json")).toStdString());
        QCOMPARE(json["runs"][0]["run"].get<std::string>(), std::string("s/adaptive/1"));
        QCOMPARE(json["width_points"].get<double>(), 234.0);
        QCOMPARE(json["made_with"]["retort"].get<std::string>(), std::string("1.2.3"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 4); // and nothing else
    }
    void everyFormIsWritten_data() {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("pdf") << QByteArray("%PDF");
        QTest::newRow("svg") << QByteArray("<?xml");
        QTest::newRow("png") << QByteArray("\x89PNG");
    }
    void everyFormIsWritten() {
        QFETCH(QByteArray, begin);
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("a.") + QLatin1String(QTest::currentDataTag()));
        QCOMPARE(savedFigure(bar_figure(), file).value(0), file);
        QVERIFY(contentOf(file).startsWith(begin));
    }
    void dataAloneIsOneFile() {
        const QTemporaryDir folder;
        QCOMPARE(savedFigure(bar_figure(), folder.filePath("a.csv")), QStringList{folder.filePath("a.csv")});
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{"a.csv"});
    }
    /// The window's thread neither makes the figure nor waits for it.
    void theWindowGoesOnMeanwhile() {
        const QTemporaryDir folder;
        QThread* maker = nullptr;
        std::promise<void> permission;
        const QSignalSpy began(&FileSaver::instance(), &FileSaver::began);
        const QStringList saved = savedBy([&] {
            const QString problem = saveFigure(
                [&, allowed = permission.get_future().share()] {
                    maker = QThread::currentThread();
                    allowed.wait();
                    return curve_figure(150'000);
                },
                {folder.filePath("loss.pdf")});
            // Had it been made here, this would not be reached.
            QTimer::singleShot(0, [&] { permission.set_value(); });
            return problem;
        });
        QCOMPARE(began.size(), 1);
        QVERIFY(maker != nullptr && maker != QThread::currentThread());
        QCOMPARE(contentOf(saved.value(1)).count('\n'), qsizetype(1 + 3 + 150'000));
        QVERIFY(QFile(saved[0]).size() < 200'000); // of what can be seen
    }
    void whatCannotBeWrittenIsSaid() {
        QVERIFY(saveFigure(bar_figure(), {QStringLiteral("/nowhere/at/all.csv")})
                    .contains(QStringLiteral("/nowhere/at is no folder")));
        const QTemporaryDir folder;
        QVERIFY(saveFigure(bar_figure(), {folder.filePath("a.xyz")}).contains(QStringLiteral(".pdf")));
        QSignalSpy failed(&FileSaver::instance(), &FileSaver::failed);
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("a.csv"))); // no file can be there
        QCOMPARE(saveFigure(bar_figure(), {folder.filePath("a.svg")}), QString());
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.first().first().toString().contains(folder.filePath("a.csv")));
    }
    void whatThePlotShowsIsInTheFigure() {
        LinePlot plot(QStringLiteral("Loss"), QStringLiteral("nats"));
        const auto clock = std::make_shared<RunClock>();
        clock->append({3, 300, 6});
        for (const char* id : {"ce", "kd"})
            plot.addCurve({QLatin1String(id), QLatin1String(id), styleOf(QLatin1String(id)), clock});
        for (int step = 1; step <= 3; ++step)
            for (const char* id : {"ce", "kd"})
                plot.append(QLatin1String(id), step, 4.0 - step);
        plot.setCurveVisible(QStringLiteral("kd"), false);
        plot.setRuns({{"01J", "s/v/1"}}, {{"metric", "loss"}});
        plot.group().setXAxis(XAxis::tokens);
        const Figure figure = figureOf(plot);
        const auto& curves = std::get<CurveFigure>(figure.content);
        QCOMPARE(curves.curves.size(), std::size_t{1});
        QCOMPARE(curves.curves[0].position(1, curves.axis), 200.0);
        QCOMPARE(axis_text(curves.y), std::string("Loss (nats)"));
        QCOMPARE(figure.runs[0].id, std::string("01J"));
        QVERIFY(figure.options == (Json{{"metric", "loss"}, {"smoothing", 0}}));
        QVERIFY(to_json(laterFigureOf(plot)()) == to_json(figure));
        QCOMPARE(curvesAsCsv(plot), QStringLiteral("curve,step,tokens,wall_seconds,value\nce,1,100,2,3\n"
                                                   "ce,2,200,4,2\nce,3,300,6,1\n"));
        plot.setSmoothing(0.5);
        const Figure smoothed = figureOf(plot);
        QCOMPARE(std::get<CurveFigure>(smoothed.content).curves.size(),
                 std::size_t{2}); // the values faint behind
        QVERIFY(std::get<CurveFigure>(smoothed.content).curves[0].is_faint);
    }
    void theDialogKnowsTheVenues() {
        FigureTarget asked;
        FigureDialog dialog(QStringLiteral("loss"), [&](const FigureTarget& target) {
            asked = target;
            return QString();
        });
        auto* venue = part<QComboBox>(dialog, "venue");
        auto* width = part<QDoubleSpinBox>(dialog, "width");
        venue->setCurrentIndex(venue->findData(QStringLiteral("icml-column")));
        QVERIFY(!width->isEnabled());
        QVERIFY(std::abs(width->value() - 82.6) < 0.06); // 3.25 inch
        part<QLineEdit>(dialog, "file")->setText(QStringLiteral("/some/where/loss.pdf"));
        auto* ending = part<QComboBox>(dialog, "ending");
        ending->setCurrentIndex(ending->findData(QStringLiteral("svg")));
        QVERIFY(part<QLabel>(dialog, "note")->text().contains(QStringLiteral("loss.json")));
        dialog.accept();
        QCOMPARE(asked.file, QStringLiteral("/some/where/loss.svg"));
        QCOMPARE(asked.width, 234.0);
        venue->setCurrentIndex(venue->count() - 1);
        QVERIFY(width->isEnabled());
        width->setValue(100);
        QVERIFY(std::abs(dialog.target().width - 283.46) < 0.01);
    }
    void whatCannotBeWrittenKeepsTheDialogOpen() {
        FigureDialog dialog(QStringLiteral("loss"),
                            [](const FigureTarget&) { return QStringLiteral("The disk is full."); });
        dialog.show();
        dialog.accept();
        QVERIFY(dialog.isVisible());
        QCOMPARE(part<QLabel>(dialog, "note")->text(), QStringLiteral("The disk is full."));
    }
};

RETORT_DRAWING_TEST_MAIN(TestFigureExport)
#include "test_figure_export.moc"
