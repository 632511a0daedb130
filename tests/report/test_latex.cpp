// SPDX-License-Identifier: GPL-3.0-or-later
// What is written for TeX is compiled by it.
#include "report/document.h"
#include "sample_figures.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;
using namespace retort::test;

namespace {

ReportDocument whole_document() {
    ReportTable table{"Loss & more: 50 % of a_b", {{"Variant"}, {"Loss", true}}, {}};
    table.rows = {
        {{std::string(60, 'x') + " \\input{x} ~^<>|\"#$%&_{}"}, {"4.2 ± 0.1", 4.2, 0.1, true, false, "*"}},
        {{"b"}, {"5.0 ± 0.1", 5, 0.1, false, true}}};
    ReportDocument document{
        "Is α < β?", "Study x_1 – “quoted” …", {{"Results", {table, ReportCode{"a_b # & more"}}}}};
    std::vector<Figure> figures = all_figures();
    figures[0] = curve_figure(50'000);
    for (const Figure& figure : figures)
        document.sections[0].blocks.push_back(ReportFigure{figure});
    return document;
}

} // namespace

class TestLatex : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDocumentCompiles() {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("pdflatex"));
        if (program.isEmpty()) QSKIP("pdflatex is not there");
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("t.tex")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(to_latex(whole_document()).c_str());
        file.close();
        QProcess latex;
        latex.setWorkingDirectory(folder.path());
        latex.start(program, {QStringLiteral("-interaction=nonstopmode"), QStringLiteral("-halt-on-error"),
                              QStringLiteral("t.tex")});
        QVERIFY(latex.waitForFinished(300'000));
        const QByteArray log = latex.readAllStandardOutput();
        if (log.contains(".sty' not found")) QSKIP("pgfplots (texlive-pictures) is not there");
        QVERIFY2(latex.exitCode() == 0, log.right(2000).constData());
    }
};

QTEST_GUILESS_MAIN(TestLatex)
#include "test_latex.moc"
