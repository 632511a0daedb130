// SPDX-License-Identifier: GPL-3.0-or-later
#include "../report/sample_figures.h"
#include "pdf_facts.h"
#include "widgets/print/report_pages.h"

#include <QTemporaryDir>
#include <QTest>

using namespace retort;
using namespace retort::test;

namespace {

ReportDocument longDocument(int rows) {
    ReportTable table{"Losses of many runs.", {{"Variant"}, {"Loss", true}, {"Differences"}}, {}};
    for (int row = 0; row < rows; ++row)
        table.rows.push_back(
            {{"variant" + std::to_string(row)},
             {"4.2 ± 0.1", 4.2, 0.1, row == 0, row == 1, row == 0 ? "*" : ""},
             {std::string(row % 7 == 0 ? "/distill/alpha/mode \"adaptive\"; /optim/lr 0.0005; "
                                         "/schedule/kind \"sequential\" and more of it"
                                       : "–")}});
    ReportDocument document{"Is a report laid out?", "Study x", {}};
    document.sections.push_back({"Answer", {ReportFinding{"supported", "It is."}, ReportText{"Because."}}});
    document.sections.push_back({"Results", {table}});
    for (const Figure& figure : {curve_figure(20'000), bar_figure(), interval_figure(), matrix_figure()})
        document.sections.push_back({"Figure", {ReportFigure{figure}}});
    document.sections.push_back({"To repeat it", {ReportCode{"retortctl run x.json\n  indented = true"}}});
    return document;
}

PageBox box(double height, bool staysWithNext = false) {
    return {height, 0, staysWithNext, [](QCPPainter&, QPointF) {}, {}};
}

std::vector<std::size_t> boxesOnPages(const std::vector<PageBox>& boxes, double height) {
    std::vector<std::size_t> counts;
    for (const Page& page : paginate(boxes, height))
        counts.push_back(page.size());
    return counts;
}

} // namespace

class TestReportPages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boxesFillThePage() {
        QCOMPARE(boxesOnPages({box(40), box(40), box(40)}, 100), (std::vector<std::size_t>{2, 1}));
        QCOMPARE(boxesOnPages({box(50), box(50)}, 100), (std::vector<std::size_t>{2}));
    }
    void aHeadingGoesWithWhatFollows() {
        QCOMPARE(boxesOnPages({box(60), box(20, true), box(40)}, 100), (std::vector<std::size_t>{1, 2}));
    }
    void whatIsHigherThanAPageIsBrokenAllTheSame() {
        QCOMPARE(boxesOnPages({box(70, true), box(70, true), box(70)}, 100),
                 (std::vector<std::size_t>{1, 1, 1}));
        QCOMPARE(boxesOnPages({box(500), box(10)}, 100), (std::vector<std::size_t>{1, 1}));
    }
    void aTablesHeadIsRepeated() {
        PageBox row = box(40);
        row.repeated = std::make_shared<PageBox>(box(10));
        const std::vector<Page> pages = paginate({box(10, true), row, row, row}, 100);
        QCOMPARE(pages.size(), std::size_t{2});
        QCOMPARE(pages[0].size(), std::size_t{3});
        QCOMPARE(pages[1].size(), std::size_t{2});
        QCOMPARE(pages[1][0].box.height, 10.0);
        QCOMPARE(pages[1][1].top, 10.0);
    }
    void spaceIsNotAtTheTopOfAPage() {
        PageBox spaced = box(60);
        spaced.spaceBefore = 30;
        const std::vector<Page> pages = paginate({spaced, spaced}, 100);
        QCOMPARE(pages[0][0].top, 0.0);
        QCOMPARE(pages[1][0].top, 0.0);
    }
    void thePdfIsA4WithFontsAndNumbers() {
        if (!hasPdfTools()) QSKIP("pdffonts (poppler-utils) is not there");
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("report.pdf"));
        const ReportPages pages(longDocument(120));
        QVERIFY(pages.write(file));
        QCOMPARE(pageCountOf(file), pages.count());
        QVERIFY(pages.count() > 4);
        QCOMPARE(pageSizeOf(file).toSize(), ReportPages::a4);
        QVERIFY(fontsOf(file).size() >= 3); // body, bold, code
        for (const PdfFont& font : fontsOf(file)) {
            QVERIFY2(!font.type.contains(QLatin1String("Type 3")), qPrintable(font.name));
            QVERIFY2(font.isEmbedded, qPrintable(font.name));
        }
        const QString text = textOf(file);
        QVERIFY(text.contains(QStringLiteral("1 of %1").arg(pages.count())));
        QVERIFY(text.contains(QStringLiteral("%1 of %1").arg(pages.count())));
        QCOMPARE(text.count(QLatin1String("variant119")), 1);
        QVERIFY(text.count(QLatin1String("Differences")) > 2); // the head, on each page of the table
        QVERIFY(text.contains(QLatin1String("Supported. It is.")));
        QVERIFY(text.contains(QLatin1String("  indented = true")));
    }
    void aFolderThatIsNotThereIsSaid() {
        QVERIFY(!ReportPages(longDocument(3)).write(QStringLiteral("/nowhere/at/all.pdf")));
    }
};

QTEST_MAIN(TestReportPages)
#include "test_report_pages.moc"
