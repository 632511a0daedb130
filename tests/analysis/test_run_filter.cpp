// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/filter_tokens.h"
#include "analysis/run_filter.h"

#include <QTest>
#include <cmath>

using namespace retort;

namespace {

RunRecord run_named(const std::string& id, const std::string& variant, std::uint64_t seed, RunStatus status,
                    std::optional<double> loss) {
    RunRecord run;
    run.id = id;
    run.study = "alpha";
    run.variant = variant;
    run.seed = seed;
    run.status = status;
    run.created = "2026-11-2" + std::to_string(seed) + "T10:00:00.000Z";
    run.summary.loss = loss;
    RunSpec spec;
    spec.seed = seed;
    spec.optim.lr = seed == 1 ? 5e-4 : 1e-3;
    spec.distill.emplace().alpha.mode = variant == "fixed" ? AlphaMode::fixed : AlphaMode::adaptive;
    run.spec = to_json(spec);
    return run;
}

/// A done; B stopped, starred, tagged and named; C running; D a teacher without distillation, its loss NaN.
std::vector<RunRecord> runs() {
    std::vector<RunRecord> all = {run_named("A", "fixed", 1, RunStatus::done, 3.5),
                                  run_named("B", "adaptive", 2, RunStatus::stopped, 4),
                                  run_named("C", "adaptive", 3, RunStatus::running, {}),
                                  run_named("D", "teacher", 4, RunStatus::done, std::nan(""))};
    all[0].summary.perplexity = {{"en", 30}, {"de", 41}};
    all[1].summary.perplexity = {{"en", 35}, {"de", 39.9}};
    all[1].marks = {"Best so far", {"baseline", "paper 2"}, true, "warm up \"longer\""};
    all[1].parameters.total = 1'500'000;
    all[2].parameters.total = 900'000;
    RunSpec teacher;
    teacher.task = all[3].task = Task::teacher;
    all[3].spec = to_json(teacher);
    return all;
}

/// Ids of the runs that fit, or what is wrong.
std::string fitting(const std::string& text) {
    const std::vector<RunRecord> all = runs();
    const FilterReading reading = read_run_filter(text, RunFields::of(all));
    if (reading.problem) return reading.problem->message;
    std::string ids;
    for (const RunRecord& run : all)
        if (reading.filter.fits(run)) ids += run.id;
    return ids;
}

std::string joined(const FilterCompletion& completion) {
    std::string text = std::to_string(completion.begin) + "+" + std::to_string(completion.length) + ":";
    for (const std::string& word : completion.words)
        text += " " + word;
    return text;
}

} // namespace

