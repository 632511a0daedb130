// SPDX-License-Identifier: GPL-3.0-or-later
// Against scikit-learn and SciPy, and against cases worked by hand.
#include "analysis/confusion.h"
#include "spec/run_spec_json.h"
#include "tests/nn/python.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <random>

using namespace retort;

namespace {

using Values = std::vector<double>;
using Names = std::vector<std::string>;

bool is_near(double value, double wanted, double tolerance = 1e-12) {
    const bool is_so = std::abs(value - wanted) <= tolerance * std::max(std::abs(wanted), 1.0);
    if (!is_so) qWarning("%.15g is not %.15g", value, wanted);
    return is_so;
}

ConfusionMatrix random_matrix(Names rows, Names columns, std::mt19937_64& random, double share_of_zeros) {
    ConfusionMatrix matrix{std::move(rows), std::move(columns), {}};
    std::uniform_int_distribution<std::int64_t> count(1, 12);
    std::bernoulli_distribution is_zero(share_of_zeros);
    for (std::size_t i = 0; i < matrix.rows.size() * matrix.columns.size(); ++i)
        matrix.counts.push_back(is_zero(random) ? 0 : count(random));
    return matrix;
}

/// No inputs of the row, and, if wanted, no answers of its column.
void empty_class(ConfusionMatrix& matrix, std::size_t place, bool is_column_empty) {
    for (std::size_t i = 0; i < matrix.columns.size(); ++i)
        matrix.counts[place * matrix.columns.size() + i] = 0;
    for (std::size_t i = 0; is_column_empty && i < matrix.rows.size(); ++i)
        matrix.counts[i * matrix.columns.size() + place] = 0;
}

std::vector<ConfusionMatrix> sample_matrices() {
    std::mt19937_64 random(11);
    const Names domains = {"en", "fr", "de", "py"}, columns = {"en", "fr", "de", "py", "unknown"};
    const Names rows = {"en", "fr", "de", "py", "es"};
    std::vector<ConfusionMatrix> matrices;
    for (const double zeros : {0.0, 0.4, 0.7}) {
        matrices.push_back(random_matrix(domains, domains, random, zeros));
        matrices.push_back(random_matrix(domains, columns, random, zeros));
        matrices.push_back(random_matrix(rows, columns, random, zeros));
    }
    for (const bool is_column_empty : {false, true}) {
        matrices.push_back(random_matrix(domains, columns, random, 0.2));
        empty_class(matrices.back(), 2, is_column_empty);
    }
    return matrices;
}

struct Predictions {
    std::vector<std::int32_t> labels;
    Values probabilities;
};

/// Of three classes, by rows that sum to 1; the last is sure of what is wrong.
Predictions sample_predictions() {
    return {{0, 1, 2, 2, 0}, {0.7, 0.2, 0.1, 0.1, 0.5, 0.4, 0.3, 0.3, 0.4, 0.25, 0.5, 0.25, 0, 1, 0}};
}

struct Ranks {
    Values positives, negatives;
};
const std::vector<Ranks> ranks = {
    {{0.9, 0.8, 0.35}, {0.4, 0.1}}, {{0.5, 0.5, 0.7, 0.2}, {0.5, 0.2, 0.2, 0.9}}, {{1, 1, 1}, {1, 1}}};
const std::vector<std::tuple<std::int64_t, std::int64_t, double>> shares = {
    {0, 1, 0.95},   {1, 1, 0.95},    {0, 400, 0.95},     {400, 400, 0.95},
    {3, 100, 0.95}, {97, 100, 0.99}, {1999, 2000, 0.95}, {5, 10, 0.8}};

nlohmann::json asked() {
    nlohmann::json question = {{"matrices", nlohmann::json::array()}, {"aucs", nlohmann::json::array()}};
    for (const ConfusionMatrix& matrix : sample_matrices())
        question["matrices"].push_back(
            {{"rows", matrix.rows}, {"columns", matrix.columns}, {"counts", matrix.counts}});
    for (const auto& [positives, negatives] : ranks)
        question["aucs"].push_back({{"positives", positives}, {"negatives", negatives}});
    const Predictions predictions = sample_predictions();
    nlohmann::json lines = nlohmann::json::array();
    for (auto p = predictions.probabilities.begin(); p != predictions.probabilities.end(); p += 3)
        lines.push_back(Values(p, p + 3));
    question["losses"] = {{{"probabilities", lines}, {"labels", predictions.labels}}};
    question["intervals"] = shares;
    return question;
}

bool agree(const ClassScores& scores, const nlohmann::json& wanted) {
    return is_near(scores.precision, wanted["precision"]) && is_near(scores.recall, wanted["recall"]) &&
           is_near(scores.f1, wanted["f1"]);
}

} // namespace

