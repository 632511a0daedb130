// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of an import one by one; the whole of it is in test_import.cpp.
#include "base/error.h"
#include "base/files.h"
#include "data/import/byte_stream.h"
#include "data/import/cleaning.h"
#include "data/import/json_documents.h"
#include "data/import/json_elements.h"
#include "data/import/licences.h"
#include "data/import/min_hash.h"
#include "data/import/paragraphs.h"
#include "data/import/part_file.h"
#include "data/import/sorted_records.h"
#include "data/import/words.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <random>
#include <set>
#include <zlib.h>
#include <zstd.h>

using namespace retort;
namespace fs = std::filesystem;

namespace {

std::string gzip(const std::string& text, const fs::path& file) {
    gzFile out = gzopen(file.c_str(), "wb");
    gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
    gzclose(out);
    return read_file(file);
}

std::string zstd(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

/// Objects of a file as the cutter finds them, "!" for one that is not whole.
std::vector<std::string> elements_of(const fs::path& file, std::size_t limit = 1 << 20) {
    const auto stream = open_byte_stream(file);
    JsonElements elements(*stream, limit);
    std::vector<std::string> found;
    for (JsonElement element; elements.next(element);)
        found.push_back(element.state == JsonElement::State::whole ? std::string(element.text) : "!");
    return found;
}

std::set<std::vector<std::uint64_t>> shingles(const std::vector<std::uint64_t>& words) {
    std::set<std::vector<std::uint64_t>> all;
    for (std::size_t i = 0; i + 5 <= words.size(); ++i)
        all.insert(std::vector<std::uint64_t>(words.begin() + static_cast<std::ptrdiff_t>(i),
                                              words.begin() + static_cast<std::ptrdiff_t>(i + 5)));
    return all;
}

double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    const auto of_a = shingles(a), of_b = shingles(b);
    const auto both = std::ranges::count_if(of_a, [&](const auto& one) { return of_b.contains(one); });
    return static_cast<double>(both) /
           static_cast<double>(of_a.size() + of_b.size() - static_cast<std::size_t>(both));
}

MinHash min_hash(const std::vector<std::uint64_t>& words) {
    MinHasher hasher;
    for (const std::uint64_t word : words)
        hasher.word(word);
    MinHash hash;
    (void)hasher.finish(0, hash);
    return hash;
}

std::vector<std::string> paragraphs_of(std::string_view text) {
    std::vector<std::string> found;
    for (const Paragraph& paragraph : split_paragraphs(text).places)
        found.push_back((paragraph.heading ? "#" : "") + std::string(paragraph.of(text)));
    return found;
}

} // namespace

class TestImportParts : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    [[nodiscard]] fs::path path(const std::string& name) const {
        return fs::path(dir_.path().toStdString()) / name;
    }
    fs::path write(const std::string& bytes) {
        write_file_atomically(path("x"), bytes);
        return path("x");
    }

