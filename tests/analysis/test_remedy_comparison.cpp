// SPDX-License-Identifier: GPL-3.0-or-later
// Against numpy's word on random numbers, and by hand.
#include "analysis/remedy_comparison.h"
#include "spec/run_spec_json.h"
#include "tests/nn/python.h"

#include <QTest>
#include <cmath>
#include <random>
#include <set>

using namespace retort;

namespace {

using Names = std::vector<std::string>;
using Losses = std::vector<std::vector<double>>;

bool is_near(const std::optional<double>& value, double wanted) {
    const bool is_so = value && std::abs(*value - wanted) < 1e-12;
    if (!is_so) qWarning("%.15g is not %.15g", value.value_or(std::nan("")), wanted);
    return is_so;
}

/// 4 steps of each domain.
RunSpec spec_of(const Names& order, std::uint64_t seed = 1, const char* kind = "sequential",
                double replay = 0) {
    Json json = Json::parse(R"({"data": {"context": 8}, "optim": {"batch": 4}})");
    json["data"]["domains"] = std::set<std::string>(order.begin(), order.end());
    json["seed"] = seed;
    json["schedule"] = {{"kind", kind}, {"domains", order}};
    json["optim"]["tokens"] = 32 * 4 * order.size();
    if (replay > 0) json["remedies"]["replay"] = replay;
    const RunSpecReading reading = read_run_spec(json);
    if (!reading.problems.empty()) qFatal("%s", to_text(reading.problems).c_str());
    return reading.spec;
}

/// Rows of R, columns in the order of the stages; fewer rows: the others have not been measured.
StageMatrix matrix_of(const RunSpec& spec, const Losses& losses) {
    StageMatrix matrix = stage_matrix(spec);
    for (std::size_t i = 0; i < losses.size(); ++i)
        matrix.rows[i].scores = {losses[i], std::vector<double>(losses[i].size(), 0.5)};
    return matrix;
}

RemedyRun run_of(const std::string& variant, const RunSpec& spec, const Losses& losses,
                 const StageMatrix* joint = nullptr) {
    return remedy_run(variant, spec, matrix_of(spec, losses), joint);
}

const Names enFr = {"en", "fr"}, frEn = {"fr", "en"};

/// Two orders and two seeds: final losses 3, 3.2 and 3.5, 3.9.
std::vector<RemedyRun> orders() {
    return {run_of("a", spec_of(enFr, 1), {{3, 6}, {3.5, 2.5}}),
            run_of("a", spec_of(enFr, 2), {{3, 6}, {3.8, 2.6}}),
            run_of("b", spec_of(frEn, 1), {{2, 6}, {3, 4}}),
            run_of("b", spec_of(frEn, 2), {{2, 6}, {3.4, 4.4}})};
}

} // namespace

