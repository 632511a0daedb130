// SPDX-License-Identifier: GPL-3.0-or-later
// Modular runs from study to store: what they need is made once, stops are exact, experts come and go.
#include "base/files.h"
#include "base/sha256.h"
#include "collecting_sink.h"
#include "data/token_store.h"
#include "engine/prepare.h"
#include "engine/routing/piece_text.h"
#include "engine/trace.h"
#include "nn/modular_folder.h"
#include "nn/safetensors.h"
#include "router/router.h"
#include "spec/expert_change.h"
#include "support/tiny_corpus.h"
#include "tests/engine/workspace_bench.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace retort;
namespace fs = std::filesystem;

namespace {

constexpr auto study_text = R"({"retort": 1, "name": "mod", "seeds": [1], "base": {
    "task": "modular",
    "data": {"corpus": "tiny", "domains": ["en", "fr", "de"], "context": 16, "tokenizer": {"vocab": 400}},
    "teacher": {"model": {"layers": 1, "width": 24, "heads": 2}, "optim": {"batch": 6, "tokens": 960}},
    "model": {"layers": 1, "width": 16, "heads": 2},
    "optim": {"lr": 0.01, "batch": 6, "tokens": 1152},
    "run": {"threads": 1, "eval_tokens": 64, "eval_every": 6, "checkpoint_every": 4}},
    "variants": {"misled": {"router": {"classifier": "majority"}, "modular": {"architecture": "ple"}},
                 "by-label": {"evaluation": {"route": "label"}, "modular": {"architecture": "ple"}},
                 "ple": {"modular": {"architecture": "ple"}},
                 "jeet": {},
                 "moe-ce": {"modular": {"architecture": "moe-ce"}},
                 "paper": {"fidelity": "paper", "modular": {"architecture": "moe-ce", "route": "router"}}}})";

/// Rows of the last evaluation of a run.
std::vector<EvaluationRow> last_rows(const test::CollectingSink& sink, const std::string& run) {
    return sink.all<Evaluated>(run).back().rows;
}

/// Tokens of an article of the valid text, by its id.
std::vector<std::int32_t> article(const RunSpec& spec, const TokenStore& store, const std::string& domain,
                                  const std::string& id) {
    const std::vector<std::string> ids = article_ids(open_corpus(spec.data.corpus), "valid", domain);
    const auto found = std::ranges::find(ids, id);
    return found == ids.end() ? std::vector<std::int32_t>()
                              : store.documents("valid", domain)[std::size_t(found - ids.begin())];
}

/// Whether the text has the article's tokens from its first token on, as far as they go.
bool holds(const RoutedExample& text, const std::vector<std::int32_t>& article, const Tokenizer& tokenizer) {
    std::string read, expected;
    for (const std::string& piece : text.pieces)
        read += piece;
    if (text.first_token >= std::ssize(article)) return !read.empty(); // it begins with the article's end
    const auto first = std::size_t(text.first_token),
               count = std::min(article.size() - first, text.pieces.size() - 1);
    for (const std::string& piece : text_of_pieces(tokenizer, Sequence(article).subspan(first, count), 2000))
        expected += piece;
    return read.find(expected) <= 3; // after <s>, where the article begins
}

double nll_of(const std::vector<EvaluationRow>& rows, const std::string& domain, const std::string& setting) {
    for (const EvaluationRow& row : rows)
        if (row.domain == domain && row.setting == setting && row.expert.empty()) return row.nll;
    return -1;
}

} // namespace

class TestModular : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    std::unique_ptr<test::WorkspaceBench> bench_;
    std::vector<RunPlan> plans_;
    std::map<std::string, RunOutcome> done_;
    test::CollectingSink seen_;

    [[nodiscard]] fs::path root() const { return dir_.path().toStdString(); }
    Laboratory watched() { return {bench_->artifacts, bench_->store, bench_->controls, seen_}; }
    [[nodiscard]] const RunPlan& plan(const std::string& variant) const {
        return *std::ranges::find(plans_, variant, &RunPlan::variant);
    }
    /// Runs a plan and stores what it says, so that its model can be found.
    RunOutcome carry_out(const RunPlan& plan) {
        return run_study({&plan, 1}, {}, bench_->laboratory(), {}).front();
    }
    [[nodiscard]] fs::path model_folder(const RunPlan& plan) {
        return find_trained_model(plan.spec, bench_->artifacts)->folder;
    }
    [[nodiscard]] FinishedModel finished(const std::string& variant) {
        return {plan(variant), find_trained_model(plan(variant).spec, bench_->artifacts)->id,
                find_trained_model(teacher_run(plan(variant).spec), bench_->artifacts)->id};
    }
    std::string failure_of(RunPlan changed) {
        changed.variant = "bad";
        const RunOutcome outcome = carry_out(changed);
        return outcome.outcome.status == RunStatus::failed ? outcome.outcome.reason : "it did not fail";
    }

