// SPDX-License-Identifier: GPL-3.0-or-later
// Stages of a sequential run and what is done against forgetting, on trainings that take a moment.
#include "base/sha256.h"
#include "engine/modular/first_model.h"
#include "engine/stages/stage_keeper.h"
#include "engine/stages/unigram.h"
#include "engine/training_data.h"
#include "nn/learning_rate.h"
#include "nn/model_folder.h"
#include "nn/safetensors.h"
#include "nn/trainee.h"
#include "spec/stages.h"
#include "tiny_training.h"

#include <ATen/ATen.h>
#include <QTest>
#include <cmath>
#include <map>

using namespace retort;
using test::CollectingSink;
namespace fs = std::filesystem;

namespace {

/// 12 steps: 3 for each of the four domains, or 6 for each of two.
RunSpec staged(const std::vector<std::string>& domains = {}) {
    RunSpec spec = test::tiny_spec(Task::distill);
    spec.schedule.kind = ScheduleKind::sequential;
    spec.schedule.domains = domains;
    spec.remedies.ewc.sequences = 3;
    return spec;
}

RunSpec plain_student(const std::vector<std::string>& domains) {
    RunSpec spec = staged(domains);
    spec.model.dropout = 0;
    spec.distill->alpha.value = 1; // cross-entropy alone
    return spec;
}

std::map<std::string, at::Tensor> weights_in(const fs::path& folder) {
    std::map<std::string, at::Tensor> all;
    for (const NamedTensor& entry : read_safetensors(folder / "model.safetensors"))
        all[entry.name] = entry.tensor;
    return all;
}

std::vector<double> curve(const CollectingSink& sink, const std::string& name) {
    std::vector<double> values;
    for (const StepMeasured& step : sink.all<StepMeasured>())
        for (const Metric& metric : step.metrics)
            if (metric.series.name == name) values.push_back(metric.value);
    return values;
}

double distance(const std::map<std::string, at::Tensor>& a, const std::map<std::string, at::Tensor>& b) {
    double sum = 0;
    for (const auto& [name, tensor] : a)
        sum += (tensor - b.at(name)).square().sum(at::kDouble).item<double>();
    return std::sqrt(sum);
}

} // namespace

class TestRemedies : public QObject {
    Q_OBJECT
    test::TinyTraining tiny_;