class TestRunFilter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsThatFit_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("ids");
        const auto row = [](const char* text, const char* ids) { QTest::newRow(text) << text << ids; };
        row("", "ABCD");
        row("   ", "ABCD");
        row("perplexity.de < 40", "B");
        row("perplexity.de<40", "B");
        row("perplexity.de >= 41", "A");
        row("perplexity.de > 41", "");
        row("perplexity.de <= 41 and perplexity.en != 30", "B");
        row("alpha.mode = adaptive", "BC");
        row("Distill.Alpha.Mode = adaptive", "BC");
        row("alpha.mode = ADAPTIVE", "BC");
        row("alpha.mode != adaptive", "AD"); // the opposite of =, so also where there is none
        row("not alpha.mode = adaptive", "AD");
        row("alpha.mode = none", "D");
        row("alpha.mode != none", "ABC");
        row("alpha.mode ~ adapt", "BC");
        row("/distill/alpha/mode = fixed", "A");
        row("loss = none", "C");
        row("loss = nan", "D");
        row("loss < 100", "AB");
        row("loss != 4", "ACD");
        row("loss > -1", "AB");
        row("lr = 0.0005", "AD");
        row("lr = 5e-4", "AD");
        row("parameters > 1M", "B");
        row("parameters < 1.5M and parameters > 800k", "C");
        row("status = done", "AD");
        row("status = Done or status = stopped", "ABD");
        row("status = done and not teacher", "A");
        row("seed > 1 seed < 4", "BC");                // side by side means and
        row("seed = 1 or seed = 2 and loss < 4", "A"); // and goes first
        row("(seed = 1 or seed = 2) and loss < 4", "A");
        row("(seed = 1 or seed = 2) and loss <= 4", "AB");
        row("not (seed = 1 or seed = 2)", "CD");
        row("not not seed = 1", "A");
        row("seed = 1 OR seed = 4", "AD");
        row("adaptive", "BC");
        row("ADAPT running", "C");
        row("alpha/fixed", "A");
        row("so far", "B");
        row("\"so far\"", "B");
        row("\"far so\"", "");
        row("baseline", "B");
        row("tag = baseline", "B");
        row("tag = \"paper 2\"", "B");
        row("tag = paper", "");
        row("tag ~ paper", "B");
        row("tag != baseline", "ACD");
        row("tag = none", "ACD");
        row("starred = yes", "B");
        row("starred = true", "B");
        row("starred != true", "ACD");
        row("name ~ best", "B");
        row("note ~ \"\\\"longer\\\"\"", "B");
        row("note = \"none\"", "");
        row("created = 2026-11-22", "B");
        row("created >= 2026-11-22", "BCD");
        row("created > 2026-11-22", "CD");
        row("created < 2026-11-22T11", "AB");
        row("created ~ 11-23", "C");
        row("task = teacher", "D");
        row("variant = \"and\"", "");
        row("data.domains = de", "ABCD");
        row("data.domains = d", "");
        row("progress >= 50%", "");
    }
    void runsThatFit() {
        QFETCH(QString, text);
        QFETCH(QString, ids);
        QCOMPARE(QString::fromStdString(fitting(text.toStdString())), ids);
    }
    void problemsSayWhereAndWhatToDo_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("place");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* text, int place, int length, const char* message) {
            QTest::newRow(text) << text << place << length << message;
        };
        row("loss <", 5, 1, "A value is missing after <; write one, in quotes if it is a word like and.");
        row("status = and x", 7, 1,
            "A value is missing after =; write one, in quotes if it is a word like and.");
        row("< 40", 0, 1, "A field is missing before <; write one, as in status = done.");
        row("loss < 4 and", 9, 3, "A condition is missing after and; write one, as in loss < 4.");
        row("or loss < 4", 0, 2, "A condition is missing before or; write one, or put the word in quotes.");
        row("x or and y", 2, 2, "A condition is missing after or; write one, as in loss < 4.");
        row("()", 1, 1, "A condition is missing here; write one, as in loss < 4.");
        row("(loss < 4", 0, 1, "This ( is never closed; write a ) behind what belongs together.");
        row("loss < 4)", 8, 1, "This ) closes nothing; take it away or write its ( before.");
        row("note ~ \"warm", 7, 5, "This \" is never closed; write another one behind the text.");
        row("\"warm", 0, 5, "This \" is never closed; write another one behind the text.");
        row("loss =< 4", 5, 2, "There is no sign =<; write =, !=, <, <=, >, >= or ~ (contains).");
        row("adaptive !loss", 9, 1, "There is no sign !; write =, !=, <, <=, >, >= or ~ (contains).");
        row("seed = 1 perplexty.de < 40", 9, 12,
            "No run has a field perplexty.de; did you mean perplexity.de?");
        row("perplexity.es < 40", 0, 13, "No run has a field perplexity.es; did you mean perplexity.en?");
        row("quux = 1", 0, 4, "No run has a field quux; `retortctl show RUN` lists a run's fields.");
        row("loss < low", 7, 3, "“low” is no number, as loss is; write one, as in loss < 40.");
        row("loss < 4x", 7, 2, "“4x” is no number, as loss is; write one, as in loss < 40.");
        row("loss ~ 4", 5, 1, "~ looks into texts, and loss is a number; compare it by =, < or >.");
        row("status < done", 7, 1, "status has no order; compare it by =, != or ~.");
        row("starred = maybe", 10, 5, "“maybe” is neither true nor false, as starred is; write one of them.");
        row("starred > true", 8, 1, "starred is true or false; compare it by = or !=.");
        row("task = techer", 7, 6,
            "task is never “techer”; write teacher, or another of teacher, distill, router, modular or "
            "imported.");
        row("task = x", 7, 1, "task is never “x”; write teacher, distill, router, modular or imported.");
        row("created > yesterday", 10, 9,
            "“yesterday” is no date, as created is; write it as 2026-11-20 or as 2026-11-20T18:30, in UTC.");
    }
    void problemsSayWhereAndWhatToDo() {
        QFETCH(QString, text);
        QFETCH(int, place);
        QFETCH(int, length);
        QFETCH(QString, message);
        const FilterReading reading = read_run_filter(text.toStdString(), RunFields::of(runs()));
        QVERIFY(reading.problem);
        QCOMPARE(QString::fromStdString(reading.problem->message), message);
        QCOMPARE(reading.problem->place, std::size_t(place));
        QCOMPARE(reading.problem->length, std::size_t(length));
        QVERIFY(reading.filter.is_empty());
    }
    void anAmbiguousEndListsWhatItMayBe() {
        const std::string message = fitting("kind = cyclic");
        QVERIFY2(message.starts_with("kind may be data.tokenizer.kind") &&
                     message.ends_with("; write one of them."),
                 message.c_str());
    }
    void anyTextIsReadOrRefused() {
        // Every string of up to five of these pieces either has a meaning or one sentence.
        const std::vector<std::string> pieces = {"(", ")", "and ", "not ", "loss ", "< ", "4 ", "\""};
        std::vector<std::string> texts = {""};
        int refused = 0;
        for (int length = 0; length < 5; ++length) {
            std::vector<std::string> longer;
            for (const std::string& text : texts)
                for (const std::string& piece : pieces)
                    longer.push_back(text + piece);
            texts = std::move(longer);
        }
        const RunFields fields;
        for (const std::string& text : texts) {
            const FilterReading reading = read_run_filter(text, fields);
            if (!reading.problem) continue;
            ++refused;
            QVERIFY2(reading.problem->message.ends_with('.') || reading.problem->message.ends_with('?'),
                     text.c_str());
            QVERIFY2(reading.problem->place + reading.problem->length <= text.size(), text.c_str());
        }
        QVERIFY(refused > 0 && std::size_t(refused) < texts.size());
    }
    void namesAndValuesAreCompleted_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("completion");
        const auto row = [](const char* text, const char* words) { QTest::newRow(text) << text << words; };
        row("", "0+0:");
        row("perplexity.d", "0+12: perplexity.de");
        row("loss < 4 and alpha.m", "13+7: distill.alpha.mode");
        row("star", "0+4: starred");
        row("starred =", "9+0: true false");
        row("starred = t", "10+1: true");
        row("task = t", "7+1: teacher distill router imported");
        row("variant = ", "10+0: adaptive fixed teacher");
        row("tag = pa", "6+2: \"paper 2\"");
        row("loss < ", "7+0:");
        row("loss ", "5+0:");
    }
    void namesAndValuesAreCompleted() {
        QFETCH(QString, text);
        QFETCH(QString, completion);
        const std::string bytes = text.toStdString();
        QCOMPARE(
            QString::fromStdString(joined(complete_run_filter(bytes, bytes.size(), RunFields::of(runs())))),
            completion);
    }
    void completionLooksOnlyBeforeTheCursor() {
        const std::string text = "sta = done";
        QCOMPARE(joined(complete_run_filter(text, 3, RunFields())).substr(0, 11), "0+3: status");
    }
    void quotingKeepsATextAsItIs() {
        for (const char* text :
             {"plain", "two words", "a=b", "say \"so\"", "back\\slash", "and", "none", ""}) {
            const std::vector<FilterToken> tokens = filter_tokens(quoted_for_filter(text));
            QCOMPARE(tokens.size(), std::size_t{2});
            QCOMPARE(tokens[0].text, std::string(text));
        }
    }
};

QTEST_APPLESS_MAIN(TestRunFilter)
#include "test_run_filter.moc"
