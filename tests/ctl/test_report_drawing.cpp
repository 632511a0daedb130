// SPDX-License-Identifier: GPL-3.0-or-later
// report and compare where retort is there to draw, and where it is not.
#include "../widgets/pdf_facts.h"
#include "ctl.h"

#include <QDir>
#include <QTest>

using namespace retort::test;
using nlohmann::json;

namespace {

const char* const pair =
    R"({"retort": 1, "name": "pair", "title": "Is a wider model better?", "seeds": [1, 2],
    "base": {"task": "teacher",
    "data": {"corpus": "tiny", "context": 16, "tokenizer": {"vocab": 400}},
    "model": {"layers": 1, "width": 16, "heads": 2}, "optim": {"batch": 4, "tokens": 256, "lr": 0.02},
    "run": {"threads": 1, "eval_tokens": 64, "eval_every": 1, "checkpoint_every": 9, "samples": 0}},
    "variants": {"narrow": {}, "wide": {"model": {"width": 32}}}})";

} // namespace

class TestReportDrawing : public QObject {
    Q_OBJECT
    Ctl ctl_;

    [[nodiscard]] CtlResult alone(const QStringList& arguments) const {
        QProcess process;
        process.start(ctl_.path("alone/retortctl"), ctl_.in_workspace(arguments));
        process.waitForFinished(-1);
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private Q_SLOTS:
    void initTestCase() {
        const CtlResult result = ctl_.run_in_workspace({"run", ctl_.write("pair.json", pair)});
        QVERIFY2(result.status == 0, result.error.constData());
        QVERIFY(QDir(ctl_.path(QString())).mkpath("alone"));
        QVERIFY(QFile::copy(QStringLiteral(RETORTCTL), ctl_.path("alone/retortctl")));
    }
    void htmlHasItsFiguresInIt() {
        const CtlResult result = ctl_.run_in_workspace({"report", "pair", "--out", ctl_.path("report.html")});
        QVERIFY2(result.status == 0, result.error.constData());
        const QString html = ctl_.read("report.html");
        QCOMPARE(html.count(QLatin1String("<svg")), html.count(QLatin1String("<figure")));
        QVERIFY(html.count(QLatin1String("<svg")) >= 3);
        QVERIFY(!html.contains(QLatin1String("http"))); // it needs nothing else
        QVERIFY(html.contains(QLatin1String("wide (n = 2)")));
    }
    void pdfHasPagesAndEveryFontInIt() {
        if (!hasPdfTools()) QSKIP("pdffonts (poppler-utils) is not there");
        const CtlResult result = ctl_.run_in_workspace({"report", "pair", "--out", ctl_.path("report.pdf")});
        QVERIFY2(result.status == 0, result.error.constData());
        const QString file = ctl_.path("report.pdf"), text = textOf(file);
        QCOMPARE(pageSizeOf(file).toSize(), QSize(595, 842));
        QVERIFY(text.contains(QLatin1String("Is a wider model better?")));
        for (const char* heading :
             {"Question", "Answer", "Data", "Set-up", "Results", "Threats to validity", "To repeat it"})
            QVERIFY2(text.contains(QLatin1String(heading)), heading);
        QVERIFY(fontsOf(file).size() >= 3); // body, bold, code
        for (const PdfFont& font : fontsOf(file))
            QVERIFY2(font.isEmbedded && !font.type.contains(QLatin1String("Type 3")), qPrintable(font.name));
    }
    void figuresAreAsWideAsTheVenue() {
        if (!hasPdfTools()) QSKIP("pdfinfo (poppler-utils) is not there");
        const CtlResult result =
            ctl_.run_in_workspace({"compare", "pair", "--metric", "perplexity", "--figure",
                                   ctl_.path("ppl.pdf"), "--venue", "icml-column"});
        QVERIFY2(result.status == 0, result.error.constData());
        QCOMPARE(pageSizeOf(ctl_.path("ppl.pdf")).width(), 234.0);
        QVERIFY(ctl_.read("ppl.csv").startsWith(QLatin1String("curve,step,value")));
        QCOMPARE(json::parse(ctl_.read("ppl.json").toStdString())["runs"].size(), std::size_t{4});
        QCOMPARE(ctl_.run_in_workspace({"compare", "pair", "--figure", ctl_.path("mm.pdf"), "--width", "100"})
                     .status,
                 0);
        QCOMPARE(pageSizeOf(ctl_.path("mm.pdf")).width(), 283.0); // 100 mm, and no more
    }
    void markdownHasPicturesBesideIt() {
        QCOMPARE(ctl_.run_in_workspace({"report", "pair", "--out", ctl_.path("report.md")}).status, 0);
        QVERIFY(ctl_.read("report.md").contains(QLatin1String("](report-figures/validation-loss.svg)")));
        for (const char* ending : {"svg", "pdf", "png", "csv", "tex", "json"})
            QVERIFY2(QFile::exists(ctl_.path(QStringLiteral("report-figures/validation-loss.") + ending)),
                     ending);
    }
    void withoutRetortThereAreTablesAndData() {
        const CtlResult html = alone({"report", "pair", "--out", ctl_.path("alone.html")});
        QCOMPARE(html.status, 0);
        QVERIFY(html.error.contains("drawn by the program retort"));
        QVERIFY(ctl_.read("alone.html").contains(QLatin1String("<details open>")));
        QVERIFY(!ctl_.read("alone.html").contains(QLatin1String("<svg")));
        QCOMPARE(alone({"report", "pair", "--out", ctl_.path("alone.tex")}).status, 0);
        const CtlResult pdf = alone({"report", "pair", "--out", ctl_.path("alone.pdf")});
        QCOMPARE(pdf.status, 3);
        QVERIFY(pdf.error.contains("install it"));
        QVERIFY(!QFile::exists(ctl_.path("alone.pdf")));
        QCOMPARE(alone({"compare", "pair", "--figure", ctl_.path("x.pdf")}).status, 3);
        QVERIFY(QFile::exists(ctl_.path("x.csv"))); // the numbers are there all the same
    }
    void whatCannotBeDrawnIsSaid() {
        const auto render = [&](const QStringList& arguments) {
            QProcess process;
            process.start(QStringLiteral(RETORT), arguments);
            process.waitForFinished(-1);
            return process.exitCode();
        };
        QCOMPARE(render({"--render", ctl_.path("nothing.json"), "--out", ctl_.path("o")}), 3);
        QCOMPARE(render({"--render", ctl_.write("bad.json", "{}"), "--out", ctl_.path("o")}), 3);
        QCOMPARE(render({"--render", ctl_.path("bad.json")}), 2);
        QCOMPARE(ctl_.run_in_workspace({"compare", "pair", "--figure", ctl_.path("x.doc")}).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestReportDrawing)
#include "test_report_drawing.moc"