class TestRemedyComparison : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFrontIsWhatNoOtherBeats() {
        const std::vector<CostPair> costs = {{1, 3}, {2, 2},     {3, 1},         {2, 3},
                                             {2, 2}, {0.5, NAN}, {-INFINITY, 0}, {4, 1}};
        QCOMPARE(pareto_front(costs), (std::vector<std::size_t>{0, 1, 4, 2}));
        QVERIFY(pareto_front({}).empty());
    }
    void frontAndSpreadsAgreeWithNumpy() {
        if (!test::python_has(QStringLiteral("numpy"))) QSKIP("python3-numpy, the judge, is not installed");
        std::mt19937 random(11);
        const auto draw = [&random] { return static_cast<double>(random() % 1000) / 100; };
        for (int round = 0; round < 3; ++round) {
            nlohmann::json question;
            std::vector<CostPair> costs;
            for (int i = 0; i < 40; ++i) {
                costs.push_back({std::floor(draw()), std::floor(draw())}); // with ties
                question["costs"].push_back({costs.back().x, costs.back().y});
            }
            std::vector<RemedyRun> runs;
            for (std::size_t order = 0; order < 2; ++order) {
                nlohmann::json losses;
                for (std::uint64_t seed = 1; seed <= 3 + order; ++seed) {
                    const double loss = draw();
                    losses.push_back(loss);
                    runs.push_back(run_of(order == 0 ? "a" : "b", spec_of(order == 0 ? enFr : frEn, seed),
                                          {{1, 1}, {loss - 0.5, loss + 0.5}}));
                }
                question["orders"].push_back(losses);
            }
            const auto judge =
                test::run_python({QStringLiteral(RETORT_SOURCE_DIR "/tests/reference/remedy_reference.py"),
                                  QString::fromStdString(question.dump())});
            QVERIFY2(judge.status == 0, qPrintable(judge.output));
            const auto wanted = nlohmann::json::parse(judge.output.toStdString());
            QCOMPARE(pareto_front(costs), wanted["front"].get<std::vector<std::size_t>>());
            const OrderSpread loss = order_sensitivities(runs).at(0).loss;
            QVERIFY(is_near(loss.orders.range, wanted["orders_range"].get<double>()));
            QVERIFY(is_near(loss.orders.standard_deviation, wanted["orders_deviation"].get<double>()));
            QVERIFY(is_near(loss.seeds.range, wanted["seeds_range"].get<double>()));
            QVERIFY(is_near(loss.seeds.standard_deviation, wanted["seeds_deviation"].get<double>()));
        }
    }
    void summariesAreOfCompleteRuns() {
        const StageMatrix joint = matrix_of(spec_of(enFr, 1, "balanced"), {{4, 4}, {2.5, 2}});
        const std::vector<RemedyRun> runs = {run_of("plain", spec_of(enFr, 1), {{3, 6}, {3.5, 2.5}}, &joint),
                                             run_of("plain", spec_of(enFr, 2), {{3, 6}, {3.9, 2.5}}),
                                             run_of("plain", spec_of(enFr, 3), {{3, 6}}),
                                             remedy_run("joint", spec_of(enFr, 1, "balanced"), joint)};
        const std::vector<RemedySummary> summaries = summarise_remedies(runs);
        QCOMPARE(summaries.size(), std::size_t{2});
        QCOMPARE(summaries[0].variant, std::string("plain"));
        QCOMPARE(summaries[0].runs, std::size_t{3});
        QVERIFY(summaries[0].has_stages && !summaries[1].has_stages);
        QCOMPARE(summaries[0].loss.n, std::size_t{2});
        QVERIFY(is_near(summaries[0].loss.mean, (3.0 + 3.2) / 2));
        QVERIFY(is_near(summaries[0].forgetting.mean, (0.5 + 0.9) / 2));
        QVERIFY(is_near(summaries[0].backward.mean, -(0.5 + 0.9) / 2));
        QCOMPARE(summaries[0].intransigence.n, std::size_t{1}); // of the seed that has a joint run
        QVERIFY(is_near(summaries[0].intransigence.mean, ((3 - 2.5) + (2.5 - 2)) / 2));
        QVERIFY(!summaries[0].forward.mean); // the untrained model was not measured
        QVERIFY(is_near(summaries[1].loss.mean, 2.25));
        QVERIFY(is_near(summaries[1].forgetting.mean, (2.5 - 4 + 2 - 4) / 2));
        QVERIFY(!summaries[1].backward.mean);
    }
    void ordersByHand() {
        const std::vector<OrderSensitivity> results = order_sensitivities(orders());
        QCOMPARE(results.size(), std::size_t{1});
        const OrderSensitivity& result = results[0];
        QCOMPARE(result.orders.size(), std::size_t{2});
        QCOMPARE(result.orders[1].order, frEn);
        QVERIFY(is_near(result.orders[1].loss.mean, 3.7));
        QVERIFY(is_near(result.orders[1].forgetting.mean, (1 + 1.4) / 2));
        QVERIFY(is_near(result.loss.orders.range, 3.7 - 3.1));
        QVERIFY(is_near(result.loss.seeds.range, (0.2 + 0.4) / 2));
        // en first: 3.5 and 3.8; second: 4 and 4.4. fr second: 2.5 and 2.6; first: 3 and 3.4.
        QCOMPARE(result.domains, enFr);
        QVERIFY(is_near(result.by_position[0].mean, 3.65) && is_near(result.by_position[1].mean, 4.2));
        QVERIFY(is_near(result.by_position[2].mean, 3.2) && is_near(result.by_position[3].mean, 2.55));
        QCOMPARE(result.by_position[0].n, std::size_t{2});
    }
    void aPlaceThatNoOrderHasIsEmpty() {
        const auto run = [](const std::string& variant, const Names& order) {
            return run_of(variant, spec_of(order), {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}});
        };
        const auto result =
            order_sensitivities(std::vector{run("a", {"en", "fr", "de"}), run("b", {"en", "de", "fr"})})
                .at(0);
        QCOMPARE(result.by_position[1].n, std::size_t{0});
        QCOMPARE(result.by_position[0].n, std::size_t{2});
        QVERIFY(!result.loss.seeds.standard_deviation && !result.loss.seeds.range); // one seed each
    }
    void onlyTheOrderMayDiffer() {
        std::vector<RemedyRun> runs = orders();
        runs.push_back(run_of("replay", spec_of(frEn, 1, "sequential", 0.25), {{2, 6}, {3, 4}}));
        runs.push_back(run_of("joint", spec_of(frEn, 1, "balanced"), {{2, 6}, {3, 4}}));
        const auto results = order_sensitivities(runs);
        QCOMPARE(results.size(), std::size_t{1});
        QCOMPARE(results[0].orders.size(), std::size_t{2});
        runs = {runs[0], runs[1]};
        QVERIFY(order_sensitivities(runs).empty());
    }
};

QTEST_APPLESS_MAIN(TestRemedyComparison)
#include "test_remedy_comparison.moc"
