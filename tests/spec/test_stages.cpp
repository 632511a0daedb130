// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/run_spec_json.h"
#include "spec/stages.h"

#include <QTest>

using namespace retort;

namespace {

RunSpec read(const char* text) {
    const RunSpecReading reading = read_run_spec(Json::parse(text));
    if (!reading.problems.empty()) qFatal("%s", to_text(reading.problems).c_str());
    return reading.spec;
}

} // namespace

class TestStages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachDomainHasItsShare() { // 10 steps of 2 × 8 targets, 4 domains: 0, 2.5, 5, 7.5, 10 rounded up
        const RunSpec spec = read(R"({"data": {"context": 8}, "schedule": {"kind": "sequential",
            "domains": ["py", "en", "de", "fr"]}, "optim": {"batch": 2, "tokens": 160}})");
        const std::vector<Stage> expected = {{"py", 0, 3}, {"en", 3, 5}, {"de", 5, 8}, {"fr", 8, 10}};
        QCOMPARE(stages_of(spec), expected);
        QCOMPARE(stage_ends(spec), (std::vector<std::int64_t>{3, 5, 8, 10}));
    }
    void aStepLiesBetweenItsStagesEnds() {
        for (std::int64_t stages = 1; stages <= 7; ++stages)
            for (std::int64_t total = stages; total <= 60; ++total)
                for (std::int64_t step = 0; step < total; ++step) {
                    const std::int64_t stage = stage_after(step, stages, total);
                    QVERIFY(stage_begin(stage, stages, total) <= step);
                    QVERIFY(step < stage_begin(stage + 1, stages, total));
                }
    }
    void otherSchedulesHaveEndsAndNoStages() {
        const RunSpec spec = read(R"({"data": {"context": 8}, "optim": {"batch": 4, "tokens": 320}})");
        QVERIFY(stages_of(spec).empty());
        QCOMPARE(stage_ends(spec).back(), total_steps(spec));
        const RunSpec ple = read(R"({"task": "modular", "modular": {"architecture": "ple"},
            "schedule": {"kind": "sequential"}})");
        QVERIFY(stages_of(ple).empty() && stage_ends(ple).empty());
    }
    void onlyReplayKeepsRunsApart() {
        const RunSpec plain = read(R"({"schedule": {"kind": "sequential"}})");
        QVERIFY(can_share_batches(plain, read(R"({"schedule": {"kind": "sequential", "rewarm": true},
            "remedies": {"ewc": {"strength": 5}, "lwf": {"weight": 1}}})")));
        QVERIFY(!can_share_batches(plain, read(R"({"schedule": {"kind": "sequential"},
            "remedies": {"replay": 0.05}})")));
    }
};

QTEST_APPLESS_MAIN(TestStages)
#include "test_stages.moc"
