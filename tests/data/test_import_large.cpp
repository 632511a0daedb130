// SPDX-License-Identifier: GPL-3.0-or-later
// Arrays larger than the memory that an import may have.
#include "import_fixture.h"
#include "support/generated_wiki.h"

#include <QTest>
#include <algorithm>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace retort;
using namespace retort::test;
namespace fs = std::filesystem;

class TestImportLarge : public QObject {
    Q_OBJECT
    const ImportHome home_;

private Q_SLOTS:
    void cleanup() { home_.clear(); }

    void memoryIsBounded_data() {
        QTest::addColumn<int>("gigabytes");
        QTest::addRow("1 GB") << 1;
        QTest::addRow("5 GB") << 5;
    }
    void memoryIsBounded() {
        QFETCH(int, gigabytes);
        const std::int64_t bytes = gigabytes * std::int64_t{1'000'000'000};
        // The array, its documents in the spool, and the corpus; the indexes are a fifth of it.
        if (static_cast<std::int64_t>(fs::space(home_.path()).available) < 7 * bytes / 2)
            QSKIP("too little free space for the array, the work and the corpus");
        const fs::path file = home_.path() / "wiki.json";
        const std::int64_t articles = write_wiki_array(file, bytes);
        const ImportSpec spec = import_of({file});
        const pid_t child = ::fork();
        if (child == 0) ::_exit(error_of([&] { (void)import_documents(spec, {}); }) ? 1 : 0);
        int status = 0;
        rusage used{};
        QVERIFY(::wait4(child, &status, 0, &used) == child);
        QCOMPARE(status, 0);
        qInfo("%lld articles in three languages; largest memory: %ld MiB", static_cast<long long>(articles),
              used.ru_maxrss / 1024);
        QVERIFY(used.ru_maxrss < 1'000'000'000 / 1024); // KiB

        const ImportReport report = import_report(open_corpus("x")).value();
        QCOMPARE(report.domains.size(), std::size_t{3});
        for (const DomainReport& domain : report.domains) {
            QCOMPARE(domain.read.articles, articles);
            QCOMPARE(domain.skipped.at(SkipReason::duplicate), articles / 20);
        }
        for (const BalanceReport& balance : report.balance)
            QVERIFY(balance.difference_percent <= spec.balance.max_diff_percent);
        QCOMPARE(report.leaks, LeakReport{});
        QVERIFY(is_tidy());
    }
};

QTEST_APPLESS_MAIN(TestImportLarge)
#include "test_import_large.moc"
