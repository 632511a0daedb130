// SPDX-License-Identifier: GPL-3.0-or-later
// Settings of the evaluation grid: their names, what presets stand for, and what a model cannot have.
#include "spec/check.h"
#include "spec/fidelity.h"
#include "spec/grid.h"

#include <QTest>

using namespace retort;

namespace {

RunSpec spec_of(Architecture architecture, std::vector<std::string> grid,
                std::vector<std::string> domains = {"en", "fr", "de", "py"}) {
    RunSpec spec = read_run_spec({{"task", "modular"}}).spec;
    spec.data.domains = std::move(domains);
    spec.modular->architecture = architecture;
    spec.evaluation->grid = std::move(grid);
    return spec;
}

std::vector<std::string> names_of(const RunSpec& spec) {
    std::vector<std::string> names;
    for (const GridSetting& setting : grid_of(spec))
        names.push_back(name_of(setting, experts_of(spec)));
    return names;
}

using Names = std::vector<std::string>;

} // namespace

class TestGrid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePapersSettingsAreThoseOfItsCode() {
        // arXiv 2407.19610's code: common expert or not, which experts, averaged or not; 21 in all.
        const Names expected = {"top1(all)",
                                "top1(en)",
                                "top1(en)+common",
                                "top1(fr)",
                                "top1(fr)+common",
                                "top1(de)",
                                "top1(de)+common",
                                "top1(py)",
                                "top1(py)+common",
                                "top1(all)+common",
                                "common",
                                "top1(en+py)",
                                "top1(fr+py)",
                                "top1(de+py)",
                                "average(en+py)",
                                "average(fr+py)",
                                "average(de+py)",
                                "top1(en+py)+common",
                                "top1(fr+py)+common",
                                "top1(de+py)+common",
                                "average(all)"};
        QVERIFY(names_of(spec_of(Architecture::moe_ce, {"paper"})) == expected);
        QCOMPARE(names_of(spec_of(Architecture::jeet, {"paper"})).size(), std::size_t{12});
    }
    void presetsFollowTheNumberOfExperts() {
        QVERIFY((names_of(spec_of(Architecture::jeet, {"leave-one-out", "average"}, {"a", "b", "c"})) ==
                 Names{"top1(b+c)", "top1(a+c)", "top1(a+b)", "average(all)"}));
        QVERIFY((names_of(spec_of(Architecture::moe_ce, {"common", "posterior", "parameters"})) ==
                 Names{"common", "posterior(all)", "posterior(all)+common", "parameters(all)",
                       "parameters(all)+common"}));
        QVERIFY((names_of(spec_of(Architecture::jeet, {"all", "singles", "leave-one-out"}, {"a"})) ==
                 Names{"top1(all)"})); // one expert is all of them
    }
    void aSettingIsThereOnce() {
        QVERIFY((names_of(spec_of(Architecture::jeet, {"average", "average(all)", "average(py+en+de+fr)"})) ==
                 Names{"average(all)"}));
    }
    void aNameIsReadAsItIsWritten_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"top1(all)", "top1(fr)+common", "average(en+py)", "posterior(all)+common", "common"})
            QTest::newRow(text) << text;
    }
    void aNameIsReadAsItIsWritten() {
        QFETCH(QString, text);
        const Names experts = {"en", "fr", "de", "py"};
        const auto setting = parse_setting(text.toStdString(), experts);
        QVERIFY(setting.has_value());
        QCOMPARE(QString::fromStdString(name_of(*setting, experts)), text);
    }
    void whatIsNoSettingIsNotRead() {
        for (const char* text : {"", "en", "top1", "top1()", "top2(en)", "average(en", "average(en)+comon"})
            QVERIFY2(!parse_setting(text, {"en"}), text);
    }
    void faultsAreNamedWithTheirPlace() {
        const auto problems = [](const RunSpec& spec) { return to_text(check(spec)); };
        QCOMPARE(problems(spec_of(Architecture::moe_ce, {"paper", "parameters"})), "");
        QVERIFY(problems(spec_of(Architecture::jeet, {"top1(en)+common"}))
                    .starts_with("/evaluation/grid/0 asks for"));
        QVERIFY(problems(spec_of(Architecture::jeet, {"all", "top1(es)"}))
                    .starts_with("/evaluation/grid/1 names"));
        QVERIFY(
            problems(spec_of(Architecture::jeet, {"everything"})).starts_with("/evaluation/grid/0 must be"));
        RunSpec own = spec_of(Architecture::jeet, {"parameters"});
        own.modular->init = ExpertInit::own;
        QVERIFY(problems(own).starts_with("/evaluation/grid/0 needs experts that began"));
        QVERIFY(problems(spec_of(Architecture::jeet, {}, {"en", "common"}))
                    .find("cannot name an expert common") != std::string::npos);
        RunSpec twice = spec_of(Architecture::jeet, {});
        twice.modular->experts = {"en", "en"};
        QVERIFY(problems(twice).find("names the domain en twice") != std::string::npos);
        RunSpec sent = spec_of(Architecture::jeet, {});
        sent.evaluation->abstention = Abstention::common;
        QVERIFY(problems(sent).starts_with("/evaluation/abstention"));
    }
    void fidelityOfAModularRun() {
        Json patch = {{"task", "modular"}, {"fidelity", "paper"}, {"modular", {{"architecture", "moe-ce"}}}};
        QVERIFY(expand_fidelity(patch, Task::modular).empty());
        const RunSpecReading reading = read_run_spec(patch);
        QCOMPARE(to_text(reading.problems), "");
        QCOMPARE(fidelity_of(reading.spec), "paper");
        QCOMPARE(reading.spec.model.init, ModelInit::torch);
        QCOMPARE(reading.spec.optim.idle, IdleExperts::zero_gradient);
        RunSpec mixed = reading.spec;
        mixed.optim.idle = IdleExperts::skip;
        QCOMPARE(fidelity_of(mixed), "mixed");
        QCOMPARE(fidelity_of(read_run_spec({{"task", "modular"}}).spec), "corrected");
    }
    void whatLearnsDecidesTheSteps() {
        RunSpec spec = spec_of(Architecture::ple, {});
        QCOMPARE(total_steps(spec), std::int64_t{0});
        QVERIFY(!uses_teacher(spec));
        QVERIFY(separate_experts(spec) == spec.data.domains);
        const RunSpec expert = expert_run(spec, "de");
        QCOMPARE(expert.task, Task::distill);
        QCOMPARE(total_steps(expert), (spec.optim.tokens / 4 + 4 * 128 - 1) / (4 * 128));
        QVERIFY(training_domains(expert) == Names{"de"});
        spec.modular->architecture = Architecture::jeet;
        QVERIFY(total_steps(spec) > 0);
        spec.modular->base = "model-0";
        QCOMPARE(total_steps(spec), std::int64_t{0});
        spec.modular->train = {"fr"};
        QVERIFY(total_steps(spec) > 0);
    }
};

QTEST_APPLESS_MAIN(TestGrid)
#include "test_grid.moc"
