// SPDX-License-Identifier: GPL-3.0-or-later
// Against numpy's word on random matrices, and against matrices worked by hand.
#include "analysis/forgetting.h"
#include "spec/run_spec_json.h"
#include "spec/stages.h"
#include "tests/nn/python.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>

using namespace retort;

namespace {

using Values = std::vector<double>;
using Table = std::vector<Values>;

bool is_near(const std::optional<double>& value, double wanted) {
    const bool is_so = value && std::abs(*value - wanted) < 1e-12;
    if (!is_so) qWarning("%.15g is not %.15g", value.value_or(std::nan("")), wanted);
    return is_so;
}
bool is_near(const Measure& measure, double wanted) {
    return measure.reason.empty() && is_near(measure.value, wanted);
}
bool is_near(const Measure& measure, const nlohmann::json& wanted) {
    return is_near(measure, wanted.get<double>());
}
bool says(const Measure& measure, const char* why) {
    return !measure.value && measure.reason.find(why) != std::string::npos;
}

/// Three stages of 4 steps each; "py" is evaluated and never learned.
RunSpec spec_of(const char* kind = "sequential") {
    Json json = Json::parse(R"({"data": {"context": 8, "domains": ["py", "de", "en", "fr"]},
        "schedule": {"domains": ["en", "fr", "de"]}, "optim": {"batch": 4, "tokens": 384}})");
    json["schedule"]["kind"] = kind;
    const RunSpecReading reading = read_run_spec(json);
    if (!reading.problems.empty()) qFatal("%s", to_text(reading.problems).c_str());
    return reading.spec;
}

/// `loss` and `accuracy` as 1000 targets would have it.
EvaluationRow row_of(const std::string& domain, double loss, double accuracy = 0) {
    EvaluationRow row;
    row.domain = domain;
    row.tokens = 1000;
    row.nll = loss * 1000;
    row.correct = std::llround(accuracy * 1000);
    return row;
}

EvaluationRow unigram_row_of(const std::string& domain, double loss) {
    EvaluationRow row = row_of(domain, loss);
    row.setting = unigram_setting;
    return row;
}

void take(StageMatrix& matrix, std::int64_t step, const Values& losses, const Values& accuracies) {
    for (std::size_t j = 0; j < losses.size(); ++j)
        matrix.take(step, row_of(matrix.domains[j], losses[j], accuracies[j]));
}

/// Domains en, fr, de, py.
StageMatrix worked(const char* kind = "sequential") {
    StageMatrix matrix = stage_matrix(spec_of(kind));
    take(matrix, 0, {6, 6.5, 7, 5}, {0.01, 0.02, 0.03, 0});
    take(matrix, 4, {3, 5, 6, 4}, {0.5, 0.2, 0.1, 0.3});
    take(matrix, 8, {2.5, 3.5, 5.5, 4.5}, {0.6, 0.4, 0.2, 0.2});
    take(matrix, 12, {4, 3, 3.25, 4.25}, {0.3, 0.45, 0.5, 0.1});
    for (const auto& [domain, loss] : {std::pair{"en", 5.5}, {"fr", 5.75}, {"de", 5.25}, {"py", 4.0}})
        matrix.take(0, unigram_row_of(domain, loss));
    return matrix;
}

StageMatrix joint() {
    StageMatrix matrix = stage_matrix(spec_of("balanced"));
    take(matrix, 12, {2.75, 3, 3.5, 4}, {0, 0, 0, 0});
    return matrix;
}

