// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/code_languages.h"
#include "spec/import_report_json.h"
#include "spec/import_spec_json.h"

#include <QTest>
#include <algorithm>

using namespace retort;

namespace {

ImportSpec small_import() {
    ImportSpec spec;
    spec.name = "mine";
    spec.sources.push_back({"wiki.json", "wiki", ImportFormat::json, "", "CC-BY-SA-3.0", 0});
    return spec;
}

std::vector<std::string> places(const std::vector<Problem>& problems) {
    std::vector<std::string> pointers;
    for (const Problem& problem : problems)
        pointers.push_back(problem.pointer);
    return pointers;
}

Tally tally(std::int64_t first) {
    return {first, first + 1, first + 2, first + 3};
}

ImportReport full_report() {
    ImportReport report;
    report.unit = AmountUnit::tokens;
    report.domains = {{"en", false, true, tally(1), tally(5), {9, 8, 7}, {{SkipReason::duplicate, 3}}},
                      {"py", true, false, tally(2), tally(3), {}, {}}};
    report.parts = {{"train", "en", tally(4), {0, 0, 5, 0, 1}}};
    report.sources = {{"wiki", "/tmp/wiki.json", tally(6), tally(7), {{"", 1}, {"MIT", 2}}}};
    report.balance = {{"train", 100, 2.5, 11}};
    report.leaks = {1, 2, 3};
    report.skipped = {{SkipReason::not_utf8, 1}, {SkipReason::surplus, 9}};
    report.examples = {{SkipReason::not_utf8, "wiki.json, element 7", "byte 12 is not UTF-8"}};
    report.remarks = {"One sentence."};
    return report;
}

} // namespace

class TestImportSpec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTripKeepsEveryField() {
        ImportSpec spec = small_import();
        spec.files.extensions = {"py", "c"};
        spec.cleaning.similarity = 0.9;
        spec.balance = {false, AmountUnit::tokens, "/tokenizer", 2, true, 1000};
        spec.seed = 7;
        const ImportSpecReading reading = read_import_spec(to_json(spec));
        QVERIFY2(reading.problems.empty(), to_text(reading.problems).c_str());
        QCOMPARE(reading.spec, spec);
    }
    void problemsNameTheirPlace() {
        ImportSpec spec = small_import();
        QVERIFY(check(spec).empty());
        spec.name.clear();
        spec.sources.push_back({"", "wiki", ImportFormat::automatic, "", "", -1});
        spec.balance.unit = AmountUnit::tokens;
        spec.balance.max_diff_percent = 0;
        spec.split = {0.6, 0.4};
        spec.cleaning.max_characters = 10;
        const auto found = places(check(spec));
        for (const char* place :
             {"/name", "/sources/1/path", "/sources/1/cap", "/sources/1/name", "/split", "/balance/tokenizer",
              "/balance/max_diff_percent", "/cleaning/max_characters"})
            QVERIFY2(std::ranges::count(found, place) == 1, place);
        QCOMPARE(found.size(), std::size_t{8});
        QCOMPARE(places(check(ImportSpec{})), (std::vector<std::string>{"/name", "/sources"}));
    }
    void unknownKeysAndTypesAreProblems() {
        Json json = to_json(small_import());
        json["sources"][0]["cap"] = "much";
        json["sources"][0]["url"] = "x";
        json["cleanng"] = Json::object();
        QCOMPARE(places(read_import_spec(json).problems),
                 (std::vector<std::string>{"/cleanng", "/sources/0/cap", "/sources/0/url"}));
        json["sources"] = {"wiki.json"};
        QVERIFY(std::ranges::count(places(read_import_spec(json).problems), "/sources") == 1);
        QCOMPARE(places(read_import_spec(Json::array()).problems), std::vector<std::string>{""});
    }
    void formListsEveryField() {
        const SectionInfo form = describe_import_spec();
        QCOMPARE(form.sections.size(), std::size_t{4});
        QCOMPARE(form.sections.back().pointer, std::string("/balance"));
        QCOMPARE(describe_import_source(3).fields.front().pointer, std::string("/sources/3/path"));
        QCOMPARE(describe_import_source().fields[2].choices.size(), std::size_t{5});
    }
    void codeIsToldFromLanguages() {
        ImportSpec spec;
        spec.code_domains = {"brainfuck"};
        for (const char* code : {"py", "cpp", "rust", "python", "brainfuck"})
            QVERIFY2(is_code_domain(spec, code), code);
        for (const char* language : {"en", "fr", "pl", "cs", "ml", "de"})
            QVERIFY2(!is_code_domain(spec, language), language);
        QCOMPARE(code_language_of("hpp"), "cpp");
        QVERIFY(!code_language_of("txt"));
    }
    void reportRoundTrip() {
        const ImportReport report = full_report();
        QCOMPARE(read_import_report(to_json(report)), report);
        Json json = to_json(report);
        json["skipped"]["unheard_of"] = 1;
        QCOMPARE(read_import_report(json), report);
        json["leaks"].erase("texts");
        QVERIFY(!read_import_report(json));
        QVERIFY(!read_import_report(Json("text")));
    }
};

QTEST_APPLESS_MAIN(TestImportSpec)
#include "test_import_spec.moc"
