// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "data/sampler.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

using namespace retort;

namespace {

const std::vector<ScheduleKind> all_kinds = {ScheduleKind::balanced, ScheduleKind::random,
                                             ScheduleKind::proportional, ScheduleKind::sequential,
                                             ScheduleKind::cyclic};

Sampler::Options options(ScheduleKind kind = ScheduleKind::balanced) {
    Sampler::Options o;
    o.seed = 7;
    o.schedule.kind = kind;
    o.domains = {"en", "fr", "de", "py"};
    o.windows = {50, 31, 17, 9};
    o.batch = 6;
    o.accumulate = 3;
    o.total_steps = 40;
    return o;
}

using Batches = std::vector<std::vector<SampledSequence>>;

Batches draw(Sampler& sampler, int micro_batches) {
    Batches batches;
    while (micro_batches-- > 0)
        batches.push_back(sampler.next());
    return batches;
}

/// The windows of one domain in the order of their drawing.
std::vector<std::int64_t> stream_of(const Sampler::Options& o, const std::string& domain, int micro_batches) {
    Sampler sampler(o);
    std::vector<std::int64_t> windows;
    for (const auto& batch : draw(sampler, micro_batches))
        for (const SampledSequence& s : batch)
            if (o.domains[static_cast<std::size_t>(s.domain)] == domain) windows.push_back(s.window);
    return windows;
}

std::vector<double> frequencies(const Sampler::Options& o, int micro_batches) {
    Sampler sampler(o);
    std::vector<double> counts(o.domains.size());
    for (const auto& batch : draw(sampler, micro_batches))
        for (const SampledSequence& s : batch)
            counts[static_cast<std::size_t>(s.domain)] += 1;
    return counts;
}

} // namespace