private Q_SLOTS:
    void compressedFilesReadAsTheirText() {
        std::string text;
        for (int i = 0; i < 200000; ++i)
            text += std::to_string(i * 7919) + "\n";
        const std::string member = gzip(text, path("g"));
        std::string read;
        for (const std::string& bytes : {text, member, zstd(text)}) {
            QVERIFY(read_all(*open_byte_stream(write(bytes)), 10 << 20, read));
            QVERIFY(read == text);
        }
        QVERIFY(read_all(*open_byte_stream(write(member + member)), 10 << 20, read));
        QVERIFY(read == text + text);
        QVERIFY(!read_all(*open_byte_stream(write(text)), 1000, read));
        for (const std::string& bytes : {member, zstd(text)}) {
            try {
                (void)read_all(*open_byte_stream(write(bytes.substr(0, bytes.size() / 2))), 10 << 20, read);
                QFAIL("half a file was read");
            } catch (const Error& error) {
                QVERIFY2(std::string(error.what()).find("cut short") != std::string::npos, error.what());
            }
        }
    }
    void objectsAreCutAsTheyWereWritten() {
        const std::vector<std::string> objects = {"{\"a\": \"}{\\\"\", \"b\": [1, {\"c\": {}}]}",
                                                  "{\"t\": \"\\\\\"}", "{}",
                                                  "{\"long\": \"" + std::string(3000000, 'x') + "\"}"};
        std::string lines = "\xef\xbb\xbf", array = "[", compact = "[";
        for (const std::string& object : objects) {
            lines += object + "\r\n\n";
            array += (array.size() > 1 ? ",\n    " : "\n    ") + object;
            compact += (compact.size() > 1 ? "," : "") + object;
        }
        for (const std::string& text : {lines, array + "\n]\n", compact + "]"})
            QCOMPARE(elements_of(write(text), 4 << 20), objects);
        QCOMPARE(elements_of(write(lines)).back(), std::string("!"));
    }
    void damageCostsOneObject() {
        QCOMPARE(elements_of(
                     write("{\"a\": 1}\n{\"b\": \"cut\n{\"c\": 3}\n{\"d\": {\n{\"e\": 5}\nword\n{\"f\": 6}")),
                 (std::vector<std::string>{"{\"a\": 1}", "!", "{\"c\": 3}", "!", "{\"e\": 5}", "!",
                                           "{\"f\": 6}"}));
        QCOMPARE(elements_of(write("[\n  {\n    \"a\": \"cut\n  },\n  {\n    \"b\": 2\n  }\n]")),
                 (std::vector<std::string>{"!", "{\n    \"b\": 2\n  }"}));
    }
    void languagesOfAnArticleAreDocuments() {
        const JsonDocuments found = read_json_documents(
            "{\"en\": {\"text\": \"T\", \"wikidata_id\": \"Q1\", \"x\": [1, {\"text\": \"no\"}]}, \"fr\": "
            "{\"version_id\": \"2\"},\n                \"de\": {\"text\": 5}, \"es\": {\"text\": \"S\"}}");
        QCOMPARE(found.documents.size(), std::size_t{2});
        QCOMPARE(found.documents[0].domain, std::string("en"));
        QCOMPARE(found.documents[1].id, std::string("Q1"));
        QCOMPARE(found.faults.size(), std::size_t{2});
        QCOMPARE(found.faults[0].reason, SkipReason::no_text);
        QCOMPARE(found.faults[1].reason, SkipReason::malformed);
        const JsonDocuments flat =
            read_json_documents("{\"content\": \"C\", \"text\": \"T\", \"lang\": \"x\", \"domain\": \"y\", "
                                "\"id\": 7, \"license\": \"MIT\"}");
        QCOMPARE(flat.documents.at(0).text, std::string("T"));
        QCOMPARE(flat.documents.at(0).domain, std::string("y"));
        QCOMPARE(flat.documents.at(0).id, std::string("7"));
        QCOMPARE(flat.documents.at(0).licence, std::string("MIT"));
    }
    void paragraphsAreCut() {
        QCOMPARE(paragraphs_of("one\n two \n\n"), (std::vector<std::string>{"one", "two"}));
        QCOMPARE(paragraphs_of("one\nmore\n \ntwo\n"), (std::vector<std::string>{"one\nmore", "two"}));
        const std::string wiki = "\n_START_ARTICLE_\nT\n_START_SECTION_\nEmpty\n_START_SECTION_\nS_1\n_START_"
                                 "PARAGRAPH_\na_NEWLINE_b";
        QCOMPARE(paragraphs_of(wiki), (std::vector<std::string>{"#T", "#Empty", "#S_1", "a", "b"}));
        QCOMPARE(join_paragraphs(wiki, split_paragraphs(wiki)), std::string("T\nS_1\na\nb"));
        QVERIFY(paragraphs_of(" \n\t\n").empty());
    }
    void foreignParagraphsGo() {
        const std::string english =
            "The house on the hill was built by a man who had come to the town in the spring.";
        const std::string french =
            "La maison sur la colline fut construite par un homme qui était venu dans la ville.";
        const std::string german =
            "Das Haus auf dem Hügel wurde von einem Mann gebaut, der im Frühling in die Stadt kam.";
        for (const auto& [domain, own] :
             {std::pair{"en", english}, std::pair{"fr", french}, std::pair{"de", german}}) {
            SourceDocument document{"a", domain, english + "\n" + french + "\n" + german, "", ""};
            CleaningSpec spec;
            spec.min_characters = 1;
            const CleanDocument clean = clean_document(std::move(document), 0, false, spec);
            QCOMPARE(clean.tally.wrong_language, 2);
            QCOMPARE(std::string(clean.paragraphs.places.at(0).of(clean.source.text)), own);
        }
    }
    void similarityIsThatOfTheShingles() {
        std::mt19937_64 random(1);
        for (const double share : {0.0, 0.01, 0.03, 0.2}) {
            std::vector<std::uint64_t> a(2000);
            std::ranges::generate(a, random);
            std::vector<std::uint64_t> b = a;
            for (std::uint64_t& word : b)
                if (std::uniform_real_distribution<>(0, 1)(random) < share) word = random();
            const double exact = jaccard(a, b);
            const double estimate = similarity(min_hash(a).signature, min_hash(b).signature);
            QVERIFY2(std::abs(exact - estimate) < 0.14, std::to_string(estimate).c_str()); // three deviations
        }
        QCOMPARE(similarity(min_hash({1}).signature, min_hash({1}).signature), 1.0); // most bins were empty
    }
    void wordsAreLowerCaseRuns() {
        const auto hashes = [](std::string_view text) {
            std::vector<std::uint64_t> all;
            for_each_word(text, [&](std::uint64_t hash) { all.push_back(hash); });
            return all;
        };
        QCOMPARE(hashes("L’Été, 1999—été!"), hashes("l été été"));
        QCOMPARE(hashes("日本").size(), std::size_t{2});
        QVERIFY(hashes("12 … «»").empty());
        QVERIFY(hashes("a") != hashes("b"));
    }
    void recordsAreSortedOnDisk() {
        std::mt19937_64 random(2);
        SortedRecords<std::uint64_t> records(path("sorted"), 1000);
        std::vector<std::uint64_t> all(10000);
        std::ranges::generate(all, [&] { return random() % 5000; });
        for (const std::uint64_t one : all)
            records.add(one);
        std::ranges::sort(all);
        for (int again = 0; again < 2; ++again) {
            std::vector<std::uint64_t> read;
            auto cursor = records.read();
            while (const std::uint64_t* one = cursor.next())
                read.push_back(*one);
            QVERIFY(read == all);
        }
    }
    void partsAreCutToAmounts() {
        const auto cut = [this](std::int64_t least, std::int64_t most) {
            PartFile part("train", "en", path("."), path("records"));
            std::uint64_t number = 0; // also how many paragraphs
            for (const std::int64_t amount : {5, 4, 9, 1, 1, 7}) {
                const std::vector<std::uint64_t> paragraphs(number, number);
                part.add(std::to_string(amount) + "\n", {{number++, 0}, 0, amount, 0, amount, amount},
                         paragraphs);
            }
            part.cut(least, most, [](const PartRecord& record, std::span<const std::uint64_t> paragraphs) {
                QCOMPARE(paragraphs.size(), record.key.high);
                QVERIFY(std::ranges::count(paragraphs, record.key.high) ==
                        static_cast<std::ptrdiff_t>(record.key.high));
            });
            return read_file(path("train.en.jsonl"));
        };
        QCOMPARE(cut(0, 100), std::string("5\n4\n9\n1\n1\n7\n"));
        QCOMPARE(cut(9, 10), std::string("5\n4\n"));     // not the 1 that would fit
        QCOMPARE(cut(10, 10), std::string("5\n4\n1\n")); // only to reach the least
        QCOMPARE(cut(3, 4), std::string("4\n"));
    }
    void spilledBytesComeBackInOrder() {
        SpillFile file(path("spill"), 64);
        std::vector<std::uint32_t> all(1000);
        std::ranges::generate(all, std::mt19937(5));
        file.append_records(std::span<const std::uint32_t>(all));
        SpillReader reader(file, 10); // no whole number of records
        std::vector<std::uint32_t> read;
        for (std::uint32_t one = 0; !reader.at_end(); read.push_back(one))
            reader.next_records(std::span<std::uint32_t>(&one, 1));
        QVERIFY(read == all);
        std::uint32_t more = 0;
        QVERIFY_THROWS_EXCEPTION(Error, reader.next_records(std::span<std::uint32_t>(&more, 1)));
    }
    void licencesAreRead() {
        QCOMPARE(spdx_line("/* SPDX-License-Identifier: MIT OR Apache-2.0 */\nx"),
                 std::string("MIT OR Apache-2.0"));
        QCOMPARE(spdx_line("x"), std::string());
        const std::vector<std::string> allowed = {"MIT", "GPL-2.0-only"};
        QVERIFY(allows(allowed, "(MIT OR Apache-2.0)"));
        QVERIFY(allows(allowed, "GPL-2.0-only WITH Classpath-exception-2.0"));
        QVERIFY(!allows(allowed, "MIT AND Apache-2.0"));
        QVERIFY(!allows(allowed, ""));
        QCOMPARE(recognise_licence(read_file(fs::path(RETORT_SOURCE_DIR) / "LICENSE")),
                 std::string("GPL-3.0-only"));
    }
};

QTEST_APPLESS_MAIN(TestImportParts)
#include "test_import_parts.moc"