StageScores random_scores(std::size_t domains, std::mt19937& random) {
    StageScores scores;
    for (std::size_t j = 0; j < domains; ++j) {
        scores.loss.push_back(static_cast<double>(random() % 10'000) / 1000);
        scores.accuracy.push_back(static_cast<double>(random() % 1001) / 1000);
    }
    return scores;
}

StageMatrix random_matrix(std::size_t stages, std::mt19937& random) {
    StageMatrix matrix;
    matrix.is_sequential = true;
    matrix.random = random_scores(stages, random);
    matrix.unigram = random_scores(stages, random);
    for (std::size_t i = 0; i < stages; ++i) {
        matrix.domains.push_back("d" + std::to_string(i));
        matrix.rows.push_back(
            {matrix.domains.back(), static_cast<std::int64_t>(i) + 1, random_scores(stages, random)});
    }
    return matrix;
}

nlohmann::json asked(const StageMatrix& matrix, const StageMatrix& joint) {
    nlohmann::json question = {{"random_loss", matrix.random.loss},
                               {"random_accuracy", matrix.random.accuracy},
                               {"unigram_loss", matrix.unigram.loss},
                               {"joint_loss", joint.rows.back().scores.loss}};
    for (const StageRow& row : matrix.rows) {
        question["loss"].push_back(row.scores.loss);
        question["accuracy"].push_back(row.scores.accuracy);
    }
    return question;
}

void compare(const AvalancheMeasures& avalanche, const nlohmann::json& wanted) {
    QVERIFY(is_near(avalanche.stream_forgetting, wanted["stream_forgetting"]));
    QVERIFY(is_near(avalanche.stream_bwt, wanted["stream_bwt"]));
    QVERIFY(is_near(avalanche.stream_forward_transfer, wanted["stream_forward_transfer"]));
    for (std::size_t j = 0; j < avalanche.experience_forgetting.size(); ++j) {
        const nlohmann::json& one = wanted["experience_forgetting"][j];
        QCOMPARE(avalanche.experience_forgetting[j].has_value(), !one.is_null());
        if (!one.is_null()) QVERIFY(is_near(avalanche.experience_forgetting[j], one.get<double>()));
    }
}

void compare(const ForgettingMeasures& measures, const nlohmann::json& wanted) {
    QVERIFY(is_near(measures.forgetting, wanted["forgetting"]));
    QVERIFY(is_near(measures.backward, wanted["backward"]));
    QVERIFY(is_near(measures.forward, wanted["forward"]));
    QVERIFY(is_near(measures.forward_unigram, wanted["forward_unigram"]));
    QVERIFY(is_near(measures.intransigence, wanted["intransigence"]));
    compare(measures.avalanche, wanted["avalanche"]);
    QVERIFY(is_near(measures.mammoth.backward_transfer, wanted["mammoth"]["backward_transfer"]));
    QVERIFY(is_near(measures.mammoth.forward_transfer, wanted["mammoth"]["forward_transfer"]));
    QVERIFY(is_near(measures.mammoth.forgetting, wanted["mammoth"]["forgetting"]));
}

} // namespace

class TestForgetting : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void columnsAreTheStagesThenTheRest() {
        const StageMatrix matrix = stage_matrix(spec_of());
        QCOMPARE(matrix.domains, (std::vector<std::string>{"en", "fr", "de", "py"}));
        QCOMPARE(matrix.rows.size(), std::size_t{3});
        QCOMPARE(matrix.rows[2].name, std::string("de"));
        QCOMPARE(matrix.rows[0].step, std::int64_t{4});
        QCOMPARE(matrix.rows[2].step, std::int64_t{12});
        const StageMatrix balanced = stage_matrix(spec_of("balanced"));
        QCOMPARE(balanced.domains, matrix.domains);
        QCOMPARE(balanced.rows[1].name, std::string("2/3"));
        QCOMPARE(balanced.rows[1].step, matrix.rows[1].step);
    }
    void onlyHeadlineRowsAreCells() {
        const std::vector<std::pair<std::int64_t, EvaluationRow>> evaluations = [] {
            EvaluationRow expert = row_of("en", 1), setting = row_of("en", 1), train = row_of("en", 1);
            expert.expert = "en";
            setting.setting = "all";
            train.split = "train";
            return std::vector<std::pair<std::int64_t, EvaluationRow>>{{4, row_of("en", 3, 0.25)},
                                                                       {4, expert},
                                                                       {4, setting},
                                                                       {4, train},
                                                                       {5, row_of("en", 9)},
                                                                       {4, row_of("it", 9)},
                                                                       {4, unigram_row_of("fr", 9)}};
        }();
        const StageMatrix matrix = stage_matrix(spec_of(), evaluations);
        QCOMPARE(matrix.rows[0].scores.loss[0], 3.0);
        QCOMPARE(matrix.rows[0].scores.accuracy[0], 0.25);
        for (std::size_t j = 1; j < 4; ++j)
            QVERIFY(std::isnan(matrix.rows[0].scores.loss[j]));
        QVERIFY(std::isnan(matrix.unigram.loss[1]) && std::isnan(matrix.random.loss[0]));
        QVERIFY(!matrix.is_complete());
    }
    void meansByHand() {
        const StageMatrix reference = joint();
        const ForgettingMeasures measures = forgetting_measures(worked(), &reference);
        // en: 4 − min(3, 2.5); fr: 3 − 3.5
        QVERIFY(is_near(measures.forgetting, (1.5 - 0.5) / 2));
        QVERIFY(is_near(measures.backward, ((3 - 4) + (3.5 - 3)) / 2));
        QVERIFY(is_near(measures.forward, ((6.5 - 5) + (7 - 5.5)) / 2));
        QVERIFY(is_near(measures.forward_unigram, ((5.75 - 5) + (5.25 - 5.5)) / 2));
        QVERIFY(is_near(measures.intransigence, ((3 - 2.75) + (3.5 - 3) + (3.25 - 3.5)) / 3));
        QVERIFY(is_near(measures.avalanche.stream_forgetting, ((0.5 - 0.3) + (0.4 - 0.45)) / 2));
        QVERIFY(is_near(measures.avalanche.stream_forward_transfer, ((0.2 - 0.02) + (0.2 - 0.03)) / 2));
        QVERIFY(is_near(measures.mammoth.forgetting, ((0.6 - 0.3) + (0.45 - 0.45)) / 2));
        QVERIFY(is_near(measures.mammoth.backward_transfer, ((0.3 - 0.5) + (0.45 - 0.4)) / 2));
    }
    void domainsByHand() {
        const StageMatrix reference = joint();
        const auto domains = forgetting_measures(worked(), &reference).domains;
        QVERIFY(is_near(domains[0].learned, 3) && is_near(domains[0].final, 4));
        QVERIFY(is_near(domains[0].forgetting, 1.5) && is_near(domains[1].forgetting, -0.5));
        QVERIFY(is_near(domains[0].backward, -1) && is_near(domains[1].backward, 0.5));
        QVERIFY(!domains[0].forward && !domains[0].forward_unigram);
        QVERIFY(is_near(domains[2].forward, 1.5) && is_near(domains[2].forward_unigram, -0.25));
        QVERIFY(!domains[2].forgetting && !domains[2].backward);
        QVERIFY(is_near(domains[2].intransigence, -0.25));
        const DomainForgetting& never_learned = domains[3];
        QVERIFY(is_near(never_learned.final, 4.25));
        QVERIFY(!never_learned.learned && !never_learned.forgetting && !never_learned.forward &&
                !never_learned.intransigence);
    }
    void meansAgreeWithNumpy() {
        if (!test::python_has(QStringLiteral("numpy"))) QSKIP("python3-numpy, the judge, is not installed");
        std::mt19937 random(7);
        std::vector<StageMatrix> runs, joints;
        nlohmann::json question = nlohmann::json::array();
        for (std::size_t stages = 2; stages < 8; ++stages) {
            runs.push_back(random_matrix(stages, random));
            joints.push_back(random_matrix(stages, random));
            question.push_back(asked(runs.back(), joints.back()));
        }
        const auto judge =
            test::run_python({QStringLiteral(RETORT_SOURCE_DIR "/tests/reference/forgetting_reference.py"),
                              QString::fromStdString(question.dump())});
        QVERIFY2(judge.status == 0, qPrintable(judge.output));
        const auto wanted = nlohmann::json::parse(judge.output.toStdString());
        for (std::size_t i = 0; i < runs.size(); ++i) {
            compare(forgetting_measures(runs[i], &joints[i]), wanted[i]);
            runs[i].is_sequential = false;
            QVERIFY(is_near(forgetting_measures(runs[i]).forgetting, wanted[i]["forgetting_without_stages"]));
        }
    }
    void withoutStagesThereIsForgettingAlone() {
        const StageMatrix reference = joint();
        const ForgettingMeasures measures = forgetting_measures(worked("balanced"), &reference);
        // All four domains, from the first row on: 4 − 2.5, 3 − 3.5, 3.25 − 5.5, 4.25 − 4.
        QVERIFY(is_near(measures.forgetting, (1.5 - 0.5 - 2.25 + 0.25) / 4));
        QVERIFY(is_near(measures.domains[3].forgetting, 0.25));
        QVERIFY(!measures.domains[0].learned && !measures.domains[0].backward);
        for (const Measure& measure :
             {measures.backward, measures.forward, measures.forward_unigram, measures.intransigence,
              measures.avalanche.stream_bwt, measures.mammoth.forward_transfer})
            QVERIFY(says(measure, "not sequential"));
    }
    void aRunUnderWayHasWhatItsRowsTell() {
        StageMatrix matrix = stage_matrix(spec_of());
        take(matrix, 0, {6, 6.5, 7, 5}, {0, 0, 0, 0});
        take(matrix, 4, {3, 5, 6, 4}, {0, 0, 0, 0});
        const ForgettingMeasures early = forgetting_measures(matrix);
        QVERIFY(says(early.forgetting, "after step 8 is missing"));
        QVERIFY(says(early.backward, "after step 8") && says(early.forward, "after step 8"));
        QVERIFY(is_near(early.domains[0].learned, 3) && is_near(early.domains[1].forward, 1.5));
        QVERIFY(!early.domains[0].final && !early.domains[0].forgetting);
        take(matrix, 8, {2.5, 3.5, 5.5, 4.5}, {0, 0, 0, 0});
        const ForgettingMeasures later = forgetting_measures(matrix);
        QVERIFY(is_near(later.forward, 1.5));
        QVERIFY(says(later.forward_unigram, "after step 12"));
        QVERIFY(can_forget(matrix));
    }
    void whatIsNotThereIsSaid() {
        StageMatrix matrix = worked();
        QVERIFY(says(forgetting_measures(matrix).intransigence, "variant named joint"));
        const StageMatrix unfinished = stage_matrix(spec_of("balanced"));
        QVERIFY(says(forgetting_measures(matrix, &unfinished).intransigence, "at its end"));
        matrix.unigram.loss[2] = std::nan("");
        matrix.random.loss[1] = std::nan("");
        const ForgettingMeasures measures = forgetting_measures(matrix);
        QVERIFY(says(measures.forward, "before its first step"));
        QVERIFY(says(measures.forward_unigram, "unigram"));
        matrix.rows[1].scores.loss[0] = std::nan("");
        QVERIFY(says(forgetting_measures(matrix).forgetting, "after step 8"));
    }
    void oneStageForgetsNothing() {
        RunSpec spec = spec_of();
        spec.schedule.domains = {"en"};
        StageMatrix matrix = stage_matrix(spec);
        take(matrix, 12, {3, 5, 6, 4}, {0, 0, 0, 0});
        const ForgettingMeasures measures = forgetting_measures(matrix);
        QVERIFY(says(measures.forgetting, "one stage") && says(measures.backward, "one stage"));
        QVERIFY(says(measures.forward, "one stage"));
        spec.schedule.kind = ScheduleKind::balanced;
        QVERIFY(says(forgetting_measures(stage_matrix(spec)).forgetting, "one stage"));
        QVERIFY(!can_forget(stage_matrix(spec)));
    }
    void onlyWhatIsTrainedForgets() {
        const RunSpec ple =
            read_run_spec(Json::parse(R"({"task": "modular", "modular": {"architecture": "ple"}})")).spec;
        const StageMatrix matrix = stage_matrix(ple);
        QVERIFY(matrix.rows.empty() && !can_forget(matrix));
        const ForgettingMeasures measures = forgetting_measures(matrix);
        QVERIFY(says(measures.forgetting, "Nothing is trained") && says(measures.backward, "Nothing"));
        QVERIFY(!can_forget(stage_matrix(spec_of("balanced"))) && can_forget(worked("balanced")));
    }
};

QTEST_APPLESS_MAIN(TestForgetting)
#include "test_forgetting.moc"