class TestSampler : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyEpochVisitsEveryWindowOnce() {
        for (const ScheduleKind kind : all_kinds) {
            const auto o = options(kind);
            for (std::size_t d = 0; d < o.domains.size(); ++d) {
                const auto windows = stream_of(o, o.domains[d], 400);
                const auto size = static_cast<std::size_t>(o.windows[d]);
                for (std::size_t epoch = 0; (epoch + 1) * size <= windows.size(); ++epoch) {
                    const auto* first = windows.data() + epoch * size;
                    const std::set<std::int64_t> seen(first, first + size);
                    QCOMPARE(seen.size(), size);
                    QVERIFY(*seen.begin() == 0 && *seen.rbegin() == o.windows[d] - 1);
                }
                QVERIFY(windows.size() > 2 * size);
            }
        }
    }
    void epochsAndSeedsDiffer() {
        auto o = options();
        const auto windows = stream_of(o, "en", 200);
        QVERIFY(!std::equal(windows.begin(), windows.begin() + 50, windows.begin() + 50));
        o.seed = 8;
        QVERIFY(stream_of(o, "en", 20) !=
                std::vector(windows.begin(), windows.begin() + std::ssize(stream_of(o, "en", 20))));
    }
    void permutationsAreUniform() { // each window equally often first in its epoch: 6000 epochs of 6 windows
        Sampler::Options o;
        o.domains = {"en"};
        o.windows = {6};
        o.batch = 6;
        Sampler sampler(o);
        std::vector<int> first(6);
        for (const auto& batch : draw(sampler, 6000))
            ++first[static_cast<std::size_t>(batch.front().window)];
        for (const int count : first)
            QVERIFY2(std::abs(count - 1000) < 5 * 29,
                     qPrintable(QString::number(count))); // five standard deviations
    }
    void balancedCountsAreExactOverARotation() {
        Sampler sampler(options());
        const auto batches = draw(sampler, 200);
        for (std::size_t i = 0; i < batches.size(); ++i) {
            std::vector<int> counts(4);
            for (const SampledSequence& s : batches[i])
                ++counts[static_cast<std::size_t>(s.domain)];
            QCOMPARE(std::ranges::min(counts), 1);
            QCOMPARE(std::ranges::max(counts), 2);
            if (i % 2 == 1) // 6 sequences for 4 domains come out even every two micro-batches
                for (const std::string& domain : options().domains)
                    QCOMPARE(stream_of(options(), domain, static_cast<int>(i + 1)).size(), 3 * (i + 1) / 2);
        }
    }
    void balancedIsInDomainOrder() {
        auto o = options();
        o.batch = 9;
        Sampler sampler(o);
        for (std::int64_t micro_batch = 0; micro_batch < 8; ++micro_batch) {
            std::vector<std::int64_t> domains;
            for (const SampledSequence& s : sampler.next())
                domains.push_back(s.domain);
            QCOMPARE(domains, (std::vector<std::int64_t>{0, 0, 1, 1, 2, 2, 3, 3, micro_batch % 4}));
        }
    }
    void fewerSequencesThanDomainsGoRound() {
        auto o = options();
        o.batch = 3;
        QCOMPARE(frequencies(o, 4), (std::vector<double>{3, 3, 3, 3}));
    }
    void randomAndProportionalFollowTheirShares() {
        const int micro_batches = 5000;
        for (const ScheduleKind kind : {ScheduleKind::random, ScheduleKind::proportional}) {
            const auto o = options(kind);
            const auto counts = frequencies(o, micro_batches);
            const double n = static_cast<double>(micro_batches * o.batch);
            for (std::size_t d = 0; d < counts.size(); ++d) {
                const double p =
                    kind == ScheduleKind::random ? 0.25 : static_cast<double>(o.windows[d]) / 107.0;
                QVERIFY(std::abs(counts[d] - n * p) < 5 * std::sqrt(n * p * (1 - p)));
            }
        }
    }
    void randomDoesNotDependOnTheOrderOfDomains() {
        for (const ScheduleKind kind : {ScheduleKind::random, ScheduleKind::proportional}) {
            auto o = options(kind), turned = o;
            std::ranges::reverse(turned.domains);
            std::ranges::reverse(turned.windows);
            Sampler a(o), b(turned);
            for (int i = 0; i < 100; ++i) {
                const auto x = a.next(), y = b.next();
                for (std::size_t k = 0; k < x.size(); ++k)
                    QVERIFY(x[k].window == y[k].window && x[k].domain == 3 - y[k].domain);
            }
        }
    }
    void sequentialSharesTheSteps() {
        const auto o = options(ScheduleKind::sequential);
        Sampler sampler(o);
        const auto batches = draw(sampler, 45 * 3); // five steps more than planned stay with the last domain
        for (std::size_t i = 0; i < batches.size(); ++i)
            for (const SampledSequence& s : batches[i])
                QCOMPARE(s.domain, std::min<std::int64_t>(static_cast<std::int64_t>(i) / 3 / 10, 3));
    }
    void replayIsExactOverEveryStage_data() {
        QTest::addColumn<double>("share");
        for (const double share : {0.01, 0.05, 0.25, 0.29, 0.5, 0.9})
            QTest::newRow(qPrintable(QString::number(share))) << share;
    }
    void replayIsExactOverEveryStage() {
        QFETCH(double, share);
        auto o = options(ScheduleKind::sequential);
        o.replay = share;
        Sampler sampler(o);
        const auto batches = draw(sampler, 40 * 3);
        constexpr std::int64_t in_stage = 10 * 3 * 6;
        for (std::int64_t stage = 0; stage < 4; ++stage) {
            std::vector<std::int64_t> of(4);
            for (std::int64_t i = stage * 30; i < (stage + 1) * 30; ++i)
                for (const SampledSequence& s : batches[static_cast<std::size_t>(i)])
                    ++of[static_cast<std::size_t>(s.domain)];
            const auto replays =
                stage == 0 ? 0 : static_cast<std::int64_t>(std::lround(share * 1e4)) * in_stage / 10000;
            QCOMPARE(of[static_cast<std::size_t>(stage)], in_stage - replays);
            for (std::int64_t earlier = 0; earlier < stage; ++earlier) // in equal parts
                QCOMPARE(of[static_cast<std::size_t>(earlier)], (replays + stage - 1 - earlier) / stage);
        }
    }
    void replayShowsWhatWasSeen() {
        auto o = options(ScheduleKind::sequential);
        o.replay = 0.5;
        Sampler sampler(o);
        std::vector<std::vector<std::int64_t>> own(4), again(4);
        const auto batches = draw(sampler, 40 * 3);
        for (std::size_t i = 0; i < batches.size(); ++i)
            for (const SampledSequence& s : batches[i]) {
                const bool is_own = s.domain == static_cast<std::int64_t>(i / 30);
                (is_own ? own : again)[static_cast<std::size_t>(s.domain)].push_back(s.window);
            }
        for (std::size_t d = 0; d < 3; ++d) {
            QVERIFY(!again[d].empty());
            for (std::size_t k = 0; k < again[d].size(); ++k)
                QCOMPARE(again[d][k], own[d][k % own[d].size()]);
        }
    }
    void replayRestartsExactly() {
        auto o = options(ScheduleKind::sequential);
        o.replay = 0.25;
        Sampler whole(o);
        for (int i = 0; i < 115; ++i) {
            const Sampler::State state = whole.state();
            Sampler fresh(o);
            fresh.restore(state);
            QCOMPARE(fresh.next(), whole.next());
        }
    }
    void cyclicBlocksAreInOptimiserSteps() {
        auto o = options(ScheduleKind::cyclic);
        o.schedule.block = 2;
        Sampler sampler(o);
        const auto batches = draw(sampler, 100);
        for (std::size_t i = 0; i < batches.size(); ++i)
            for (const SampledSequence& s : batches[i])
                QCOMPARE(s.domain, static_cast<std::int64_t>(i / 6 % 4));
    }
    void restartIsExactAtEveryMicroBatch() {
        for (const ScheduleKind kind : all_kinds) {
            Sampler whole(options(kind));
            std::vector<Sampler::State> states;
            Batches batches;
            for (int i = 0; i < 130; ++i) {
                states.push_back(whole.state());
                batches.push_back(whole.next());
            }
            Sampler used(options(kind)); // one that is somewhere else already
            for (std::size_t i = states.size(); i-- > 0;) {
                Sampler fresh(options(kind));
                fresh.restore(states[i]);
                used.restore(states[i]);
                for (std::size_t k = i; k < std::min(i + 4, batches.size()); ++k) {
                    QCOMPARE(fresh.next(), batches[k]);
                    QCOMPARE(used.next(), batches[k]);
                }
            }
        }
    }
    void aDomainsStreamIsItsOwn() {
        const auto o = options();
        const auto windows = stream_of(o, "de", 40);
        auto reordered = o;
        std::ranges::reverse(reordered.domains);
        std::ranges::reverse(reordered.windows);
        auto alone = o;
        alone.domains = {"de"};
        alone.windows = {17};
        for (const auto& other : {reordered, alone}) {
            const auto same = stream_of(other, "de", 40);
            const auto common = std::min(same.size(), windows.size());
            QVERIFY(common > 40);
            QVERIFY(std::equal(same.begin(), same.begin() + static_cast<std::ptrdiff_t>(common),
                               windows.begin()));
        }
    }
    void domainWithoutWindowsIsADataError() {
        auto o = options();
        o.windows[1] = 0;
        try {
            Sampler sampler(o);
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::data);
            QVERIFY(std::string(error.what()).find("fr") != std::string::npos);
        }
    }
};

QTEST_APPLESS_MAIN(TestSampler)
#include "test_sampler.moc"