class TestConfusion : public QObject {
    Q_OBJECT
private:
    nlohmann::json m_judge; ///< null: not installed

private Q_SLOTS:
    void initTestCase() {
        if (!test::python_has(QStringLiteral("sklearn, scipy"))) return;
        const auto judge =
            test::run_python({QStringLiteral(RETORT_SOURCE_DIR "/tests/reference/confusion_reference.py"),
                              QString::fromStdString(asked().dump())});
        QVERIFY2(judge.status == 0, qPrintable(judge.output));
        m_judge = nlohmann::json::parse(judge.output.toStdString());
    }
    void scoresAgreeWithScikitLearn() {
        if (m_judge.is_null()) QSKIP("python3-sklearn, the judge, is not installed");
        const std::vector<ConfusionMatrix> matrices = sample_matrices();
        for (std::size_t i = 0; i < matrices.size(); ++i) {
            const auto& wanted = m_judge["matrices"][i];
            QVERIFY(is_near(accuracy(matrices[i]), wanted["accuracy"]));
            QVERIFY(agree(macro_scores(matrices[i]), wanted["macro"]));
            QVERIFY(agree(weighted_scores(matrices[i]), wanted["weighted"]));
            const auto& classes = wanted["classes"];
            const std::vector<ClassScores> scores = class_scores(matrices[i]);
            for (std::size_t row = 0; row < scores.size(); ++row) {
                QVERIFY(is_near(scores[row].precision, classes["precision"][row]));
                QVERIFY(is_near(scores[row].recall, classes["recall"][row]));
                QVERIFY(is_near(scores[row].f1, classes["f1"][row]));
                QCOMPARE(scores[row].support, classes["support"][row].get<std::int64_t>());
            }
        }
    }
    void logLossAgreesWithScikitLearn() {
        if (m_judge.is_null()) QSKIP("python3-sklearn, the judge, is not installed");
        const Predictions predictions = sample_predictions();
        QVERIFY(is_near(log_loss(predictions.probabilities, predictions.labels, 3), m_judge["losses"][0]));
    }
    void areaUnderTheCurveAgreesWithScikitLearn() {
        if (m_judge.is_null()) QSKIP("python3-sklearn, the judge, is not installed");
        for (std::size_t i = 0; i < ranks.size(); ++i)
            QVERIFY(is_near(roc_auc(ranks[i].positives, ranks[i].negatives), m_judge["aucs"][i]));
    }
    void intervalsAgreeWithSciPy() {
        if (m_judge.is_null()) QSKIP("python3-scipy, the judge, is not installed");
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const auto [successes, n, confidence] = shares[i];
            const Interval interval = clopper_pearson(successes, n, confidence);
            QVERIFY(is_near(interval.low, m_judge["intervals"][i][0], 1e-10));
            QVERIFY(is_near(interval.high, m_judge["intervals"][i][1], 1e-10));
        }
    }
    void intervalsOfKnownForm() {
        // Without a success the upper end is where n failures have the tail's probability, (1 - p)^n.
        QVERIFY(is_near(clopper_pearson(0, 7, 0.9).high, 1 - std::pow(0.05, 1.0 / 7), 1e-10));
        QCOMPARE(clopper_pearson(0, 7).low, 0.0);
        QCOMPARE(clopper_pearson(7, 7).high, 1.0);
    }
    void aMatrixByHand() {
        // 10 en, of which one was called fr and one unknown; 4 fr, all found; 2 es, which it never learned.
        const ConfusionMatrix matrix{
            {"en", "fr", "es"}, {"en", "fr", "unknown"}, {8, 1, 1, 0, 4, 0, 0, 1, 1}};
        QCOMPARE(matrix.total(), std::int64_t{16});
        QVERIFY(matrix.is_right(0, 0) && matrix.is_right(2, 2));
        QVERIFY(!matrix.is_right(0, 2) && !matrix.is_right(2, 1));
        QVERIFY(is_near(accuracy(matrix), 13.0 / 16));
        const std::vector<ClassScores> scores = class_scores(matrix);
        QVERIFY(is_near(scores[0].precision, 1) && is_near(scores[0].recall, 0.8));
        QVERIFY(is_near(scores[1].precision, 4.0 / 6) && is_near(scores[1].f1, 0.8));
        QVERIFY(is_near(scores[2].precision, 0.5) && is_near(scores[2].recall, 0.5));
        QVERIFY(is_near(macro_scores(matrix).recall, (0.8 + 1 + 0.5) / 3));
        QVERIFY(is_near(weighted_scores(matrix).recall, 13.0 / 16));
        QCOMPARE(weighted_scores(matrix).support, std::int64_t{16});
    }
    void sharesOfRowsColumnsAndAll() {
        const ConfusionMatrix matrix{{"en", "fr"}, {"en", "fr", "unknown"}, {3, 1, 0, 0, 0, 0}};
        QCOMPARE(normalised(matrix, Normalisation::rows), (Values{0.75, 0.25, 0, 0, 0, 0}));
        QCOMPARE(normalised(matrix, Normalisation::columns), (Values{1, 1, 0, 0, 0, 0}));
        QCOMPARE(normalised(matrix, Normalisation::all), (Values{0.75, 0.25, 0, 0, 0, 0}));
        QCOMPARE(normalised(matrix, Normalisation::counts), (Values{3, 1, 0, 0, 0, 0}));
    }
    void calibrationByHand() {
        QCOMPARE(expected_calibration_error({}), 0.0);
        // 4 decisions at 0.75 with 2 right: 4/10 · 0.25; 6 at 0.95 with 6 right: 6/10 · 0.05.
        const std::vector<ConfidenceBin> bins = {{4, 3, 2}, {0, 0, 0}, {6, 5.7, 6}};
        QVERIFY(is_near(expected_calibration_error(bins), 0.1 + 0.03));
    }
    void riskOverCoverageByHand() {
        QCOMPARE(risk_coverage_area({}), 0.0);
        // Risks 0, 1/2, 1/3 and 2/4 as one after the other is accepted.
        QVERIFY(is_near(risk_coverage_area({{0.6, false}, {0.9, true}, {0.8, false}, {0.7, true}}),
                        (0 + 1.0 / 2 + 1.0 / 3 + 2.0 / 4) / 4));
        // Equally sure ones come together: 1/2 twice, in any order.
        QVERIFY(is_near(risk_coverage_area({{0.5, true}, {0.5, false}}), 0.5));
        QVERIFY(is_near(risk_coverage_area({{0.5, false}, {0.5, true}}), 0.5));
    }
    void thresholdsKeepTheirCoverage() {
        QCOMPARE(threshold_for_coverage({}, 0.9), 0.0);
        QCOMPARE(threshold_for_coverage({0.9, 0.1, 0.5, 0.7}, 1), 0.1);
        QCOMPARE(threshold_for_coverage({0.9, 0.1, 0.5, 0.7}, 0.75), 0.5);
        QCOMPARE(threshold_for_coverage({0.9, 0.1, 0.5, 0.7}, 0.7), 0.5); // 2.8 of 4 are at least 3
        QCOMPARE(threshold_for_coverage({0.9, 0.1}, 0.01), 0.9);
    }
    void withoutOneSideThereIsNoArea() {
        QVERIFY(std::isnan(roc_auc({}, Values{1})));
        QVERIFY(std::isnan(roc_auc(Values{1}, {})));
        QCOMPARE(roc_auc(Values{2, 3}, Values{1, 2}), 0.875); // 3 won, 1 tied of 4
    }
    void nothingHasScoresOfZero() {
        const ConfusionMatrix empty{{"en"}, {"en", "unknown"}, {0, 0}};
        QCOMPARE(accuracy(empty), 0.0);
        QCOMPARE(macro_scores(empty).f1, 0.0);
        QCOMPARE(weighted_scores(empty).f1, 0.0);
    }
};

QTEST_APPLESS_MAIN(TestConfusion)
#include "test_confusion.moc"
