// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/claim_metrics.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace retort;

namespace {

EvaluationRow row_of(const char* domain, double loss, const char* setting = "", const char* expert = "") {
    EvaluationRow row;
    row.domain = domain;
    row.setting = setting;
    row.expert = expert;
    row.tokens = 10;
    row.nll = 10 * loss;
    return row;
}

RunSpec modular_spec() {
    const RunSpecReading reading = read_run_spec(Json::parse(R"({"task": "modular",
        "data": {"domains": ["en", "fr"]}, "evaluation": {"grid": ["paper"]}})"));
    if (!reading.problems.empty()) qFatal("%s", to_text(reading.problems).c_str());
    return reading.spec;
}

RoutingEvaluation routed(const char* split, std::int64_t length, std::vector<std::int64_t> forced) {
    RoutingEvaluation evaluation;
    evaluation.split = split;
    evaluation.length = length;
    evaluation.rows = {"en", "fr"};
    evaluation.columns = {"en", "fr", unknown_domain};
    evaluation.counts = {0, 0, 1, 0, 0, 1};
    evaluation.forced = std::move(forced);
    return evaluation;
}

bool is_near(double value, double wanted) {
    const bool is_so = std::abs(value - wanted) < 1e-12;
    if (!is_so) qWarning("%.15g is not %.15g", value, wanted);
    return is_so;
}

double loss(const char* metric, const std::vector<EvaluationRow>& rows) {
    return loss_metric(parse_metric(metric).value(), modular_spec(), rows);
}

double router(const char* metric, const std::vector<RoutingEvaluation>& evaluations) {
    return router_metric(parse_metric(metric).value(), evaluations);
}

} // namespace

class TestClaimMetrics : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lossesAreOfTheWholeModelOrOfASetting() {
        const std::vector<EvaluationRow> rows = {row_of("en", 3),
                                                 row_of("fr", 4),
                                                 row_of("en", 9, "", "en"),
                                                 row_of("en", 5, "top1(all)"),
                                                 row_of("fr", 6, "top1(all)"),
                                                 row_of("en", 7, "common")};
        QVERIFY(is_near(loss("loss", rows), 3.5));
        QVERIFY(is_near(loss("loss.fr", rows), 4));
        QVERIFY(is_near(loss("loss@top1(all)", rows), 5.5));
        QVERIFY(is_near(loss("loss@top1(en+fr)", rows), 5.5)); // another name of the same
        QVERIFY(is_near(loss("loss@common", rows), 7));
        QVERIFY(std::isnan(loss("loss@top1(en)", rows)) && std::isnan(loss("loss.de", rows)));
        QVERIFY(std::isnan(loss("loss", {})));
    }
    void varianceOfIncrementsByHand() {
        // Increments −1, 2, −1 of neighbours: mean 0, variance (1 + 4 + 1) / 2.
        const std::vector<std::int64_t> steps = {1, 2, 3, 4};
        QVERIFY(is_near(increment_variance(steps, std::vector<double>{5, 4, 6, 5}), 3));
        // A gap between steps is none: of 5 4 | 6 5 | 7 there are −1 and −1.
        QVERIFY(is_near(
            increment_variance(std::vector<std::int64_t>{1, 2, 4, 5, 7}, std::vector<double>{5, 4, 6, 5, 7}),
            0));
        QVERIFY(std::isnan(increment_variance(std::vector<std::int64_t>{1, 2}, std::vector<double>{5, 4})));
        QVERIFY(std::isnan(increment_variance(
            steps, std::vector<double>{5, 4, std::numeric_limits<double>::quiet_NaN(), 5})));
    }
    void routersAreScoredAsTheyDecideWithoutAbstention() {
        const std::vector<RoutingEvaluation> valid = {routed("valid", 0, {8, 2, 0, 1, 9, 0}),
                                                      routed("valid", 64, {5, 5, 0, 5, 5, 0}),
                                                      routed("train", 0, {10, 0, 0, 0, 10, 0})};
        QVERIFY(is_near(router("router.accuracy", valid), 17.0 / 20));
        QVERIFY(is_near(router("router.recall", valid), (0.8 + 0.9) / 2));
        QVERIFY(is_near(router("router.precision", valid), (8.0 / 9 + 9.0 / 11) / 2));
        QVERIFY(is_near(router("router.f1", valid), (16.0 / 19 + 18.0 / 21) / 2));
        QVERIFY(is_near(router("router.accuracy@64", valid), 0.5));
        QVERIFY(std::isnan(router("router.accuracy@128", valid)));
    }
    void crossValidationGoesBeforeTheValidationText() {
        std::vector<RoutingEvaluation> both = {routed("valid", 0, {8, 2, 0, 1, 9, 0}),
                                               routed("folds", 0, {10, 0, 0, 10, 0, 0}),
                                               routed("folds", 0, {10, 0, 0, 1, 9, 0})};
        both[1].fold = 1;
        QVERIFY(is_near(router("router.accuracy", both), 19.0 / 20));
    }
};

QTEST_APPLESS_MAIN(TestClaimMetrics)
#include "test_claim_metrics.moc"
