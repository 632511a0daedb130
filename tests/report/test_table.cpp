// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <limits>

using namespace retort;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

ReportTable sample() {
    ReportTable table{"Loss & more: 50 % of a_b", {{"Variant", false, "variant"}, {"Loss, last", true}}, {}};
    table.rows.push_back({{"paper's \"alpha\", 1"}, {"4.2 ± 0.1", 4.1999999999999, 0.1, true, false, "*"}});
    table.rows.push_back({{"b|c <x>"}, {"–", nan}});
    return table;
}

} // namespace

class TestTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void csvIsExactAndQuoted() {
        QCOMPARE(to_csv(sample()), "variant,\"Loss, last\",\"Loss, last_spread\"\n"
                                   "\"paper's \"\"alpha\"\", 1\",4.1999999999999,0.1\n"
                                   "b|c <x>,NaN,\n");
    }
    void infinitiesAreSpelt() {
        ReportTable table{"", {{"x", true}}, {}};
        table.rows = {{{"", std::numeric_limits<double>::infinity()}},
                      {{"", -std::numeric_limits<double>::infinity()}}};
        QCOMPARE(to_csv(table), "x\nInfinity\n-Infinity\n");
    }
    void markdownIsAPipeTable() {
        QCOMPARE(to_markdown(sample()), "Loss & more: 50 % of a\\_b\n\n"
                                        "| Variant | Loss, last |\n"
                                        "| --- | ---: |\n"
                                        "| paper's \"alpha\", 1 | **4.2 ± 0.1**\\* |\n"
                                        "| b\\|c &lt;x> | – |\n");
    }
    void latexIsBooktabs() {
        QCOMPARE(to_latex(sample()),
                 "\\begin{table}\n\\centering\n"
                 "\\caption{Loss \\& more: 50 \\% of a\\_b}\n"
                 "\\begin{tabular}{lr}\n\\toprule\n"
                 "Variant & Loss, last \\\\\n\\midrule\n"
                 "paper's ''alpha'', 1 & \\textbf{4.2 $\\pm$ 0.1}\\textsuperscript{*} \\\\\n"
                 "b\\textbar{}c $<$x$>$ & -- \\\\\n"
                 "\\bottomrule\n\\end{tabular}\n\\end{table}\n");
    }
    void theSecondBestIsUnderlined() {
        ReportTable table{"", {{"x", true}}, {{{"1.5", 1.5, {}, false, true}}}};
        QVERIFY(to_latex(table).find("\\underline{1.5}") != std::string::npos);
        QVERIFY(to_html(table).find("<u>1.5</u>") != std::string::npos);
        QVERIFY(to_markdown(table).find("<ins>1.5</ins>") != std::string::npos);
    }
    void longTextsAreSetInLines() {
        ReportTable table{"", {{"x"}, {"y"}}, {{{std::string(46, 'a')}, {"b"}}}};
        QVERIFY(to_latex(table).find("{tabular}{p{0.5\\linewidth}l}") != std::string::npos);
    }
    void nothingIsACommandOfLatex() {
        QCOMPARE(latex_text("\\input{x} 100% $5 #1 a_b ~ ^ &"),
                 "\\textbackslash{}input\\{x\\} 100\\% \\$5 \\#1 a\\_b \\textasciitilde{} "
                 "\\textasciicircum{} \\&");
    }
    void htmlEscapes() {
        const std::string html = to_html(sample());
        QVERIFY(html.find("<caption>Loss &amp; more: 50 % of a_b</caption>") != std::string::npos);
        QVERIFY(html.find("<td>b|c &lt;x&gt;</td>") != std::string::npos);
        QVERIFY(html.find("<td class=\"number\"><strong>4.2 ± 0.1</strong><sup>*</sup></td>") !=
                std::string::npos);
    }
    void latexCompiles() {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("pdflatex"));
        if (program.isEmpty()) QSKIP("pdflatex is not there");
        QTemporaryDir folder;
        std::ofstream(folder.filePath("t.tex").toStdString())
            << "\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage{booktabs}\\begin{document}\n"
            << to_latex(sample()) << "\\end{document}\n";
        QProcess latex;
        latex.setWorkingDirectory(folder.path());
        latex.start(program, {QStringLiteral("-interaction=nonstopmode"), QStringLiteral("-halt-on-error"),
                              QStringLiteral("t.tex")});
        QVERIFY(latex.waitForFinished(60'000));
        QCOMPARE(latex.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTable)
#include "test_table.moc"
