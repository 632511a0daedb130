// SPDX-License-Identifier: GPL-3.0-or-later
// Against distributions worked by hand.
#include "base/philox.h"
#include "nn/sampling.h"

#include <QTest>
#include <cmath>

using namespace retort;

namespace {

/// Tokens 0 to 4; 1 and 3 are equals.
std::vector<float> logs() {
    std::vector<float> all;
    for (const double p : {0.1, 0.2, 0.4, 0.2, 0.1})
        all.push_back(static_cast<float>(std::log(p)));
    return all;
}

using Expected = std::vector<std::pair<std::int64_t, double>>;

} // namespace
Q_DECLARE_METATYPE(Expected)

class TestSampling : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rules_data() {
        QTest::addColumn<double>("temperature");
        QTest::addColumn<int>("topK");
        QTest::addColumn<double>("topP");
        QTest::addColumn<Expected>("expected");
        QTest::newRow("all") << 1.0 << 0 << 1.0 << Expected{{2, 0.4}, {1, 0.2}, {3, 0.2}, {0, 0.1}, {4, 0.1}};
        QTest::newRow("greedy") << 0.0 << 0 << 1.0 << Expected{{2, 1.0}};
        QTest::newRow("greedy among few") << 0.0 << 3 << 0.1 << Expected{{2, 1.0}};
        QTest::newRow("top-k") << 1.0 << 2 << 1.0 << Expected{{2, 2.0 / 3}, {1, 1.0 / 3}};
        QTest::newRow("top-k beyond the vocabulary")
            << 1.0 << 9 << 1.0 << Expected{{2, 0.4}, {1, 0.2}, {3, 0.2}, {0, 0.1}, {4, 0.1}};
        QTest::newRow("top-p cuts after what reaches it")
            << 1.0 << 0 << 0.5 << Expected{{2, 2.0 / 3}, {1, 1.0 / 3}};
        QTest::newRow("top-p keeps one at least") << 1.0 << 0 << 0.01 << Expected{{2, 1.0}};
        // Half the temperature squares: 16, 4, 4, 1, 1 of 26.
        QTest::newRow("cold")
            << 0.5 << 0 << 1.0
            << Expected{{2, 16.0 / 26}, {1, 4.0 / 26}, {3, 4.0 / 26}, {0, 1.0 / 26}, {4, 1.0 / 26}};
        // Of the three 16, 4, 4 of 24; two reach 0.8.
        QTest::newRow("one after the other") << 0.5 << 3 << 0.8 << Expected{{2, 0.8}, {1, 0.2}};
    }
    void rules() {
        QFETCH(double, temperature);
        QFETCH(int, topK);
        QFETCH(double, topP);
        QFETCH(Expected, expected);
        const auto found = chances(logs(), {temperature, topK, topP});
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            QCOMPARE(found[i].token, expected[i].first);
            QVERIFY(std::abs(found[i].probability - expected[i].second) < 1e-6);
        }
    }
    void aNumberBelowOneDrawsAToken() {
        const std::vector<TokenChance> three = {{7, 0.5}, {2, 0.25}, {9, 0.25}};
        QCOMPARE(draw(three, 0.0), 7);
        QCOMPARE(draw(three, 0.4999), 7);
        QCOMPARE(draw(three, 0.5), 2);
        QCOMPARE(draw(three, 0.75), 9);
        const std::vector<TokenChance> short_of_one = {{1, 0.3}, {4, 0.6999}};
        QCOMPARE(draw(short_of_one, 0.99999), 4);
    }
    void drawsFollowTheProbabilities() {
        const auto all = chances(logs(), {});
        const RandomStream random(1, "test draws");
        std::vector<int> counts(5);
        constexpr int draws = 20000;
        for (std::uint64_t i = 0; i < draws; ++i)
            ++counts[static_cast<std::size_t>(
                draw(all, static_cast<double>(random.bits(i, 0) >> 11) * 0x1p-53))];
        for (const TokenChance& one : all) // five standard deviations
            QVERIFY(std::abs(counts[static_cast<std::size_t>(one.token)] - one.probability * draws) <
                    5 * std::sqrt(one.probability * draws));
    }
    void alternativesHaveTheModelsProbabilities() {
        const auto best = most_probable(logs(), 3);
        QCOMPARE(best.size(), std::size_t{3});
        QCOMPARE(best[0].token, 2);
        QCOMPARE(best[1].token, 1);
        QVERIFY(std::abs(best[2].probability - 0.2) < 1e-6);
        QCOMPARE(most_probable(logs(), 9).size(), std::size_t{5});
    }
};

QTEST_APPLESS_MAIN(TestSampling)
#include "test_sampling.moc"
