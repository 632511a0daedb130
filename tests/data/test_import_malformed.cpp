// SPDX-License-Identifier: GPL-3.0-or-later
// Arrays that are not what they should be: the documents that are whole are read, the others are counted.
#include "import_fixture.h"

#include <QTest>
#include <algorithm>

using namespace retort;
using namespace retort::test;
namespace fs = std::filesystem;

namespace {

constexpr int articles = 60;

/// The array of `articles` articles in three languages, one of which `change` alters as text.
std::string array_with(const std::function<void(std::string& article)>& change) {
    Words words(1);
    std::string array = "[";
    for (int i = 0; i < articles; ++i) {
        std::string text = wiki_article(words, i, languages).dump(4);
        for (std::size_t line = 0; (line = text.find('\n', line)) != std::string::npos; ++line)
            text.insert(line + 1, 4, ' ');
        if (i == 30) change(text);
        array += (i == 0 ? "\n    " : ",\n    ") + text;
    }
    return array + "\n]\n";
}

/// Puts `by` where `what` first is, which must be there.
void replace(std::string& text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    Q_ASSERT(at != std::string::npos);
    text.replace(at, what.size(), by);
}

/// The value of the first "text", with its quotes.
std::string first_text(const std::string& article) {
    const std::size_t key = article.find("\"text\": "), begin = key + 8;
    return article.substr(begin, article.find("\",", begin) + 1 - begin);
}

} // namespace

class TestImportMalformed : public QObject {
    Q_OBJECT
    const ImportHome home_;

    [[nodiscard]] ImportReport report_of(const std::string& bytes) const {
        return preview_import(plain_import_of({home_.write("x.json", bytes)}), {});
    }
    static std::int64_t read_documents(const ImportReport& report) {
        std::int64_t all = 0;
        for (const DomainReport& domain : report.domains)
            all += domain.read.articles;
        return all;
    }

private Q_SLOTS:
    void cleanup() { home_.clear(); }