private Q_SLOTS:
    void initTestCase() {
        test::import_tiny_corpus(root(), "tiny", {.domains = {"en", "fr", "de", "es"}});
        bench_ = std::make_unique<test::WorkspaceBench>(root() / "workspace");
        const StudyReading reading = read_study(study_text);
        QCOMPARE(to_text(reading.problems), "");
        plans_ = plan_runs(reading.study).plans;
        for (const RunOutcome& outcome : run_study(plans_, {}, bench_->laboratory(), {})) {
            QVERIFY2(outcome.outcome.status == RunStatus::done, outcome.outcome.reason.c_str());
            done_[outcome.plan.variant] = outcome;
        }
    }

    void whatModelsNeedIsMadeOnce() {
        std::map<std::string, int> runs;
        for (const RunRecord& run : bench_->store.runs())
            ++runs[run.variant];
        const std::map<std::string, int> expected = {
            {"teacher", 1},   {"router", 3}, // the paper's form and the misled one have others
            {"expert-en", 1}, {"expert-fr", 1}, {"expert-de", 1}, {"ple", 1},   {"jeet", 1},
            {"moe-ce", 1},    {"paper", 1},     {"by-label", 1},  {"misled", 1}};
        QVERIFY(runs == expected);
        QCOMPARE(bench_->store.run("mod/expert-en/1").total_steps, std::int64_t{12}); // as many as jeet's
        QCOMPARE(bench_->store.run("mod/jeet/1").total_steps, std::int64_t{12});
        QCOMPARE(bench_->store.run("mod/ple/1").total_steps, std::int64_t{0});
        QVERIFY(bench_->store.run("mod/ple/1").summary.loss.has_value());
    }

    void parametersAreCounted() {
        const RunRecord jeet = bench_->store.run("mod/jeet/1"), moe = bench_->store.run("mod/moe-ce/1");
        const std::int64_t body = moe.parameters.total - jeet.parameters.total; // one more
        QCOMPARE(jeet.parameters.total - jeet.parameters.active, 2 * body);
        QCOMPARE(moe.parameters.total - moe.parameters.active, 2 * body);
    }

    void aRouterGoesWithTheModel() {
        const Router router = Router::read(model_folder(plan("moe-ce")));
        QCOMPARE(router.domains().size(), std::size_t{3});
    }

    void whatARouterMisroutedCanBeRead() {
        const RunSpec& spec = plan("misled").spec;
        const MatrixRecord matrix = bench_->store.matrices(bench_->store.run("mod/misled/1").id).front();
        const RoutingEvaluation& e = matrix.evaluation;
        QCOMPARE(e.kind, std::string("modular"));
        const TrainingInputs inputs = prepare_inputs(spec, bench_->artifacts, {});
        const Tokenizer tokenizer(inputs.tokenizer);
        const TokenStore store(inputs.tokens);
        std::int64_t wrong = 0;
        for (std::size_t cell = 0; cell < e.counts.size(); ++cell) {
            const std::size_t row = cell / e.columns.size(), column = cell % e.columns.size();
            const auto texts = bench_->store.examples(matrix.number, std::int64_t(row), std::int64_t(column));
            QCOMPARE(std::ssize(texts), std::min<std::int64_t>(e.counts[cell], row == column ? 20 : 200));
            wrong += row == column ? 0 : std::ssize(texts);
            for (const RoutedExample& text : texts) {
                QCOMPARE(text.probabilities.size(), std::size_t{3});
                const auto likeliest = std::ranges::max_element(text.probabilities);
                if (column < 3) QCOMPARE(std::size_t(likeliest - text.probabilities.begin()), column);
                QVERIFY(holds(text, article(spec, store, e.rows[row], text.document), tokenizer));
            }
        }
        QVERIFY(wrong > 0);
        const auto labelled = bench_->store.matrices(bench_->store.run("mod/by-label/1").id);
        QCOMPARE(labelled.size(), std::size_t{1});
        for (std::int64_t row = 0; row < 3; ++row) // by label there is nothing to learn from a text
            QVERIFY(bench_->store.examples(labelled.front().number, row, row).empty());
    }

    void theExpertsOfPleAreTheRunsOfTheirOwn() {
        const ModularModel model = read_modular_model(model_folder(plan("ple")));
        const fs::path alone =
            find_trained_model(expert_run(plan("ple").spec, "fr"), bench_->artifacts)->folder;
        const auto weights = read_safetensors(alone / "model.safetensors");
        int compared = 0;
        for (const NamedTensor& entry : model.parameters())
            for (const NamedTensor& own : weights)
                if ("transformer." + entry.name.substr(std::min<std::size_t>(11, entry.name.size())) ==
                        own.name &&
                    entry.name.starts_with("experts.fr.")) {
                    QVERIFY(entry.tensor.equal(own.tensor));
                    ++compared;
                }
        QCOMPARE(compared, 16); // wte, wpe, 12 of the block, 2 of the final norm
    }

    void aStopInTheMiddleChangesNothing() {
        RunPlan jeet = plan("moe-ce");
        jeet.variant = "whole";
        jeet.spec.seed = 7; // another model than the one that is there
        test::CollectingSink whole, parts;
        Laboratory one{bench_->artifacts, bench_->store, bench_->controls, whole},
            other{bench_->artifacts, bench_->store, bench_->controls, parts};
        const RunOutcome uninterrupted = run_study({&jeet, 1}, {}, one, {}).front();
        QVERIFY2(uninterrupted.outcome.status == RunStatus::done, uninterrupted.outcome.reason.c_str());
        std::stop_source stop;
        std::string id;
        parts.watch = [&](const RunEvent& event) {
            const auto* step = std::get_if<StepMeasured>(&event.what);
            if (step != nullptr && step->step == 5) stop.request_stop();
        };
        jeet.variant = "stopped";
        id = run_study({&jeet, 1}, {}, other, stop.get_token()).front().run_id;
        // The ledger hears of the end by the recorder, which did not listen here.
        bench_->recorder.accept({id, 1, 1, StatusChanged{RunStatus::interrupted, {}, {}}});
        bench_->recorder.flush();
        const RunOutcome rest = resume_run(id, other, {});
        QVERIFY2(rest.outcome.status == RunStatus::done, rest.outcome.reason.c_str());
        QVERIFY(test::numbers_of(parts, id) == test::numbers_of(whole, uninterrupted.run_id));
    }

    void anExpertIsAddedWithoutTouchingTheOthers_data() {
        QTest::addColumn<QString>("variant");
        for (const char* variant : {"ple", "jeet", "moe-ce"})
            QTest::newRow(variant) << variant;
    }
    void anExpertIsAddedWithoutTouchingTheOthers() {
        QFETCH(QString, variant);
        const std::string base = variant.toStdString();
        const PlanReading change = changed_run(finished(base), {ExpertChange::Kind::add, "es", {}, {}});
        QCOMPARE(to_text(change.problems), "");
        const RunPlan& added = change.plans.front();
        QCOMPARE(added.label(), "mod/" + base + "+es/1");
        const RunOutcome outcome = carry_out(added);
        QVERIFY2(outcome.outcome.status == RunStatus::done, outcome.outcome.reason.c_str());
        const fs::path before = model_folder(plan(base)), after = model_folder(added);
        for (const char* kept : {"expert.en.safetensors", "expert.fr.safetensors", "expert.de.safetensors",
                                 "shared.safetensors", "common.safetensors"})
            if (fs::exists(before / kept))
                QCOMPARE(sha256_of_file(after / kept), sha256_of_file(before / kept));
        QVERIFY(fs::exists(after / "expert.es.safetensors"));
        QCOMPARE(Router::read(after).domains().size(), std::size_t{4});
    }

    void oldDomainsReadAsBefore() {
        const RunPlan again =
            changed_run(finished("moe-ce"), {ExpertChange::Kind::add, "es", {}, {}}).plans.front();
        RunPlan old = plan("moe-ce");
        old.variant = "again";
        test::CollectingSink both;
        Laboratory lab{bench_->artifacts, bench_->store, bench_->controls, both};
        const StudyOptions anew{.again = true};
        const std::string before = run_study({&old, 1}, anew, lab, {}).front().run_id,
                          after = run_study({&again, 1}, anew, lab, {}).front().run_id;
        for (const char* domain : {"en", "fr", "de"}) {
            const std::string setting = std::string("top1(") + domain + ")+common";
            const double nll = nll_of(last_rows(both, before), domain, setting);
            QVERIFY(nll > 0);
            QVERIFY(nll_of(last_rows(both, after), domain, setting) == nll); // to the bit
        }
        QVERIFY(nll_of(last_rows(both, after), "es", "top1(es)+common") > 0);
    }

    void anExpertIsTakenAwayAndComesBackFromItsFile() {
        const RunPlan fewer =
            changed_run(finished("jeet"), {ExpertChange::Kind::remove, "fr", {}, {}}).plans.front();
        QCOMPARE(carry_out(fewer).outcome.status, RunStatus::done);
        QVERIFY(!fs::exists(model_folder(fewer) / "expert.fr.safetensors"));
        const FinishedModel smaller{fewer, find_trained_model(fewer.spec, bench_->artifacts)->id, {}};
        const fs::path file = model_folder(plan("jeet")) / "expert.fr.safetensors";
        const PlanReading back = changed_run(smaller, {ExpertChange::Kind::add, "fr", file.string(), {}});
        QCOMPARE(to_text(back.problems), "");
        const RunOutcome outcome = carry_out(back.plans.front());
        QVERIFY2(outcome.outcome.status == RunStatus::done, outcome.outcome.reason.c_str());
        QCOMPARE(sha256_of_file(model_folder(back.plans.front()) / "expert.fr.safetensors"),
                 sha256_of_file(file));
    }

    void whatCannotBeIsSaidInOneSentence() {
        const auto fault = [&](ExpertChange::Kind kind, const std::string& expert) {
            return to_text(changed_run(finished("jeet"), {kind, expert, {}, {}}).problems);
        };
        QVERIFY(fault(ExpertChange::Kind::add, "fr").find("already") != std::string::npos);
        QVERIFY(fault(ExpertChange::Kind::remove, "es").find("no expert es") != std::string::npos);

        RunPlan lacks = changed_run(finished("jeet"), {ExpertChange::Kind::add, "es", {}, {}}).plans.front();
        lacks.spec.modular->train = {"en"};
        lacks.spec.schedule.domains = {"en"};
        QVERIFY(failure_of(lacks).find("no expert es") != std::string::npos);

        RunPlan wide =
            changed_run(finished("jeet"), {ExpertChange::Kind::remove, "fr", {}, {}}).plans.front();
        wide.spec.model.width = 32;
        QVERIFY(failure_of(wide).find("another architecture or shape") != std::string::npos);

        RunPlan foreign =
            changed_run(finished("moe-ce"), {ExpertChange::Kind::replace, "fr", {}, {}}).plans.front();
        foreign.spec.modular->train.clear();
        foreign.spec.schedule.domains.clear();
        foreign.spec.modular->files = {(model_folder(plan("jeet")) / "shared.safetensors").string()};
        QVERIFY(failure_of(foreign).find("no expert of Retort") != std::string::npos);
        foreign.spec.modular->files = {"/nowhere/expert.fr.safetensors"};
        QVERIFY(failure_of(foreign).find("/nowhere/expert.fr.safetensors") != std::string::npos);

        RunPlan nothing = plan("jeet");
        nothing.spec.data.domains.push_back("it");
        QVERIFY(failure_of(nothing).find("it") != std::string::npos);
    }

    void aRouterOfOtherDomainsIsRefused() {
        RunPlan strange = plan("jeet");
        strange.spec.router->unknown = {"fr"}; // never learnt
        strange.spec.data.domains = {"en", "fr", "de"};
        QVERIFY(failure_of(strange).find("not the expert fr") != std::string::npos);
    }

    void aTraceHoldsTheExpertOfEachSequence() {
        trace(plan("moe-ce").spec, bench_->artifacts, 2, root() / "trace");
        const auto tensors = read_safetensors(root() / "trace" / "batches.safetensors");
        const auto experts = std::ranges::find(tensors, "experts", &NamedTensor::name),
                   domains = std::ranges::find(tensors, "domains", &NamedTensor::name);
        QVERIFY(experts != tensors.end());
        QVERIFY(experts->tensor.equal(domains->tensor)); // by label
    }
};

QTEST_GUILESS_MAIN(TestModular)
#include "test_modular.moc"
