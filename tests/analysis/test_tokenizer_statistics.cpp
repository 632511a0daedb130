// SPDX-License-Identifier: GPL-3.0-or-later
// Against SciPy, and against cases worked by hand.
#include "analysis/tokenizer_statistics.h"
#include "spec/run_spec_json.h"
#include "tests/nn/python.h"

#include <QTemporaryFile>
#include <QTest>
#include <cmath>
#include <random>

using namespace retort;

namespace {

bool is_near(double value, double wanted, double tolerance = 1e-9) {
    const bool is_so = std::abs(value - wanted) <= tolerance * std::max(std::abs(wanted), 1.0);
    if (!is_so) qWarning("%.15g is not %.15g", value, wanted);
    return is_so;
}

/// Unknown, a mark, a byte, one letter, a space, two words.
TokenCounts small_counts() {
    using enum PieceKind;
    return {
        "small",
        {{"<unk>", unknown, 0},
         {"<s>", control, 0},
         {"<0x0A>", byte, 0},
         {"a", text, 1},
         {"▁", text, 1},
         {"▁the", text, 4},
         {"▁der", text, 4},
         {"▁nie", text, 4}},
        {{"en", 2, 10, 50, 50, {1, 0, 2, 3, 4, 10, 0, 0}}, {"de", 1, 4, 20, 25, {0, 0, 1, 1, 0, 0, 8, 0}}}};
}

TokenCounts random_counts(std::size_t domains, std::size_t entries, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::geometric_distribution<std::int64_t> count(0.05);
    std::bernoulli_distribution is_absent(0.3);
    TokenCounts counts{"random", std::vector<Piece>(entries), {}};
    for (std::size_t d = 0; d < domains; ++d) {
        DomainTokens domain{"d" + std::to_string(d), 1, 1, 1, 1, {}};
        for (std::size_t id = 0; id < entries; ++id)
            domain.counts.push_back(is_absent(random) ? 0 : count(random) * std::int64_t(1 + 10 * d));
        counts.domains.push_back(std::move(domain));
    }
    return counts;
}

std::vector<double> evidence_by_id(const TokenCounts& counts, std::size_t domain) {
    std::vector<double> evidence(counts.pieces.size(), std::nan(""));
    for (const CharacteristicPiece& piece : characteristic_pieces(counts, domain, counts.pieces.size()))
        evidence[static_cast<std::size_t>(piece.id)] = piece.evidence;
    return evidence;
}

Json judged(const TokenCounts& counts) {
    Json domains = Json::array();
    for (const DomainTokens& domain : counts.domains)
        domains.push_back(domain.counts);
    QTemporaryFile file;
    if (!file.open()) return {};
    file.write(QByteArray::fromStdString(domains.dump()));
    file.close();
    const auto result = test::run_python(
        {RETORT_SOURCE_DIR "/tests/reference/tokenizer_statistics_reference.py", file.fileName()});
    return Json::parse(result.output.toStdString(), nullptr, false);
}

} // namespace

class TestTokenizerStatistics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ratiosAreOfEachDomainAndOfAll() {
        const auto ratios = token_ratios(small_counts());
        QCOMPARE(ratios.size(), std::size_t{3});
        const TokenRatios &en = ratios[0], &all = ratios[2];
        QCOMPARE(en.domain, "en");
        QCOMPARE(en.tokens, 20);
        QVERIFY(is_near(en.per_word, 2) && is_near(en.per_character, 0.4) && is_near(en.per_byte, 0.4));
        QVERIFY(is_near(en.unknown, 0.05) && is_near(en.bytes, 0.1) && is_near(en.single_characters, 0.35));
        QCOMPARE(en.used, 5);
        QVERIFY(all.domain.empty());
        QCOMPARE(all.tokens, 30);
        QCOMPARE(all.used, 6);
        QVERIFY(is_near(all.per_word, 30.0 / 14) && is_near(all.per_byte, 30.0 / 75));
        QVERIFY(is_near(unevenness(ratios), 1)); // 20 of 50 bytes, 10 of 25
    }
    void nothingToDivideByIsNoNumber() {
        TokenCounts counts = small_counts();
        counts.domains = {{"none", 0, 0, 0, 0, std::vector<std::int64_t>(8)}};
        const auto ratios = token_ratios(counts);
        QVERIFY(std::isnan(ratios[0].per_word) && std::isnan(ratios[0].unknown));
        QVERIFY(std::isnan(unevenness(ratios)));
        QVERIFY(piece_affinities(counts)[3].specificity == 0);
    }
    void vocabularyIsCountedByKind() {
        const VocabularyParts parts = vocabulary_parts(small_counts());
        QCOMPARE(parts.entries, 8);
        QCOMPARE(parts.specials, 2);
        QCOMPARE(parts.bytes, 1);
        QCOMPARE(parts.single_characters, 2);
        QCOMPARE(parts.words, 3);
        QCOMPARE(parts.unused, 1);
    }
    void domainsWeighAlike() {
        const auto affinities = piece_affinities(small_counts());
        // "a": 3 of 20 and 1 of 10.
        QVERIFY(is_near(affinities[3].shares[0], 0.6) && is_near(affinities[3].shares[1], 0.4));
        QCOMPARE(affinities[6].domain, std::size_t{1});
        QCOMPARE(affinities[6].specificity, 1.0);
        // The byte: 2 of 20 and 1 of 10.
        QVERIFY(is_near(affinities[2].specificity, 0));
        QCOMPARE(affinities[7].count, 0);
    }
    void characteristicPiecesAreThoseUsedMoreOften() {
        const auto pieces = characteristic_pieces(small_counts(), 1, 10);
        QCOMPARE(pieces.size(), std::size_t{1}); // the byte and "a" are not more frequent than in the other
        QCOMPARE(pieces[0].id, 6);
        QVERIFY(std::isinf(pieces[0].ratio));
        QCOMPARE(characteristic_pieces(small_counts(), 0, 1).size(), std::size_t{1});
        TokenCounts alone = small_counts();
        alone.domains.pop_back();
        QVERIFY(characteristic_pieces(alone, 0, 10).empty());
        QCOMPARE(piece_affinities(alone)[3].specificity, 0.0);
    }
    void evidenceAndSpecificityAreThoseOfSciPy() {
        if (!test::python_has(QStringLiteral("scipy"))) QSKIP("python3-scipy, the judge, is not installed");
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const TokenCounts counts = random_counts(1 + seed, 40, seed);
            const Json expected = judged(counts);
            QVERIFY2(expected.is_array(), "the judge gave no answer");
            const auto affinities = piece_affinities(counts);
            for (std::size_t id = 0; id < counts.pieces.size(); ++id)
                QVERIFY(is_near(affinities[id].specificity, expected[id]["specificity"].get<double>()));
            for (std::size_t d = 0; d < counts.domains.size(); ++d) {
                const auto evidence = evidence_by_id(counts, d);
                QVERIFY(!std::ranges::all_of(evidence, [](double e) { return std::isnan(e); }));
                for (std::size_t id = 0; id < evidence.size(); ++id)
                    if (!std::isnan(evidence[id]))
                        QVERIFY(is_near(evidence[id], expected[id]["evidence"][d].get<double>()));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTokenizerStatistics)
#include "test_tokenizer_statistics.moc"
