// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/corpus_removal.h"

#include "base/error.h"
#include "support/tiny_corpus.h"

#include <QTemporaryDir>
#include <QTest>
#include <functional>

using namespace retort;
namespace fs = std::filesystem;

namespace {

ErrorKind kindOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

} // namespace

class TestCorpusRemoval : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> dir_;

private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void whatIsRemovedComesBackWhole() {
        const Corpus corpus = test::import_tiny_corpus(dir_->path().toStdString());
        remove_corpus("tiny");
        QVERIFY(list_corpora().empty());
        QVERIFY(kindOf([] { (void)open_corpus("tiny"); }) == ErrorKind::data);
        restore_corpus("tiny");
        QCOMPARE(open_corpus("tiny").identity(), corpus.identity());
    }
    void whatIsForgottenDoesNot() {
        (void)test::import_tiny_corpus(dir_->path().toStdString());
        remove_corpus("tiny");
        forget_removed_corpora();
        QVERIFY(kindOf([] { restore_corpus("tiny"); }) == ErrorKind::data);
        QVERIFY(fs::is_empty(corpora_folder()));
        forget_removed_corpora(); // nothing is there
    }
    void aNewCorpusMayHaveTheName() {
        (void)test::import_tiny_corpus(dir_->path().toStdString());
        remove_corpus("tiny");
        const Corpus other = test::import_tiny_corpus(dir_->path().toStdString(), "tiny", {.seed = 2});
        QVERIFY(kindOf([] { restore_corpus("tiny"); }) == ErrorKind::data);
        QCOMPARE(open_corpus("tiny").identity(), other.identity());
        remove_corpus("tiny"); // which takes the place of the first
        restore_corpus("tiny");
        QCOMPARE(open_corpus("tiny").identity(), other.identity());
    }
    void whatIsDeletedIsGoneAndNothingElse() {
        (void)test::import_tiny_corpus(dir_->path().toStdString());
        remove_corpus("tiny");
        const Corpus other = test::import_tiny_corpus(dir_->path().toStdString(), "other");
        delete_corpus("other");
        QVERIFY(!fs::exists(other.folder));
        QVERIFY(kindOf([] { restore_corpus("other"); }) == ErrorKind::data);
        restore_corpus("tiny"); // which can still be undone
        delete_corpus("tiny");
        QVERIFY(kindOf([] { delete_corpus("tiny"); }) == ErrorKind::data);
        for (const auto& entry : fs::recursive_directory_iterator(corpora_folder()))
            QVERIFY2(!entry.is_regular_file(), entry.path().c_str());
    }
    void aDamagedCorpusCanBeRemoved() {
        const Corpus corpus = test::import_tiny_corpus(dir_->path().toStdString());
        fs::remove(corpus.folder / "train.en.jsonl");
        remove_corpus("tiny");
        QVERIFY(!fs::exists(corpus.folder));
    }
    void onlyCorporaAreRemoved() {
        (void)test::import_tiny_corpus(dir_->path().toStdString());
        for (const char* name : {"", ".", "..", "other", "../packages", ".removed", "tiny/."})
            QVERIFY(kindOf([&] { remove_corpus(name); }) == ErrorKind::data);
        QCOMPARE(list_corpora().size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestCorpusRemoval)
#include "test_corpus_removal.moc"
