// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/block_cache.h"

#include "base/error.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <numeric>
#include <vector>

using namespace retort;

namespace {

std::vector<std::uint16_t> block(std::uint16_t first) {
    std::vector<std::uint16_t> values(101); // no whole number of words
    std::iota(values.begin(), values.end(), first);
    return values;
}

} // namespace

class TestBlockCache : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;

    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return dir_.filePath(name).toStdString();
    }
    [[nodiscard]] static std::vector<std::uint16_t> read(const BlockCache& cache, std::int64_t index) {
        std::vector<std::uint16_t> values(101);
        return cache.read(index, values) ? values : std::vector<std::uint16_t>();
    }

private Q_SLOTS:
    void givesBackWhatWasWritten() {
        {
            BlockCache cache(path("a"), 5, 101);
            QVERIFY(read(cache, 3).empty());
            QVERIFY(cache.write(3, block(7)));
            QVERIFY(cache.write(0, block(0)));
            QCOMPARE(read(cache, 3), block(7));
        }
        const BlockCache again(path("a"), 5, 101);
        QCOMPARE(read(again, 0), block(0));
        QCOMPARE(read(again, 3), block(7));
        QVERIFY(read(again, 1).empty() && read(again, 4).empty());
    }
    void twoAtOnceSeeEachOther() {
        BlockCache first(path("shared"), 2, 101), second(path("shared"), 2, 101);
        QVERIFY(first.write(1, block(9)));
        QCOMPARE(read(second, 1), block(9));
    }
    void aFileOfOtherSizesIsReplaced() {
        { QVERIFY(BlockCache(path("b"), 5, 101).write(1, block(1))); }
        const BlockCache other(path("b"), 6, 101);
        QVERIFY(read(other, 1).empty());
    }
    void aDamagedBlockIsAbsent() {
        { QVERIFY(BlockCache(path("c"), 2, 101).write(1, block(1))); }
        QFile file(dir_.filePath("c"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(file.size() - 1));
        QVERIFY(file.putChar('x'));
        file.close();
        const BlockCache cache(path("c"), 2, 101);
        QVERIFY(read(cache, 1).empty());
    }
    void takesNoRoomBeforeItIsFilled() {
        const BlockCache cache(path("sparse"), 100'000, 100'000);
        QFile file(dir_.filePath("sparse"));
        QVERIFY(file.size() > 20'000'000'000);
    }
    void saysWhereItCannotBe() {
        try {
            const BlockCache cache(path("missing") / "d", 1, 1);
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::workspace);
            QVERIFY(QString::fromStdString(error.what()).contains("/run/teacher"));
        }
    }
};

QTEST_APPLESS_MAIN(TestBlockCache)
#include "test_block_cache.moc"
