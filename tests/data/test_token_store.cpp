// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "data/token_store.h"
#include "support/tiny_corpus.h"

#include <QTemporaryDir>
#include <QTest>

using namespace retort;
namespace fs = std::filesystem;

class TestTokenStore : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    std::optional<Corpus> corpus_;
    std::optional<Tokenizer> tokenizer_;
    const std::vector<std::string> domains_ = {"py", "en", "fr"};
    [[nodiscard]] fs::path path(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }

    /// Documents one after the other, put together here in the plain way.
    std::vector<std::int64_t> expected(const std::string& split, const std::string& domain) const {
        std::vector<std::int64_t> ids;
        for_each_article(*corpus_, split, domain, [&](const Article& article) {
            ids.push_back(1);
            for (const std::int32_t id : tokenizer_->encode(article.text))
                ids.push_back(id);
            ids.push_back(2);
        });
        return ids;
    }
    std::string opening_error(const fs::path& folder) {
        try {
            TokenStore store(folder);
        } catch (const Error& error) {
            return error.kind() == ErrorKind::data ? error.what() : "";
        }
        return {};
    }
    fs::path copy() {
        fs::remove_all(path("copy"));
        fs::copy(path("tokens"), path("copy"));
        return path("copy");
    }

private Q_SLOTS:
    void initTestCase() {
        corpus_ = test::import_tiny_corpus(path("scratch"));
        DataSpec data;
        data.tokenizer.vocab = 400;
        train_tokenizer(*corpus_, data, path("tokenizer"), {});
        tokenizer_.emplace(path("tokenizer"));
        tokenise_corpus(*corpus_, domains_, *tokenizer_, path("tokens"), {});
    }
    void tokensAreTheDocumentsInOrder() {
        const TokenStore store(path("tokens"));
        QCOMPARE(store.vocab(), 400);
        QCOMPARE(store.domains(), domains_);
        for (const std::string split : {"train", "valid"})
            for (const std::string& domain : domains_) {
                const auto ids = expected(split, domain);
                QCOMPARE(store.tokens(split, domain), std::ssize(ids));
                std::vector<std::int64_t> whole(ids.size());
                store.read_window(split, domain, 0, whole);
                QCOMPARE(whole, ids);
            }
    }
    void everyTokenButTheFirstIsATargetOnce() {
        const TokenStore store(path("tokens"));
        const auto ids = expected("train", "en");
        for (const std::int64_t context : {1, 16, 37}) {
            const std::int64_t windows = store.windows("train", "en", context);
            QCOMPARE(windows, (std::ssize(ids) - 1) / context);
            std::vector<std::int64_t> targets, window(static_cast<std::size_t>(context + 1));
            for (std::int64_t w = 0; w < windows; ++w) {
                store.read_window("train", "en", w, window);
                QCOMPARE(window.front(), ids[static_cast<std::size_t>(w * context)]);
                targets.insert(targets.end(), window.begin() + 1, window.end());
            }
            QVERIFY(std::equal(targets.begin(), targets.end(), ids.begin() + 1));
        }
    }
    void misuseIsAnInternalError() {
        const TokenStore store(path("tokens"));
        std::vector<std::int64_t> window(17);
        const auto kind_of = [&](const std::string& domain, std::int64_t index) {
            try {
                store.read_window("train", domain, index, window);
            } catch (const Error& error) {
                return error.exit_status();
            }
            return 0;
        };
        QCOMPARE(kind_of("en", store.windows("train", "en", 16) - 1), 0);
        QCOMPARE(kind_of("en", store.windows("train", "en", 16)), 1);
        QCOMPARE(kind_of("en", -1), 1);
        QCOMPARE(kind_of("de", 0), 1);
    }
    void piecesCountTheBytesOfTheText() {
        const TokenStore store(path("tokens"));
        std::int64_t bytes = 0, counted = 0;
        for_each_article(*corpus_, "valid", "fr",
                         [&](const Article& article) { bytes += std::ssize(article.text); });
        for (const std::int64_t id : expected("valid", "fr"))
            counted += store.piece_bytes()[static_cast<std::size_t>(id)];
        QCOMPARE(counted, bytes);
        QCOMPARE(std::ssize(store.piece_bytes()), store.vocab());
    }
    void bytesDoNotDependOnTheThreads() {
        tokenise_corpus(*corpus_, {"en"}, *tokenizer_, path("alone"), {});
        for (const char* file : {"train.en.bin", "valid.en.bin"})
            QCOMPARE(read_file(path("alone") / file), read_file(path("tokens") / file));
    }
    void progressEndsAtOne() {
        std::vector<double> shares;
        tokenise_corpus(*corpus_, domains_, *tokenizer_, path("again"),
                        [&](const std::string&, double done) { shares.push_back(done); });
        QVERIFY(std::is_sorted(shares.begin(), shares.end()));
        QCOMPARE(shares.back(), 1.0);
    }
    void missingDomainIsADataError() {
        QVERIFY_THROWS_EXCEPTION(Error, tokenise_corpus(*corpus_, {"xx"}, *tokenizer_, path("xx"), {}));
    }
    void damageIsADataError() {
        QVERIFY(opening_error(copy()).empty());
        const fs::path file = copy() / "train.en.bin";
        const std::string bytes = read_file(file);

        write_file_atomically(file, bytes.substr(0, bytes.size() - 1));
        QVERIFY(opening_error(path("copy")).find("train.en.bin is damaged (its length") != std::string::npos);
        std::string flipped = bytes;
        flipped[10] = static_cast<char>(flipped[10] ^ 1);
        write_file_atomically(file, flipped);
        QVERIFY(opening_error(path("copy")).find("train.en.bin is damaged (its bytes") != std::string::npos);
        fs::remove(file);
        QVERIFY(opening_error(path("copy")).find("train.en.bin") != std::string::npos);
    }
    void damagedIndexIsADataError() {
        const fs::path file = copy() / "tokens.json";
        const std::string text = read_file(file);
        for (const std::string& bytes :
             {std::string("{"), std::string("[]"), std::string("{}"), text.substr(0, 50),
              "{\"vocab\":1" + text.substr(text.find(',', 8))}) {
            write_file_atomically(file, bytes);
            QVERIFY2(opening_error(path("copy")).find("tokens.json is damaged") != std::string::npos,
                     bytes.c_str());
        }
        fs::remove(file);
        QVERIFY(!opening_error(path("copy")).empty());
    }
    // A vocabulary above 65 536 is stored in four bytes; the file is written here by hand.
    void wideIdsAreRead() {
        fs::create_directories(path("wide"));
        const std::vector<std::uint32_t> ids = {1, 70000, 2, 65536};
        const std::string bytes(reinterpret_cast<const char*>(ids.data()), ids.size() * 4);
        Json index = {{"vocab", 70001}, {"token_bytes", 4}, {"domains", {"a"}}, {"files", Json::object()}};
        index["piece_bytes"] = std::vector<int>(70001, 1);
        for (const std::string name : {"train.a.bin", "valid.a.bin"}) {
            write_file_atomically(path("wide") / name, bytes);
            index["files"][name] = {{"tokens", 4}, {"sha256", sha256_of(bytes)}};
        }
        write_file_atomically(path("wide") / "tokens.json", index.dump());
        const TokenStore store(path("wide"));
        std::vector<std::int64_t> window(2);
        store.read_window("valid", "a", 2, window);
        QCOMPARE(window, (std::vector<std::int64_t>{2, 65536}));
    }
};

QTEST_GUILESS_MAIN(TestTokenStore)
#include "test_token_store.moc"
