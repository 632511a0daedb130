// SPDX-License-Identifier: GPL-3.0-or-later
#include "../report/sample_figures.h"
#include "pdf_facts.h"
#include "widgets/plots/figure_dialog.h"
#include "widgets/plots/figure_export.h"
#include "widgets/plots/line_plot.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace retort;
using namespace retort::test;

namespace {

QByteArray contentOf(const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

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
        QCOMPARE(saveFigure(curve_figure(), {folder.filePath("My Loss.pdf"), 234}), QString());
        QVERIFY(contentOf(folder.filePath("My Loss.pdf")).startsWith("%PDF"));
        QCOMPARE(contentOf(folder.filePath("My Loss.csv")).toStdString(), to_csv(curve_figure()));
        QVERIFY(contentOf(folder.filePath("My Loss.tex")).contains("width=234.00bp"));
        const Json json = Json::parse(contentOf(folder.filePath("My Loss.json")).toStdString());
        QCOMPARE(json["runs"][0]["run"].get<std::string>(), std::string("s/adaptive/1"));
        QCOMPARE(json["width_points"].get<double>(), 234.0);
    }
    void dataAloneIsOneFile() {
        const QTemporaryDir folder;
        QCOMPARE(saveFigure(bar_figure(), {folder.filePath("a.csv")}), QString());
        QVERIFY(!QFile::exists(folder.filePath("a.json")));
    }
    /// Of so many points the texts are another thread's work; they are whole all the same.
    void manyPointsAreWrittenBesideTheWindow() {
        const QTemporaryDir folder;
        const Figure figure = curve_figure(150'000);
        QCOMPARE(saveFigure(figure, {folder.filePath("loss.pdf")}), QString());
        QVERIFY(QThreadPool::globalInstance()->waitForDone());
        QCOMPARE(contentOf(folder.filePath("loss.csv")).count('\n'), qsizetype(1 + 3 + 150'000));
        QVERIFY(QFile(folder.filePath("loss.pdf")).size() < 200'000); // of what can be seen
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
        plot.setRuns({{"01J", "s/v/1"}});
        plot.group().setXAxis(XAxis::tokens);
        const Figure figure = figureOf(plot);
        const auto& curves = std::get<CurveFigure>(figure.content);
        QCOMPARE(curves.curves.size(), std::size_t{1});
        QCOMPARE(curves.curves[0].position(1, curves.axis), 200.0);
        QCOMPARE(axis_text(curves.y), std::string("Loss (nats)"));
        QCOMPARE(figure.runs[0].id, std::string("01J"));
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

QTEST_MAIN(TestFigureExport)
#include "test_figure_export.moc"
