// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/curves_csv.h"

#include "base/error.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

using namespace retort;

namespace {

using Values = std::vector<double>;
using Steps = std::vector<std::int64_t>;

const double inf = std::numeric_limits<double>::infinity();

std::string text_of(const CsvCurves& read) {
    std::ostringstream out;
    for (const NamedCurves& run : read.runs)
        write_curves_csv(run.curves, run.run, out);
    return out.str();
}

} // namespace

class TestCurvesCsv : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    [[nodiscard]] CsvCurves read(const std::string& text, const std::string& series = "curve") const {
        const std::string file = folder_.filePath("curves.csv").toStdString();
        std::ofstream(file, std::ios::binary) << text;
        return read_curves_csv(file, series);
    }
    [[nodiscard]] std::string complaint(const std::string& text) const {
        try {
            (void)read(text);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }

private Q_SLOTS:
    void theLongFormComesBack() {
        const std::string text = std::string(curves_csv_head) +
                                 "a/b/1,ce,,,,train,1,100,0.5,2.5\n"
                                 "a/b/1,ce,,,,train,2,200,1,NaN\n"
                                 "a/b/1,ce,,,,train,9,,,-Infinity\n"
                                 "a/b/1,nll,fr,de,\"top1(a,b)\",valid,2,200,1,0.1\n"
                                 "a/c/1,ce,,,,train,1,100,0.5,1e-300\n";
        QCOMPARE(std::string(curves_csv_head) + text_of(read(text)), text);
    }
    void columnsMayBeAbsent() { // as `retortctl metrics` writes them
        const CsvCurves curves = read("step,tokens,wall_seconds,name,domain,value\n"
                                      "1,64,0.5,ce,,2\n1,64,0.5,ce,fr,3\n");
        QCOMPARE(text_of(curves), ",ce,,,,train,1,64,0.5,2\n,ce,fr,,,train,1,64,0.5,3\n");
    }
    void tensorBoardsOwnFormIsRead() {
        const CsvCurves curves =
            read("Wall time,Step,Value\n1722097270.25,10,2.5\n1722097272.5,20,nan\n", "train/loss");
        QCOMPARE(curves.runs.size(), 1U);
        const RunCurves& run = curves.runs.front().curves;
        QCOMPARE(run.began, 1722097270.25);
        QCOMPARE(run.curves.front().key.name, "loss");
        QCOMPARE(run.curves.front().steps, (Steps{10, 20}));
        QCOMPARE(run.clock.back().wall_seconds, 2.25);
        QVERIFY(std::isnan(run.curves.front().values.back()));
    }
    void theWideFormIsRead() {
        const CsvCurves curves = read("epoch,step,eval/loss,note,lr\n"
                                      "0,10,3.5,first,0.1\n0,20,,,0.2\n1,30,inf,last,0.3\n");
        const RunCurves& run = curves.runs.front().curves;
        QCOMPARE(run.curves.size(), 3U);
        QCOMPARE(run.curves[1].key.name, "eval/loss");
        QCOMPARE(run.curves[1].key.split, "valid");
        QCOMPARE(run.curves[1].steps, (Steps{10, 30}));
        QCOMPARE(run.curves[1].values, (Values{3.5, inf}));
        QCOMPARE(run.curves[2].values, (Values{0.1, 0.2, 0.3}));
        QCOMPARE(curves.notices.size(), 1U);
        QVERIFY(curves.notices.front().find("column note") != std::string::npos);
    }
    void otherSeparatorsAreRead() {
        const CsvCurves curves = read("step;loss\r\n1;0,25\r\n2;1e-3\r\n");
        QCOMPARE(curves.runs.front().curves.curves.front().values, (Values{0.25, 0.001}));
    }
    void stepsAreSortedAndTheNewestIsKept() {
        const CsvCurves curves = read("step,a\n3,30\n1,10\n3,31\n");
        QCOMPARE(curves.runs.front().curves.curves.front().steps, (Steps{1, 3}));
        QCOMPARE(curves.runs.front().curves.curves.front().values, (Values{10, 31}));
        QCOMPARE(curves.notices.size(), 1U);
        QVERIFY(curves.notices.front().find("; 1 were left out") != std::string::npos);
    }
    void whatIsWrongIsNamedWithItsLine() {
        QVERIFY(complaint("step,a\n1,2\n2,x\n").find("line 3: \"x\" is no number") != std::string::npos);
        QVERIFY(complaint("step,a\n1.5,2\n").find("line 2: the step \"1.5\"") != std::string::npos);
        QVERIFY(complaint("step,a\n1,2,3\n").find("has 3 fields, the head 2") != std::string::npos);
        QVERIFY(complaint("time,a\n1,2\n").find("no column `step`") != std::string::npos);
        QVERIFY(complaint("").find("is empty") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCurvesCsv)
#include "test_curves_csv.moc"