    struct Done {
        CollectingSink seen;
        fs::path folder; ///< of the run
        Outcome outcome;
        [[nodiscard]] std::map<std::string, at::Tensor> stage(const std::string& name) const {
            return weights_in(folder / "stages" / name);
        }
    };
    Done carry_out(const RunSpec& spec) {
        Done done;
        const std::string id = tiny_.fresh_id();
        done.outcome = test::TinyTraining::run(tiny_.member(spec, id), done.seen);
        done.folder = tiny_.folder_of(id);
        if (done.outcome.status != RunStatus::done) qFatal("%s", done.outcome.reason.c_str());
        return done;
    }
    /// The stage of a run as a training by itself: from the model of the stage before, which may teach too.
    std::vector<NamedTensor> stage_by_hand(const RunSpec& spec, std::size_t number, const fs::path& before);

private Q_SLOTS:
    void initTestCase() {
        CollectingSink sink;
        QCOMPARE(tiny_.train_teacher(sink).status, RunStatus::done);
    }
    void everyStageEndsWithAnEvaluationAndAModel() {
        const Done done = carry_out(staged());
        std::vector<std::int64_t> steps;
        for (const Evaluated& evaluation : done.seen.all<Evaluated>())
            steps.push_back(evaluation.step);
        QCOMPARE(steps, (std::vector<std::int64_t>{0, 3, 4, 6, 8, 9, 12}));
        for (const char* name : {"1-en", "2-fr", "3-de", "4-py"})
            QVERIFY(fs::exists(done.folder / "stages" / name / "model.safetensors"));
        QCOMPARE(sha256_of_file(done.folder / "stages" / "4-py" / "model.safetensors"),
                 sha256_of_file(done.outcome.model / "model.safetensors"));
    }
    void theMatrixIsWhatTheModelsOfItsStagesScore() {
        RunSpec spec = staged();
        spec.run.precision = Precision::fp32;
        const Done done = carry_out(spec);
        const TokenStore store(tiny_.tokens());
        const std::vector<Stage> stages = stages_of(spec);
        for (std::size_t k = 0; k < stages.size(); ++k) {
            const Gpt2 model =
                read_model(done.folder / "stages" / (std::to_string(k + 1) + "-" + stages[k].domain));
            for (const Evaluated& evaluation : done.seen.all<Evaluated>()) {
                if (evaluation.step != stages[k].end) continue;
                for (const EvaluationRow& row : evaluation.rows) {
                    double nll = 0;
                    for (const at::Tensor& windows : evaluation_batches(store, spec, row.domain)) {
                        const at::Tensor inputs = windows.slice(1, 0, 16).contiguous();
                        const at::Tensor logits =
                            at::matmul(model.hidden(inputs, {}), model.head_weight().t());
                        nll -= at::log_softmax(logits.to(at::kDouble), -1)
                                   .gather(2, windows.slice(1, 1).unsqueeze(2))
                                   .sum()
                                   .item<double>();
                    }
                    QVERIFY(std::abs(row.nll - nll) < 1e-5 * nll);
                }
            }
        }
    }
    void resumeIsExactInEveryStage_data() {
        QTest::addColumn<QString>("fields");
        QTest::newRow("no remedy") << "{}";
        QTest::newRow("fresh moments, warm up again")
            << R"({"schedule": {"moments": "fresh", "rewarm": true}})";
        QTest::newRow("replay") << R"({"remedies": {"replay": 0.25}})";
        QTest::newRow("freezing") << R"({"remedies": {"freeze": {"layers": 1, "embeddings": true}}})";
        QTest::newRow("running average") << R"({"remedies": {"average": {"kind": "running"}}})";
        QTest::newRow("ewc") << R"({"remedies": {"ewc": {"strength": 50, "decay": 0.9}}})";
        QTest::newRow("lwf") << R"({"remedies": {"lwf": {"weight": 1, "temperature": 2}}})";
        QTest::newRow("all, the paper's alpha")
            << R"({"distill": {"alpha": {"mode": "adaptive", "rule": "paper", "history": 3}},
                   "remedies": {"replay": 0.3, "freeze": {"embeddings": true},
                                "average": {"kind": "fixed", "share": 0.3},
                                "ewc": {"strength": 50}, "lwf": {"weight": 1}}})";
        QTest::newRow("all, experts")
            << R"({"task": "modular", "modular": {"architecture": "moe-ce"}, "evaluation": {"route": "label"},
                   "remedies": {"replay": 0.3, "average": {"kind": "running"},
                                "ewc": {"strength": 50}, "lwf": {"weight": 1}}})";
    }
    void resumeIsExactInEveryStage() {
        QFETCH(QString, fields);
        Json json = to_json(staged());
        json.merge_patch(Json::parse(fields.toStdString()));
        if (json["task"] == "modular") json["model"]["layers"] = 1;
        json["remedies"]["ewc"]["sequences"] = 3;
        const RunSpecReading reading = read_run_spec(json);
        QCOMPARE(to_text(reading.problems), "");
        const Done whole = carry_out(reading.spec);
        // 3 ends a stage, so that the wish is heard while the Fisher information is measured.
        for (const std::int64_t stop_at : {3, 4, 8}) {
            CollectingSink seen;
            const Outcome done = tiny_.run_with_a_stop(reading.spec, stop_at, seen);
            QCOMPARE(done.status, RunStatus::done);
            QVERIFY(test::numbers_of(seen) == test::numbers_of(whole.seen));
            for (const auto& file : fs::directory_iterator(done.model))
                QCOMPARE(sha256_of_file(file.path()),
                         sha256_of_file(whole.outcome.model / file.path().filename()));
        }
    }
    void aStageIsATrainingOfItsOwn() { // fresh moments and a warm-up of its own: the paper's chain
        RunSpec spec = plain_student({"en", "fr"});
        spec.schedule.moments = StageMoments::fresh;
        spec.schedule.rewarm = true;
        const Done done = carry_out(spec);
        const auto by_hand = stage_by_hand(spec, 1, done.folder / "stages" / "1-en");
        const auto found = weights_in(done.outcome.model);
        for (const NamedTensor& weight : by_hand)
            QVERIFY2(at::equal(weight.tensor.detach(), found.at(weight.name)), weight.name.c_str());
    }
    void lwfIsDistillationFromTheStudentBefore() {
        RunSpec spec = plain_student({"en", "fr"});
        spec.schedule.moments = StageMoments::fresh;
        spec.schedule.rewarm = true;
        spec.remedies.lwf = {0.7, Divergence::reverse_kl, 2.0};
        const Done done = carry_out(spec);
        const auto by_hand = stage_by_hand(spec, 1, done.folder / "stages" / "1-en");
        const auto found = weights_in(done.outcome.model);
        for (const NamedTensor& weight : by_hand)
            QVERIFY2(at::equal(weight.tensor.detach(), found.at(weight.name)), weight.name.c_str());
        const std::vector<double> lwf = curve(done.seen, "lwf"), ce = curve(done.seen, "ce"),
                                  loss = curve(done.seen, "loss");
        QCOMPARE(lwf.size(), std::size_t{6});  // of the second stage alone
        QVERIFY(std::abs(lwf.front()) < 1e-6); // they are the same still
        QVERIFY(lwf.back() > 1e-4);
        for (std::size_t i = 0; i < 6; ++i)
            QVERIFY(std::abs(loss[6 + i] - ce[6 + i] - 0.7 * lwf[i]) < 1e-9);
    }
    void averagesAreOfTheWeightsBeforeAndNow_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("of_before");
        QTest::newRow("running") << static_cast<int>(StageAverage::running) << 0.5;
        QTest::newRow("fixed") << static_cast<int>(StageAverage::fixed) << 0.8;
    }
    void averagesAreOfTheWeightsBeforeAndNow() {
        QFETCH(int, kind);
        QFETCH(double, of_before);
        RunSpec spec = staged({"en", "fr"});
        const Done plain = carry_out(spec);
        spec.remedies.average = {static_cast<StageAverage>(kind), 0.8};
        const Done averaged = carry_out(spec);
        const auto before = plain.stage("1-en"), now = plain.stage("2-fr");
        QVERIFY(distance(before, averaged.stage("1-en")) == 0);
        for (const auto& [name, tensor] : weights_in(averaged.outcome.model))
            QVERIFY(at::allclose(tensor, of_before * before.at(name) + (1 - of_before) * now.at(name), 1e-5,
                                 1e-7));
    }
    void whatIsFrozenStaysToTheByte() {
        RunSpec spec = staged({"en", "fr"});
        spec.model.layers = 2;
        spec.remedies.freeze = {1, true};
        const Done done = carry_out(spec);
        const auto first = done.stage("1-en"), last = done.stage("2-fr");
        for (const auto& [name, tensor] : first) {
            const bool is_frozen = name.find("wte") != std::string::npos ||
                                   name.find("wpe") != std::string::npos ||
                                   name.find(".h.0.") != std::string::npos;
            QVERIFY2(at::equal(tensor, last.at(name)) == is_frozen, name.c_str());
        }
    }
    void anExpertMayBeCalledAsAPartOfTheModel() {
        RunSpec spec = staged({"en", "fr"});
        spec.task = Task::modular;
        spec.model.layers = 2;
        spec.modular.emplace().experts = {"h", "wte", "h.0"};
        spec.remedies.freeze = {1, false};
        const TokenStore store(tiny_.tokens());
        Trainee trainee(first_model(spec, {}, store.vocab()), spec.optim, at::kFloat, at::kCPU);
        StageKeeper stages(spec, store, at::kCPU);
        stages.end_stage(trainee, {}, {});
        int frozen = 0;
        for (const NamedTensor& weight : trainee.model().parameters()) {
            const bool is_lowest = weight.name.find(".h.0.attn.") != std::string::npos ||
                                   weight.name.find(".h.0.mlp.") != std::string::npos ||
                                   weight.name.find(".h.0.ln_1.") != std::string::npos ||
                                   weight.name.find(".h.0.ln_2.") != std::string::npos;
            QVERIFY2(weight.tensor.requires_grad() != is_lowest, weight.name.c_str());
            frozen += is_lowest ? 1 : 0;
        }
        QCOMPARE(frozen, 3 * 12); // weights and biases of a block of each expert
    }
    void consolidationHoldsTheWeights() {
        RunSpec spec = plain_student({"en", "fr"});
        const Done plain = carry_out(spec);
        spec.remedies.ewc.strength = 1e3;
        const Done held = carry_out(spec);
        const std::vector<double> penalty = curve(held.seen, "ewc");
        QCOMPARE(penalty.size(), std::size_t{6});
        QCOMPARE(penalty.front(), 0.0); // they are where they were
        QVERIFY(penalty.back() > 0);
        QVERIFY(distance(held.stage("1-en"), held.stage("2-fr")) <
                0.9 * distance(plain.stage("1-en"), plain.stage("2-fr")));
    }
    void expertsOfOtherStagesRest() {
        RunSpec spec = staged();
        spec.task = Task::modular;
        spec.modular.emplace();
        spec.evaluation.emplace().route = RouteBy::label;
        spec.router.emplace();
        const Done done = carry_out(spec);
        const auto are_equal = [&](const char* stage, const char* other, const std::string& domain) {
            const std::string file = "expert." + domain + ".safetensors";
            const auto a = read_safetensors(done.folder / "stages" / stage / file),
                       b = read_safetensors(done.folder / "stages" / other / file);
            return std::ranges::equal(
                a, b, [](const auto& x, const auto& y) { return at::equal(x.tensor, y.tensor); });
        };
        QVERIFY(are_equal("1-en", "4-py", "en"));
        QVERIFY(!are_equal("1-en", "2-fr", "fr"));
        QVERIFY(are_equal("2-fr", "4-py", "fr"));
    }
    void aUnigramModelCountsTheDomainsText() {
        const RunSpec spec = staged();
        const TokenStore store(tiny_.tokens());
        std::map<std::int64_t, double> counts;
        double all = 0;
        std::vector<std::int64_t> window(17);
        for (std::int64_t i = 0; i < store.windows("train", "de", 16); ++i) {
            store.read_window("train", "de", i, window);
            for (std::size_t t = 1; t < 17; ++t, ++all)
                ++counts[window[t]];
        }
        double nll = 0;
        std::int64_t tokens = 0;
        for (const at::Tensor& windows : evaluation_batches(store, spec, "de"))
            for (std::int64_t b = 0; b < windows.size(0); ++b)
                for (std::int64_t t = 1; t < 17; ++t, ++tokens)
                    nll -= std::log((counts[windows[b][t].item<std::int64_t>()] + 1) /
                                    (all + static_cast<double>(store.vocab())));
        const EvaluationRow row = evaluate_unigram(spec, store, "de");
        QCOMPARE(row.tokens, tokens);
        QVERIFY(std::abs(row.nll - nll) < 1e-9 * nll);
        const Done done = carry_out(spec);
        const auto first = done.seen.all<Evaluated>().front().rows;
        QCOMPARE(first.size(), std::size_t{8});
        QCOMPARE(first.back().setting, "unigram");
    }
};

