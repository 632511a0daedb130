// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/metrics_csv.h"

#include "store_fixture.h"

#include <cmath>
#include <locale>
#include <sstream>

using namespace retort;

namespace {

/// A locale that writes 1.5 as "1,5" and 1000 as "1.000".
struct German : std::numpunct<char> {
    [[nodiscard]] char do_decimal_point() const override { return ','; }
    [[nodiscard]] char do_thousands_sep() const override { return '.'; }
    [[nodiscard]] std::string do_grouping() const override { return "\3"; }
};

std::string csv_of(RunStore& store, const std::string& run) {
    std::ostringstream out;
    write_metrics_csv(store, run, out);
    return out.str();
}

} // namespace

class TestMetricsCsv : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingIsWrittenInOrder() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        RunStore store(workspace);
        const std::string run = store.begin(plan_named("alpha")).id;
        {
            Recorder recorder(workspace);
            EvaluationRow row = row_of("en", 0, 100), expert = row_of("en", 0, 0);
            expert.expert = "fr";
            expert.setting = "uniform";
            expert.split = "test";
            const double inf = std::numeric_limits<double>::infinity();
            recorder.accept(event_of(run, Evaluated{0, 0, 0, {row}}));
            recorder.accept(
                event_of(run, step_of(1, {{train_series("kd"), inf}, {train_series("ce"), 0.1}})));
            recorder.accept(event_of(
                run, step_of(1000, {{train_series("ce"), std::nan("")}, {train_series("kd"), -inf}})));
            recorder.accept(event_of(run, step_of(1001, {{train_series("ce", "a,\"b\""), 1e-300}})));
            recorder.accept(event_of(run, Evaluated{1001, 100100, 125.125, {expert}}));
        }
        const std::locale before = std::locale::global(std::locale(std::locale(), new German));
        const std::string csv = csv_of(store, run);
        std::locale::global(before);
        QCOMPARE(csv, "step,tokens,wall_seconds,name,domain,value\n"
                      "0,0,0,nll,en,0\n"
                      "0,0,0,perplexity,en,1\n"
                      "0,0,0,bits_per_byte,en,0\n"
                      "0,0,0,accuracy,en,0.25\n"
                      "1,100,0.125,kd,,Infinity\n"
                      "1,100,0.125,ce,,0.1\n"
                      "1000,100000,125,kd,,-Infinity\n"
                      "1000,100000,125,ce,,NaN\n"
                      "1001,100100,125.125,ce,\"a,\"\"b\"\"\",1e-300\n"
                      "1001,100100,125.125,nll/fr/uniform/test,en,NaN\n"
                      "1001,100100,125.125,perplexity/fr/uniform/test,en,NaN\n"
                      "1001,100100,125.125,bits_per_byte/fr/uniform/test,en,NaN\n"
                      "1001,100100,125.125,accuracy/fr/uniform/test,en,NaN\n");
    }
    void numbersReadBackExactly() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        RunStore store(workspace);
        const std::string run = store.begin(plan_named("alpha")).id;
        std::vector<double> values;
        {
            Recorder recorder(workspace);
            for (int step = 1; step <= 1000; ++step) {
                values.push_back(std::sin(step) * std::pow(10.0, step % 600 - 300));
                recorder.accept(event_of(run, step_of(step, {{train_series("ce"), values.back()}})));
            }
        }
        std::istringstream csv(csv_of(store, run));
        std::string line;
        std::getline(csv, line);
        for (const double value : values) {
            QVERIFY(std::getline(csv, line));
            QCOMPARE(std::strtod(line.c_str() + line.rfind(',') + 1, nullptr), value);
        }
        QVERIFY(!std::getline(csv, line));
    }
    void unknownRunIsADataError() {
        const TemporaryFolder folder;
        RunStore store{Workspace(folder.path())};
        QCOMPARE(error_of([&] { csv_of(store, "none"); }).kind, ErrorKind::data);
    }
};

QTEST_APPLESS_MAIN(TestMetricsCsv)
#include "test_metrics_csv.moc"
