// SPDX-License-Identifier: GPL-3.0-or-later
#include "../report/sample_figures.h"
#include "pdf_facts.h"
#include "report/venue.h"
#include "widgets/plots/figure_drawing.h"
#include "widgets/plots/picture_file.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace retort;
using namespace retort::test;

namespace {

DrawPicture drawingOf(const Figure& figure, QSize points) {
    return [=](QCPPainter& painter) { drawFigure(painter, figure, points); };
}

Figure figureNamed(const QString& kind) {
    if (kind == QLatin1String("bars")) return bar_figure();
    if (kind == QLatin1String("intervals")) return interval_figure();
    if (kind == QLatin1String("points")) return point_figure();
    if (kind == QLatin1String("parallel")) return parallel_figure();
    return kind == QLatin1String("matrix") ? matrix_figure() : curve_figure();
}

} // namespace

class TestFigureDrawing : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    QString saved(const Figure& figure, const QString& ending, double width) {
        const QString file = m_folder.filePath(QString::fromStdString(figure.name) + u'.' + ending);
        const QSize points = figurePoints(figure, width);
        return writePicture(file, ending, points, drawingOf(figure, points)) ? file : QString();
    }
    void eachKind() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"curves", "bars", "intervals", "matrix", "points", "parallel"})
            QTest::newRow(kind) << kind;
    }

private Q_SLOTS:
    void pagesAreAsWideAsTheVenue_data() { eachKind(); }
    void pagesAreAsWideAsTheVenue() {
        QFETCH(QString, kind);
        if (!hasPdfTools()) QSKIP("pdfinfo (poppler-utils) is not there");
        for (const Venue& venue : venues) {
            const Figure figure = figureNamed(kind);
            const QString file = saved(figure, QStringLiteral("pdf"), venue.width);
            const QSizeF page = pageSizeOf(file);
            QVERIFY2(page.width() <= venue.width && page.width() > venue.width - 1, venue.key.data());
            QCOMPARE(page.height(), double(figurePoints(figure, venue.width).height()));
        }
    }
    void fontsAreInTheFileAndNeverType3_data() { eachKind(); }
    void fontsAreInTheFileAndNeverType3() {
        QFETCH(QString, kind);
        if (!hasPdfTools()) QSKIP("pdffonts (poppler-utils) is not there");
        const QList<PdfFont> fonts = fontsOf(saved(figureNamed(kind), QStringLiteral("pdf"), 234));
        QVERIFY(!fonts.isEmpty());
        for (const PdfFont& font : fonts) {
            QVERIFY2(!font.type.contains(QLatin1String("Type 3")), qPrintable(font.name));
            QVERIFY2(font.isEmbedded, qPrintable(font.name));
        }
    }
    void wordsOfTheFigureAreInIt() {
        if (!hasPdfTools()) QSKIP("pdftotext (poppler-utils) is not there");
        const QString text = textOf(saved(curve_figure(), QStringLiteral("pdf"), 396));
        for (const char* part : {"adaptive_50% (n = 2)", "Step", "Loss (nats per token)"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QVERIFY(!text.contains(QLatin1String("adaptive/1"))); // a seed has no entry
        const QString effects = textOf(saved(interval_figure(), QStringLiteral("pdf"), 396))
                                    .normalized(QString::NormalizationForm_KC); // a font may join f and i
        for (const char* part : {"adaptive − fixed", "supported"})
            QVERIFY2(effects.contains(QString::fromUtf8(part)), qPrintable(effects));
    }
    void anSvgElementStandsAlone_data() { eachKind(); }
    void anSvgElementStandsAlone() {
        QFETCH(QString, kind);
        const QSize points = figurePoints(figureNamed(kind), 396);
        const QByteArray svg = svgElement(points, drawingOf(figureNamed(kind), points));
        QVERIFY(svg.startsWith("<svg"));
        QVERIFY(!svg.contains("http"));
        QVERIFY(svg.contains("viewBox=\"0 0 396"));
        QVERIFY(svg.contains("Helvetica, Arial, sans-serif")); // for those who have not the first
        QXmlStreamReader reader(svg);
        while (!reader.atEnd())
            reader.readNext();
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }
    void picturesHave300DotsAnInch() {
        const QImage image(saved(matrix_figure(), QStringLiteral("png"), 234));
        QCOMPARE(image.width(), 234 * 300 / 72);
        QCOMPARE(image.pixelColor(0, image.height() - 1), QColor(Qt::white));
        QCOMPARE(image.dotsPerMeterX(), 11811);
    }
    /// In the user's language 0.5 may be written 0,5; on paper it is not.
    void numbersAreWrittenAsInEnglish() {
        if (!hasPdfTools()) QSKIP("pdftotext (poppler-utils) is not there");
        QLocale::setDefault(QLocale(QLocale::German));
        Figure figure = bar_figure();
        const QString text = textOf(saved(figure, QStringLiteral("pdf"), 396));
        QVERIFY2(text.contains(QLatin1String("1.5")) || text.contains(QLatin1String("2.0")),
                 qPrintable(text));
        QCOMPARE(QLocale().language(), QLocale::German);
        QLocale::setDefault(QLocale::c());
    }
    void aFolderThatIsNotThereIsSaid() {
        QVERIFY(!writePicture(QStringLiteral("/nowhere/at/all.pdf"), QStringLiteral("pdf"), {100, 100},
                              [](QCPPainter&) {}));
    }
};

QTEST_MAIN(TestFigureDrawing)
#include "test_figure_drawing.moc"
