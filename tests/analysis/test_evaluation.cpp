// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/evaluation.h"

#include <QTest>
#include <cmath>

using namespace retort;

namespace {

// A model that gives every one of 256 byte tokens the same probability: 8 bits a byte, perplexity 256.
EvaluationRow uniform_over_bytes(std::string domain, std::int64_t tokens) {
    EvaluationRow row;
    row.domain = std::move(domain);
    row.nll = static_cast<double>(tokens) * std::log(256.0);
    row.tokens = row.bytes = tokens;
    row.correct = tokens / 256;
    return row;
}

EvaluationRow with_loss(std::string domain, double nats, std::int64_t tokens = 10) {
    EvaluationRow row;
    row.domain = std::move(domain);
    row.nll = nats * static_cast<double>(tokens);
    row.tokens = tokens;
    return row;
}

} // namespace

class TestEvaluation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void uniformModelHasKnownRatios() {
        const EvaluationRow row = uniform_over_bytes("en", 512);
        QCOMPARE(nats_per_token(row), std::log(256.0));
        QCOMPARE(perplexity(row), 256.0);
        QCOMPARE(bits_per_byte(row), 8.0);
        QCOMPARE(accuracy(row), 2.0 / 512.0);
    }
    void bitsPerByteDoesNotDependOnTheTokenizer() {
        EvaluationRow pairs = uniform_over_bytes("en", 512);
        pairs.tokens /= 2; // the same text in tokens of two bytes
        QCOMPARE(bits_per_byte(pairs), 8.0);
        QCOMPARE(perplexity(pairs), 65536.0);
    }
    void ratiosOverNothingAreNaN() {
        const EvaluationRow nothing;
        QVERIFY(std::isnan(nats_per_token(nothing)));
        QVERIFY(std::isnan(perplexity(nothing)));
        QVERIFY(std::isnan(bits_per_byte(nothing)));
        QVERIFY(std::isnan(accuracy(nothing)));
        QVERIFY(std::isnan(macro_mean({})));
        for (const char* best : {"macro", "worst", "en"})
            QVERIFY(std::isnan(best_criterion(best, {})));
    }
    void criteriaCountDomainsNotTokens() {
        const std::vector rows = {with_loss("en", 1.0, 1'000'000), with_loss("fr", 4.0, 10)};
        QCOMPARE(macro_mean(rows), 2.5);
        QCOMPARE(best_criterion("macro", rows), 2.5);
        QCOMPARE(best_criterion("worst", rows), 4.0);
        QCOMPARE(best_criterion("en", rows), 1.0);
        QVERIFY(std::isnan(best_criterion("de", rows)));
    }
    void aNaNIsNeverBest() {
        const std::vector rows = {with_loss("en", std::nan("")), with_loss("fr", 4.0)};
        QVERIFY(std::isnan(best_criterion("macro", rows)));
        QVERIFY(std::isnan(best_criterion("worst", rows)));
        QCOMPARE(best_criterion("fr", rows), 4.0);
    }
    void headlineLeavesOutExpertsSettingsAndOtherSplits() {
        std::vector rows(4, with_loss("en", 1.0));
        rows[0].expert = "fr";
        rows[1].setting = "uniform";
        rows[2].split = "test";
        rows[3].domain = "de";
        const auto chosen = headline(rows);
        QCOMPARE(chosen.size(), std::size_t{1});
        QCOMPARE(chosen[0].domain, "de");
    }
};

QTEST_APPLESS_MAIN(TestEvaluation)
#include "test_evaluation.moc"
