// SPDX-License-Identifier: GPL-3.0-or-later
// compare and report, as a person or a script calls them.
#include "ctl.h"

#include <QMap>
#include <QTest>
#include <cmath>

using namespace retort::test;
using nlohmann::json;

namespace {

/// Four steps for each run, one for each domain in turn or all together.
const char* const turns = R"({"retort": 1, "name": "tiny-turns", "title": "In turn, or <together>?",
    "seeds": [1, 2], "conclusions": false,
    "claims": [{"id": "x", "text": "Turns forget.", "tests": [
        {"kind": "higher", "variant": "turns", "reference": "joint", "metric": "forgetting"}]}],
    "base": {"task": "teacher",
    "data": {"corpus": "tiny", "context": 16, "tokenizer": {"vocab": 400}},
    "model": {"layers": 1, "width": 16, "heads": 2}, "optim": {"batch": 4, "tokens": 256, "lr": 0.02},
    "run": {"threads": 1, "eval_tokens": 64, "eval_every": 1, "checkpoint_every": 9, "samples": 0}},
    "variants": {"joint": {}, "turns": {"schedule": {"kind": "sequential"}}}})";

} // namespace

class TestReportCommands : public QObject {
    Q_OBJECT
    Ctl ctl_;

    [[nodiscard]] double loss_of(const char* run) const {
        const CtlResult result = ctl_.run_in_workspace({"show", run, "--json"});
        return json::parse(result.out.toStdString())["summary"]["loss"].get<double>();
    }

private Q_SLOTS:
    void initTestCase() {
        const QString file = ctl_.write("turns.json", turns);
        const CtlResult result = ctl_.run_in_workspace({"run", file});
        QVERIFY2(result.status == 0, result.error.constData());
    }
    void comparisonsHaveTheNumbersOfTheRuns() {
        const CtlResult result =
            ctl_.run_in_workspace({"compare", "tiny-turns", "--reference", "joint", "--json"});
        QVERIFY2(result.status == 0, result.error.constData());
        const json all = json::parse(result.out.toStdString());
        QCOMPARE(all.size(), std::size_t{2});
        QMap<QString, json> variants;
        for (const json& one : all)
            variants[QString::fromStdString(one["variant"])] = one;
        const double joint = (loss_of("tiny-turns/joint/1") + loss_of("tiny-turns/joint/2")) / 2;
        const double turns = (loss_of("tiny-turns/turns/1") + loss_of("tiny-turns/turns/2")) / 2;
        QVERIFY(std::abs(variants["joint"]["last"]["mean"].get<double>() - joint) < 1e-12);
        QVERIFY(std::abs(variants["turns"]["difference"]["mean"].get<double>() - (turns - joint)) < 1e-12);
        QVERIFY(variants["joint"]["difference"].is_null());
        QCOMPARE(variants["turns"]["n"].get<int>(), 2);
    }
    void everyFormatIsWritten() {
        const QMap<QString, QByteArray> begins = {{"csv", "variant,n,last,last_spread,"},
                                                  {"markdown", "Perplexity on en: mean"},
                                                  {"latex", "\\begin{table}"},
                                                  {"html", "<table>"},
                                                  {"text", "Variant"}};
        for (auto format = begins.begin(); format != begins.end(); ++format) {
            const CtlResult result = ctl_.run_in_workspace(
                {"compare", "tiny-turns", "--metric", "perplexity.en", "--format", format.key()});
            QVERIFY2(result.out.startsWith(format.value()), result.out.constData());
            QVERIFY(result.out.contains("turns") && result.out.contains("joint"));
        }
    }
    void aCurveOfTheTrainingCanBeCompared() {
        const CtlResult result =
            ctl_.run_in_workspace({"compare", "tiny-turns/joint/1", "tiny-turns/turns/1", "--metric", "ce",
                                   "--out", ctl_.path("ce.csv"), "--format", "csv"});
        QVERIFY2(result.status == 0, result.error.constData());
        QCOMPARE(ctl_.read("ce.csv").count(u'\n'), 3);
    }
    void whatIsNotThereIsSaid() {
        QCOMPARE(ctl_.run_in_workspace({"compare", "tiny-turns", "--metric", "nonsense"}).status, 3);
        QCOMPARE(ctl_.run_in_workspace({"compare", "tiny-turns", "--reference", "nobody"}).status, 2);
        QCOMPARE(ctl_.run_in_workspace({"compare", "nothing"}).status, 3);
        QCOMPARE(ctl_.run_in_workspace({"report", "nothing", "--out", ctl_.path("r.html")}).status, 3);
        QCOMPARE(ctl_.run_in_workspace({"report", "tiny-turns", "--out", ctl_.path("r.doc")}).status, 2);
    }
    void theReportIsWhole() {
        const CtlResult result =
            ctl_.run_in_workspace({"report", "tiny-turns", "--out", ctl_.path("report.html")});
        QVERIFY2(result.status == 0, result.error.constData());
        const QString html = ctl_.read("report.html");
        for (const char* part :
             {"<h1>In turn, or &lt;together&gt;?</h1>", "<h2>Question</h2>", "<h2>Answer</h2>",
              "<h2>Data</h2>", "<h2>Set-up</h2>", "<h2>Results</h2>", "<h2>Forgetting</h2>",
              "<h2>Threats to validity</h2>", "<h2>To repeat it</h2>", "no conclusions", "Turns forget.",
              "4 finished runs", "schedule.kind = &quot;sequential&quot;", "“Turns forget.”",
              "fewer than the 6", "retortctl run tiny-turns.json"})
            QVERIFY2(html.contains(QString::fromUtf8(part)), part);
        QVERIFY(!html.contains(QLatin1String("http"))); // it needs nothing else
        const double loss = (loss_of("tiny-turns/turns/1") + loss_of("tiny-turns/turns/2")) / 2;
        QVERIFY(html.contains(QString::number(loss, 'f', 2)));
    }
    void itIsLatexToo() {
        QCOMPARE(ctl_.run_in_workspace({"report", "tiny-turns", "--out", ctl_.path("report.tex")}).status, 0);
        QVERIFY(ctl_.read("report.tex").contains(QLatin1String("\\section{Forgetting}")));
        QVERIFY(ctl_.read("report.tex").contains(QLatin1String("\\begin{tikzpicture}")));
    }
    void chosenRunsAreReportedToo() {
        const CtlResult result = ctl_.run_in_workspace(
            {"report", "tiny-turns/joint/1", "tiny-turns/turns/1", "--out", ctl_.path("runs.tex")});
        QVERIFY2(result.status == 0, result.error.constData());
        const QString tex = ctl_.read("runs.tex");
        QVERIFY(tex.contains(QLatin1String("\\title{Runs compared: joint and turns}")));
        QVERIFY(tex.contains(QLatin1String("has the lowest validation loss")));
        QVERIFY(tex.contains(QLatin1String("retortctl run tiny-turns.json --variant turns --seed 1")));
    }
    /// Of what was measured elsewhere nothing is said that nobody knows.
    void anImportedRunHasNoConfiguration() {
        const QString curves = ctl_.path("curves");
        QCOMPARE(ctl_.run_in_workspace({"export", "tiny-turns/joint/1", "--format", "csv", "--out", curves})
                     .status,
                 0);
        const CtlResult in =
            ctl_.run_in_workspace({"import", curves, "--study", "else", "--variant", "where"});
        QVERIFY2(in.status == 0, in.error.constData());
        const CtlResult both = ctl_.run_in_workspace(
            {"report", "else/where/1", "tiny-turns/joint/1", "--out", ctl_.path("i.md")});
        QVERIFY2(both.status == 0, both.error.constData());
        const QString text = ctl_.read("i.md");
        for (const char* part : {"What else/where/1 read is not known", "not known: imported from",
                                 "The configuration of else/where/1 is not known", "retortctl import",
                                 "The whole configuration of tiny-turns/joint/1"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QVERIFY(!text.contains(QLatin1String("The corpus  has"))); // a default's name
        const CtlResult alone = ctl_.run_in_workspace({"report", "else/where/1", "--out", ctl_.path("j.md")});
        QVERIFY2(alone.status == 0, alone.error.constData());
        QVERIFY(!ctl_.read("j.md").contains(QLatin1String("The whole configuration")));
        QVERIFY(!ctl_.read("j.md").contains(QLatin1String("An evaluation reads")));
        QCOMPARE(ctl_.run_in_workspace({"bin", "put", "else/where/1"}).status, 0); // as it was
    }
    void aDocumentOfEachNumberIsBesideTheFigure() {
        QCOMPARE(ctl_.run_in_workspace(
                         {"report", "tiny-turns", "--out", ctl_.path("r.tex"), "--figures", ctl_.path("f")})
                     .status,
                 0);
        const json of = json::parse(ctl_.read("f/training-ce.json").toStdString());
        QCOMPARE(of["runs"].size(), std::size_t{4});
        QVERIFY(of["made_with"].contains("retort"));
        QVERIFY(ctl_.read("f/training-ce.tex").contains(QLatin1String("\\addplot")));
    }
    /// The points of each seed in the figure's file are those that `metrics` gives, number by number.
    void everyStoredPointIsInTheFiguresCsv() {
        QCOMPARE(ctl_.run_in_workspace(
                         {"report", "tiny-turns", "--out", ctl_.path("r.tex"), "--figures", ctl_.path("f")})
                     .status,
                 0);
        QCOMPARE(ctl_.run_in_workspace({"metrics", "tiny-turns/turns/2", "--csv", ctl_.path("m.csv")}).status,
                 0);
        QMap<int, QString> stored, drawn;
        for (const QString& line : ctl_.read("m.csv").split(u'\n', Qt::SkipEmptyParts)) {
            const QStringList cells = line.split(u','); // step,tokens,wall_seconds,name,domain,value
            if (cells[3] == QLatin1String("ce") && cells[4].isEmpty()) stored[cells[0].toInt()] = cells[5];
        }
        for (const QString& line : ctl_.read("f/training-ce.csv").split(u'\n', Qt::SkipEmptyParts)) {
            const QStringList cells = line.split(u','); // curve,step,value,low,high
            if (cells[0] == QLatin1String("turns/2")) drawn[cells[1].toInt()] = cells[2];
        }
        QVERIFY(stored.size() >= 4);
        QCOMPARE(drawn, stored);
    }
};

QTEST_GUILESS_MAIN(TestReportCommands)
#include "test_report_commands.moc"
