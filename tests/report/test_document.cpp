// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/document.h"

#include "sample_figures.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace retort;

namespace {

ReportDocument sample() {
    const ReportTable table{"Losses", {{"Variant"}, {"Loss", true}}, {{{"a&b"}, {"1.5", 1.5}}}};
    return {"Is a < b?",
            "Study x_1",
            {{"Answer",
              {ReportFinding{"supported", "a is 5 % lower."}, ReportText{"Because."}, table,
               ReportCode{"retortctl run a_b.json # & more"}}}}};
}

ReportDocument with_figure(const char* svg) {
    ReportDocument document = sample();
    document.sections[0].blocks.push_back(ReportFigure{test::curve_figure(), svg});
    return document;
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestDocument : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void htmlIsWellFormedAndEscaped() {
        const std::string html = to_html(sample());
        QVERIFY(has(html, "<h1>Is a &lt; b?</h1>"));
        QVERIFY(has(html, "<strong>supported.</strong> a is 5 % lower."));
        QVERIFY(has(html, "<pre><code>retortctl run a_b.json # &amp; more</code></pre>"));
        QString body = QString::fromStdString(html);
        body = body.mid(body.indexOf(QLatin1String("<body>")));
        body.truncate(body.indexOf(QLatin1String("</html>")));
        QXmlStreamReader reader(body);
        while (!reader.atEnd())
            reader.readNext();
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }
    void latexKeepsCodeAsItIs() {
        const std::string latex = to_latex(sample());
        QVERIFY(has(latex, "\\title{Is a $<$ b?}"));
        QVERIFY(has(latex, "\\author{Study x\\_1}"));
        QVERIFY(has(latex, "\\textbf{supported.} a is 5 \\% lower."));
        QVERIFY(has(latex, "\\begin{verbatim}\nretortctl run a_b.json # & more\n\\end{verbatim}"));
        QVERIFY(has(latex, "a\\&b & 1.5"));
    }
    void markdownHasItAll() {
        const std::string markdown = to_markdown(sample());
        for (const char* part : {"# Is a &lt; b?", "## Answer", "**supported.** a is 5 % lower.",
                                 "| a&b | 1.5 |", "```\nretortctl run a_b.json # & more\n```"})
            QVERIFY2(has(markdown, part), part);
    }
    void figuresAreInTheFileWithTheirData() {
        const std::string html = to_html(with_figure("<svg width=\"1\"></svg>"));
        for (const char* part : {"<svg width=\"1\"></svg>", "<figcaption>Loss of 2 runs &amp; their mean.",
                                 "Data: 23 values", "adaptive/1,8,9.125", "<details>"})
            QVERIFY2(has(html, part), part);
        QVERIFY(has(to_html(with_figure("")), "<details open>"));
        QVERIFY(has(to_latex(with_figure("")), "\\usepackage{pgfplots}"));
        QVERIFY(has(to_latex(with_figure("")), "\\begin{tikzpicture}"));
        QVERIFY(!has(to_latex(sample()), "pgfplots"));
        QVERIFY(has(to_markdown(with_figure("")), "adaptive/1,8,9.125"));
    }
    void markdownNamesThePicture() {
        ReportDocument document = with_figure("");
        figures_of(document).front()->image = "x-figures/loss.svg";
        QVERIFY(has(to_markdown(document), "![Loss of 2 runs & their mean.](x-figures/loss.svg)"));
    }
    void jsonReadsBackWhatWasWritten() {
        const std::string text = to_json(with_figure("")).dump();
        QCOMPARE(to_json(read_document(Json::parse(text))).dump(), text);
        QCOMPARE(to_html(read_document(Json::parse(text))), to_html(with_figure("")));
        QVERIFY_EXCEPTION_THROWN((void)read_document(Json::object()), std::invalid_argument);
    }
};

QTEST_APPLESS_MAIN(TestDocument)
#include "test_document.moc"
