// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "base/ulid.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>
#include <functional>
#include <vector>

using namespace retort;
namespace fs = std::filesystem;

class TestFiles : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    [[nodiscard]] fs::path path(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }

private Q_SLOTS:
    // FIPS 180-4, appendix examples of the standard's test vectors.
    void sha256AgreesWithTheStandard() {
        QCOMPARE(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QCOMPARE(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        write_file_atomically(path("abc"), "abc");
        QCOMPARE(sha256_of_file(path("abc")), sha256_of("abc"));
        QVERIFY_THROWS_EXCEPTION(Error, (void)sha256_of_file(path("none")));
    }
    void fileIsReplacedWhole() {
        write_file_atomically(path("f"), "one");
        write_file_atomically(path("f"), "two");
        QCOMPARE(read_file(path("f")), "two");
        QCOMPARE(std::distance(fs::directory_iterator(path(".")), {}),
                 std::ptrdiff_t{2}); // f, abc: no temporary left
    }
    void failedFolderLeavesTheOldOne() {
        write_folder_atomically(path("d"), [](const fs::path& t) { std::ofstream(t / "x") << "old"; });
        QVERIFY_THROWS_EXCEPTION(std::runtime_error,
                                 write_folder_atomically(path("d"), [](const fs::path& t) {
                                     std::ofstream(t / "x") << "new";
                                     throw std::runtime_error("cut");
                                 }));
        QCOMPARE(read_file(path("d") / "x"), "old");
        write_folder_atomically(path("d"), [](const fs::path& t) { std::ofstream(t / "y") << "new"; });
        QVERIFY(!fs::exists(path("d") / "x"));
        QCOMPARE(read_file(path("d") / "y"), "new");
    }
    void missingFileIsADataError() {
        try {
            (void)read_file(path("none"));
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.exit_status(), 3);
            QVERIFY(std::string(error.what()).find(path("none").string()) != std::string::npos);
        }
    }
    void emptyFileMaps() {
        write_file_atomically(path("empty"), "");
        QVERIFY(MappedFile(path("empty")).bytes().empty());
    }
    void ulidsAreWellFormedAndSortAsTheyWereMade() {
        std::vector<std::string> ids(10'000); // many within a millisecond
        std::ranges::generate(ids, new_ulid);
        for (const std::string& id : ids) {
            QCOMPARE(id.size(), std::size_t{26});
            QVERIFY(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
        }
        QVERIFY(std::ranges::adjacent_find(ids, std::greater_equal{}) == ids.end());
    }
};

QTEST_APPLESS_MAIN(TestFiles)
#include "test_files.moc"