std::vector<NamedTensor> TestRemedies::stage_by_hand(const RunSpec& spec, std::size_t number,
                                                     const fs::path& before) {
    const TokenStore store(tiny_.tokens());
    const Stage stage = stages_of(spec)[number];
    Sampler sampler(sampler_options(spec, store));
    for (std::int64_t micro = 0; micro < stage.begin * spec.optim.accumulate; ++micro)
        (void)sampler.next();
    Trainee trainee(std::make_unique<Gpt2>(read_model(before)), spec.optim, at::kFloat, at::kCPU);
    const Gpt2 teacher = frozen(read_model(before), at::kFloat, at::kCPU);
    ShareTeam team(1);
    const ForwardContext plain;
    for (std::int64_t step = 1; step <= stage.steps(); ++step) {
        for (std::int64_t micro = 0; micro < spec.optim.accumulate; ++micro) {
            const at::Tensor windows =
                read_windows(store, "train", training_domains(spec), spec.data.context, sampler.next());
            std::vector<BatchShare> shares = cut_batch(windows, team, at::kCPU);
            shares[0].teachers.emplace_back(
                HeadInput{teacher.hidden(shares[0].batch.inputs, {}).flatten(0, 1), teacher.head_weight()},
                shares[0].batch.targets, false);
            std::vector<LossTerm> terms(2);
            terms[1].divergence = spec.remedies.lwf.divergence;
            terms[1].temperature = spec.remedies.lwf.temperature;
            terms[1].weight = spec.remedies.lwf.weight;
            if (terms[1].weight == 0) terms.pop_back();
            for (LossTerm& term : terms)
                term.normaliser = static_cast<double>(tokens_per_step(spec));
            (void)trainee.accumulate({team, shares, terms, plain});
        }
        trainee.update(learning_rate(spec.optim, step, stage.steps()), trainee.gradient_norm(),
                       spec.optim.clip);
    }
    return trainee.weights();
}

QTEST_GUILESS_MAIN(TestRemedies)
#include "test_remedies.moc"
