// SPDX-License-Identifier: GPL-3.0-or-later
// Classifiers whose answer is one number and not a matter of chance, against scikit-learn on ten thousand
// short texts: logistic regression, both naive Bayes, the support vector machine, nearest neighbours.
#include "router/linear_scores.h"
#include "router/logistic.h"
#include "router_judge.h"

#include <QTest>

using namespace retort;

namespace {

constexpr std::size_t windows = 10'000;

struct Fitted {
    SparseRows train, test;
    std::unique_ptr<ClassifierModel> model;
};

Fitted fit(const test::Texts& train, const test::Texts& tested, const RouterSpec& spec) {
    Tfidf tfidf(spec);
    Fitted fitted{tfidf.fit(train.sequences()), {}, make_classifier(spec)};
    fitted.test = tfidf.transform(tested.sequences());
    fitted.model->fit({fitted.train, train.labels, 4}, 1, {});
    return fitted;
}

std::vector<double> probabilities(const Fitted& fitted, std::size_t i) {
    std::vector<double> p(4);
    fitted.model->probabilities(fitted.test.row(i), p);
    return p;
}

struct Agreement {
    std::size_t differing = 0;
    double largest = 0; ///< difference of a probability
};

/// Over the windows for which `counts` says so.
template <class Counts>
Agreement compare(const Fitted& fitted, const nlohmann::json& answer, Counts counts) {
    Agreement agreement;
    for (std::size_t i = 0; i < windows; ++i) {
        if (!counts(i)) continue;
        const std::vector<double> p = probabilities(fitted, i);
        const auto decision = std::ranges::max_element(p) - p.begin();
        if (decision != answer["decisions"][i].get<std::ptrdiff_t>()) ++agreement.differing;
        if (!answer.contains("probabilities")) continue;
        for (std::size_t k = 0; k < p.size(); ++k)
            agreement.largest =
                std::max(agreement.largest, std::abs(p[k] - answer["probabilities"][i][k].get<double>()));
    }
    return agreement;
}

bool always(std::size_t) {
    return true;
}

} // namespace

class TestExactClassifiers : public QObject {
    Q_OBJECT
private:
    test::Texts m_train, m_test;
    nlohmann::json m_judge; ///< null: not installed

    [[nodiscard]] Fitted fitted(Classifier classifier) const {
        RouterSpec spec;
        spec.classifier = classifier;
        return fit(m_train, m_test, spec);
    }

private Q_SLOTS:
    void initTestCase() {
        const test::TextMaker maker;
        m_train = maker.make(800, 5, 200, "train");
        m_test = maker.make(windows, 4, 48, "test");
        if (!test::python_has(QStringLiteral("sklearn"))) return;
        const test::Judgement judged = test::ask_judge(nlohmann::json::array({test::question(
            m_train, m_test, {{"ask", {"logistic", "svm", "multinomial_nb", "complement_nb", "knn"}}})}));
        QVERIFY2(!judged.answer.is_null(), qPrintable(judged.output));
        m_judge = judged.answer[0];
    }
    void init() {
        if (m_judge.is_null()) QSKIP("python3-sklearn, the judge, is not installed");
    }
    void theTaskIsNeitherTrivialNorHopeless() {
        QVERIFY(m_judge["logistic"]["f1"].get<double>() > 0.7);
        QVERIFY(m_judge["logistic"]["f1"].get<double>() < 0.97);
    }
    void logisticRegression() {
        const Fitted ours = fitted(Classifier::logistic);
        LogisticObjective objective({ours.train, m_train.labels, 4}, 1);
        std::vector<double> x(objective.variables()), gradient(x.size());
        for (std::size_t k = 0; k < 4; ++k) {
            const auto weights = ours.model->weights(static_cast<std::int64_t>(k));
            for (std::size_t j = 0; j < weights.size(); ++j)
                x[j * 4 + k] = weights[j];
            x[weights.size() * 4 + k] =
                dynamic_cast<const LinearClassifier&>(*ours.model).intercept(static_cast<std::int64_t>(k));
        }
        const double wanted = m_judge["logistic"]["objective"];
        QVERIFY(std::abs(objective(x, gradient) - wanted) < 1e-7 * wanted);
        const Agreement agreement = compare(ours, m_judge["logistic"], always);
        QVERIFY(agreement.differing <= 1);
        QVERIFY(agreement.largest < 1e-4);
    }
    void naiveBayes() {
        for (const auto& [classifier, name] : {std::pair(Classifier::multinomial_nb, "multinomial_nb"),
                                               std::pair(Classifier::complement_nb, "complement_nb")}) {
            const Agreement agreement = compare(fitted(classifier), m_judge[name], always);
            QVERIFY(agreement.differing <= 1);
            QVERIFY(agreement.largest < 1e-10);
        }
    }
    void supportVectorMachine() {
        QVERIFY(compare(fitted(Classifier::svm), m_judge["svm"], always).differing <= 1);
    }
    void nearestNeighbours() {
        const auto& judge = m_judge["knn"];
        const auto has_one_answer = [&](std::size_t i) { return judge["gap"][i].get<double>() > 1e-9; };
        const Agreement agreement = compare(fitted(Classifier::knn), judge, has_one_answer);
        QVERIFY(agreement.differing <= 1);
        QVERIFY(agreement.largest < 1e-10);
    }
};

QTEST_APPLESS_MAIN(TestExactClassifiers)
#include "test_exact_classifiers.moc"
