// SPDX-License-Identifier: GPL-3.0-or-later
// Classifiers that chance has a part in, or among whose splits it chooses: their score, over five sets of
// texts and seeds, is that of scikit-learn.
#include "router/classifier.h"
#include "router_judge.h"

#include <QTest>

using namespace retort;

namespace {

constexpr std::uint64_t seeds = 5;
constexpr std::size_t windows = 3000;

/// Mean of the F1 of each class, weighted by how often the class is true.
double weighted_f1(const std::vector<std::int32_t>& truth, const std::vector<std::int32_t>& said) {
    double sum = 0;
    for (std::int32_t k = 0; k < 4; ++k) {
        double both = 0, is_true = 0, is_said = 0;
        for (std::size_t i = 0; i < truth.size(); ++i) {
            is_true += truth[i] == k;
            is_said += said[i] == k;
            both += truth[i] == k && said[i] == k;
        }
        sum += is_true * 2 * both / (is_true + is_said);
    }
    return sum / static_cast<double>(truth.size());
}

double score(const test::Texts& train, const test::Texts& tested, const RouterSpec& spec,
             std::uint64_t seed) {
    Tfidf tfidf(spec);
    const SparseRows rows = tfidf.fit(train.sequences()), test_rows = tfidf.transform(tested.sequences());
    const auto model = make_classifier(spec);
    model->fit({rows, train.labels, 4}, seed, {});
    std::vector<std::int32_t> said;
    std::vector<double> p(4);
    for (std::size_t i = 0; i < test_rows.rows(); ++i) {
        model->probabilities(test_rows.row(i), p);
        said.push_back(static_cast<std::int32_t>(std::ranges::max_element(p) - p.begin()));
    }
    return weighted_f1(tested.labels, said);
}

} // namespace

class TestRandomClassifiers : public QObject {
    Q_OBJECT
private:
    std::vector<test::Texts> m_train, m_test;
    nlohmann::json m_judge; ///< null: not installed

private Q_SLOTS:
    void initTestCase() {
        nlohmann::json questions;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            test::TextMaker maker;
            maker.seed = seed;
            maker.words = 600;
            maker.own = 0.6;
            m_train.push_back(maker.make(600, 20, 100, "train"));
            m_test.push_back(maker.make(windows, 20, 100, "test"));
            questions.push_back(test::question(m_train.back(), m_test.back(),
                                               {{"ask", {"sgd", "tree", "forest"}}, {"seed", seed}}));
        }
        if (!test::python_has(QStringLiteral("sklearn"))) return;
        const test::Judgement judged = test::ask_judge(questions);
        QVERIFY2(!judged.answer.is_null(), qPrintable(judged.output));
        m_judge = judged.answer;
    }
    void scoresAreThoseOfScikitLearn_data() {
        QTest::addColumn<int>("classifier");
        QTest::newRow("sgd") << static_cast<int>(Classifier::sgd);
        QTest::newRow("tree") << static_cast<int>(Classifier::tree);
        QTest::newRow("forest") << static_cast<int>(Classifier::forest);
    }
    void scoresAreThoseOfScikitLearn() {
        if (m_judge.is_null()) QSKIP("python3-sklearn, the judge, is not installed");
        QFETCH(int, classifier);
        RouterSpec spec;
        spec.classifier = static_cast<Classifier>(classifier);
        double ours = 0, theirs = 0;
        for (std::size_t i = 0; i < seeds; ++i) {
            ours += score(m_train[i], m_test[i], spec, i + 1) / seeds;
            theirs += m_judge[i][QTest::currentDataTag()]["f1"].get<double>() / seeds;
        }
        QVERIFY2(std::abs(ours - theirs) < 0.003,
                 qPrintable(QStringLiteral("%1, not %2").arg(ours).arg(theirs)));
        QVERIFY(ours > 0.6);
    }
};

QTEST_APPLESS_MAIN(TestRandomClassifiers)
#include "test_random_classifiers.moc"