    void faultsCostTheirDocument_data() {
        QTest::addColumn<QString>("by"); // what the text of one document becomes
        QTest::addColumn<int>("reason"); // SkipReason; -1: none
        QTest::addColumn<int>("lost");   // documents
        const auto row = [](const char* name, const QString& by, SkipReason reason, int lost) {
            QTest::addRow("%s", name) << by << static_cast<int>(reason) << lost;
        };
        row("number", "7", SkipReason::malformed, 1);
        row("null", "null", SkipReason::malformed, 1);
        row("list", "[\"a\", \"b\"]", SkipReason::malformed, 1);
        row("object", "{\"text\": \"a\"}", SkipReason::malformed, 1);
        row("empty", "\"\"", SkipReason::no_text, 1);
        row("white", "\" \\n\\t \"", SkipReason::no_text, 1);
        row("NUL", "\"abc\\u0000def\"", SkipReason::malformed, 1);
        // What is no text at all makes the JSON of the whole article invalid.
        row("high surrogate", "\"abc \\ud83d def\"", SkipReason::not_utf8, 3);
        row("low surrogate", "\"abc \\ude00 def\"", SkipReason::not_utf8, 3);
        row("surrogates in the wrong order", "\"abc \\ude00\\ud83d\"", SkipReason::not_utf8, 3);
        QTest::addRow("a pair of surrogates") << "\"abc \\ud83d\\ude00 def\"" << -1 << 0;
    }
    void faultsCostTheirDocument() {
        QFETCH(QString, by);
        QFETCH(int, reason);
        QFETCH(int, lost);
        const ImportReport report = report_of(array_with(
            [&](std::string& article) { replace(article, first_text(article), by.toStdString()); }));
        QCOMPARE(read_documents(report), 3 * articles - lost);
        std::map<SkipReason, std::int64_t> expected;
        if (reason >= 0) expected[static_cast<SkipReason>(reason)] = 1; // said once
        QCOMPARE(report.skipped, expected);
        QCOMPARE(std::ssize(report.examples), reason >= 0 ? 1 : 0);
        for (const SkippedDocument& example : report.examples)
            QVERIFY(example.place.find("31") != std::string::npos); // counted from 1
    }
    void invalidBytesCostTheirArticle() {
        for (const char* bytes : {"\xff", "\xc3(", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
            const ImportReport report = report_of(array_with([&](std::string& article) {
                replace(article, first_text(article), "\"abc " + std::string(bytes) + " def\"");
            }));
            QVERIFY(read_documents(report) >= 3 * articles - 3);
            QVERIFY(read_documents(report) < 3 * articles);
            QVERIFY(skipped(report, SkipReason::not_utf8) >= 1);
        }
    }
    void languagesMayBeMissing() {
        const ImportReport report = report_of(array_with([](std::string& article) {
            Json json = Json::parse(article);
            json.erase("fr");
            article = json.dump(4);
        }));
        QCOMPARE(read_documents(report), 3 * articles - 1);
        QVERIFY(report.skipped.empty());
        QCOMPARE(report.domains.at(2).domain, std::string("fr"));
        QCOMPARE(report.domains[2].read.articles, articles - 1);
    }
    void elementsOfOtherTypesAreCounted() {
        for (const char* element : {"7", "null", "\"a text\"", "[7]", "{}"}) {
            const ImportReport report =
                report_of(array_with([&](std::string& article) { article = element; }));
            QCOMPARE(read_documents(report), 3 * (articles - 1));
            std::int64_t faults = 0;
            for (const auto& [reason, count] : report.skipped)
                faults += count;
            QVERIFY2(faults >= 1, element);
        }
    }
    void sameIdsStayOnce() {
        const ImportReport report =
            report_of(array_with([](std::string& article) { // as of the article before
                for (std::size_t at = 0; (at = article.find("Q30", at)) != std::string::npos;)
                    article.replace(at, 3, "Q29");
            }));
        QCOMPARE(read_documents(report), 3 * articles);
        QCOMPARE(report.skipped, (std::map<SkipReason, std::int64_t>{{SkipReason::duplicate_id, 3}}));
    }
    /// Wherever it is cut, what is whole before the cut is read, and the cut is said.
    void arraysCutAnywhereKeepWhatIsWhole() {
        const std::string whole = array_with([](std::string&) {});
        Words random(5);
        for (int cut = 0; cut < 12; ++cut) {
            const std::size_t size = whole.size() / 3 + random.below(whole.size() * 2 / 3 - 10);
            const std::string article_end = "\n        }\n    }";
            std::int64_t ended = 0;
            for (std::size_t at = whole.find(article_end); at + article_end.size() <= size;
                 at = whole.find(article_end, at + 1))
                ++ended;
            const ImportReport report = report_of(whole.substr(0, size));
            QCOMPARE(read_documents(report), 3 * ended);
            QVERIFY(skipped(report, SkipReason::malformed) >= 1);
        }
    }
    /// Any byte may become any other, in several places: there is a report, or an error in words.
    void damageIsSurvived() {
        const std::string whole = array_with([](std::string&) {});
        Words random(6);
        for (int time = 0; time < 30; ++time) {
            std::string damaged = whole;
            for (std::uint64_t places = 1 + random.below(8); places > 0; --places) {
                const std::size_t at = random.below(damaged.size());
                switch (random.below(3)) {
                case 0:
                    damaged[at] = static_cast<char>(random.below(256));
                    break;
                case 1:
                    damaged.erase(at, 1 + random.below(200));
                    break;
                default:
                    damaged.insert(at, 1, "{}[]\",:\\\n"[random.below(9)]);
                }
            }
            const auto error = error_of([&] {
                const ImportReport report = report_of(damaged);
                QVERIFY(read_documents(report) <= 3 * articles);
            });
            QVERIFY(!error || error->kind() == ErrorKind::data);
        }
    }
    void filesWithoutArticlesAreNamed() {
        for (const char* bytes : {"", "[]", "[\n]\n", "   ", "{", "[[[[[["}) {
            const auto error = error_of([&] { (void)report_of(bytes); });
            QVERIFY2(error && error->kind() == ErrorKind::data, bytes);
            QVERIFY(QString(error->what()).endsWith('.'));
        }
    }
};

QTEST_APPLESS_MAIN(TestImportMalformed)
#include "test_import_malformed.moc"
