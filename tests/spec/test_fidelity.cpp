// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/fidelity.h"
#include "spec/study_spec.h"

#include <QTest>

using namespace retort;

namespace {

/// The plan of the only variant of a study with this base and patch.
RunSpec planned(const std::string& base, const std::string& patch) {
    const StudyReading reading = read_study(R"({"retort": 1, "name": "s", "base": )" + base +
                                            R"(, "variants": {"v": )" + patch + "}}");
    if (!reading.problems.empty()) qFatal("%s", to_text(reading.problems).c_str());
    return plan_runs(reading.study).plans.at(0).spec;
}

} // namespace

class TestFidelity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePresetBecomesFields() {
        const RunSpec spec = planned("{}", R"({"fidelity": "paper"})");
        QCOMPARE(spec.distill->divergence, Divergence::paper_inverse_kl);
        QCOMPARE(spec.distill->mask, DivergenceMask::inputs);
        QCOMPARE(spec.distill->alpha.rule, AlphaRule::paper);
        QCOMPARE(spec.distill->alternate_per, AlternatePer::micro_batch);
        QCOMPARE(spec.best, "first");
        QCOMPARE(fidelity_of(spec), "paper");
        QVERIFY(!to_json(spec).contains("fidelity"));
    }
    void aFieldBesideItWins() {
        const RunSpec spec =
            planned("{}", R"({"distill": {"divergence": "paper_normal_kl"}, "fidelity": "paper"})");
        QCOMPARE(spec.distill->divergence, Divergence::paper_normal_kl);
        QCOMPARE(spec.distill->mask, DivergenceMask::inputs);
    }
    void aVariantsPresetGoesBeforeTheBase() {
        const RunSpec spec = planned(R"({"distill": {"divergence": "jsd"}})", R"({"fidelity": "paper"})");
        QCOMPARE(spec.distill->divergence, Divergence::paper_inverse_kl);
        QCOMPARE(fidelity_of(planned(R"({"fidelity": "paper"})", R"({"fidelity": "corrected"})")),
                 "corrected");
    }
    void onlyWhatIsInForceCounts() {
        QCOMPARE(fidelity_of(planned("{}", "{}")), "corrected");
        QCOMPARE(fidelity_of(planned("{}", R"({"distill": {"alpha": {"rule": "paper"}}})")), "corrected");
        QCOMPARE(
            fidelity_of(planned("{}", R"({"distill": {"alpha": {"mode": "adaptive", "rule": "paper"}}})")),
            "mixed");
        QCOMPARE(fidelity_of(planned("{}", R"({"distill": {"mask": "inputs"}})")), "mixed");
        QCOMPARE(fidelity_of(
                     planned("{}", R"({"fidelity": "paper", "distill": {"alpha": {"mode": "adaptive"}}})")),
                 "paper");
        QCOMPARE(fidelity_of(planned("{}", R"({"distill": {"alpha": {"value": 1}}})")), "");
        QCOMPARE(fidelity_of(planned("{}", R"({"task": "teacher"})")), "");
    }
    void anotherWordIsAProblem() {
        const StudyReading reading =
            read_study(R"({"retort": 1, "name": "s", "base": {}, "variants": {"v": {"fidelity": "papal"}}})");
        QCOMPARE(to_text(reading.problems),
                 R"(/variants/v/fidelity must be paper or corrected, but is "papal".)");
    }
    void whatCannotBeTogether() {
        const auto problem = [](const char* patch) {
            Json json = Json::parse(patch);
            const auto problems = read_run_spec(json).problems;
            return problems.empty() ? std::string() : problems.front().pointer;
        };
        QCOMPARE(problem(R"({"distill": {"combine": "alternating", "alpha": {"mode": "adaptive"}}})"),
                 "/distill/alpha/mode");
        QCOMPARE(problem(R"({"distill": {"alpha": {"history": 1}}})"), "/distill/alpha/history");
        QCOMPARE(problem(R"({"distill": {"alpha": {"mode": "schedule", "decay": "wsd", "share": 0.6}}})"),
                 "/distill/alpha/share");
        QCOMPARE(problem(R"({"distill": {"beta": 1}})"), "/distill/beta");
        QCOMPARE(problem(R"({"distill": {"skew": 0}})"), "/distill/skew");
    }
};

QTEST_APPLESS_MAIN(TestFidelity)
#include "test_fidelity.moc"
