// SPDX-License-Identifier: GPL-3.0-or-later
// Curves leave a workspace and come into another, by the formats of other programs.
#include "ctl.h"

#include <QDir>
#include <QTest>

using namespace retort;

class TestImportExport : public QObject {
    Q_OBJECT
    test::Ctl ctl_;

    [[nodiscard]] nlohmann::json shown(const QString& run, const QString& workspace) const {
        const auto result = ctl_({"show", run, "--json", "--workspace", workspace});
        return nlohmann::json::parse(result.out.toStdString(), nullptr, false);
    }
    [[nodiscard]] QString read(const QString& file) const {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
    }
    void takeAway(const QString& format) const {
        const auto out =
            ctl_(ctl_.in_workspace({"export", "tiny", "--format", format, "--out", ctl_.path(format)}));
        QVERIFY2(out.status == 0, out.error.constData());
        const auto in = ctl_({"import", ctl_.path(format), "--workspace", ctl_.path("of-" + format)});
        QVERIFY2(in.status == 0, in.error.constData());
    }

private Q_SLOTS:
    void initTestCase() {
        const auto run = ctl_(ctl_.in_workspace({"run", ctl_.write_study("study.json")}));
        QVERIFY2(run.status == 0, run.error.constData());
    }
    void csvKeepsEveryBit() {
        takeAway("csv");
        const auto before = shown("tiny/v/1", ctl_.workspace()),
                   after = shown("tiny/v/1", ctl_.path("of-csv"));
        QCOMPARE(QString::fromStdString(after["task"]), QString("imported"));
        QVERIFY(after["summary"] == before["summary"]);
        QVERIFY(after["best"] == before["best"]);
        const auto metrics = [&](const QString& workspace, const QString& file) {
            (void)ctl_({"metrics", "tiny/v/1", "--csv", file, "--workspace", workspace});
            QStringList lines = read(file).split('\n');
            lines.sort(); // curves may be read in another order
            return lines;
        };
        QCOMPARE(metrics(ctl_.path("of-csv"), ctl_.path("after.csv")),
                 metrics(ctl_.workspace(), ctl_.path("before.csv")));
    }
    void tensorBoardKeepsSingles() {
        takeAway("tensorboard");
        QVERIFY(QDir(ctl_.path("tensorboard/tiny/v/1")).entryList(QDir::Files).size() == 1);
        const auto before = shown("tiny/v/1", ctl_.workspace()),
                   after = shown("tiny/v/1", ctl_.path("of-tensorboard"));
        const double loss = before["summary"]["loss"];
        QVERIFY(std::abs(after["summary"]["loss"].get<double>() - loss) < 1e-6 * loss);
        QVERIFY(after["steps"] == before["steps"]);
        QVERIFY(after["tokens"] == before["tokens"]);
    }
    void comparedAndListedAsOthersAre() {
        const auto listed = ctl_({"runs", "--json", "--workspace", ctl_.path("of-csv")});
        QCOMPARE(listed.out.count("\"imported\""), 1);
        const auto compared = ctl_({"compare", "tiny", "--metric", "perplexity.en", "--format", "csv",
                                    "--workspace", ctl_.path("of-csv")});
        QVERIFY2(compared.status == 0, compared.error.constData());
        const auto own =
            ctl_(ctl_.in_workspace({"compare", "tiny", "--metric", "perplexity.en", "--format", "csv"}));
        QCOMPARE(compared.out, own.out);
    }
    void importedTwiceIsThereOnce() {
        const auto again = ctl_({"import", ctl_.path("csv"), "--workspace", ctl_.path("of-csv"), "--json"});
        QCOMPARE(again.status, 0);
        QCOMPARE(nlohmann::json::parse(again.out.toStdString())["new"].get<bool>(), false);
    }
    void namesCanBeChosen() {
        const QString file = ctl_.write("other.csv", "step,loss\n1,2\n2,1\n");
        const auto in = ctl_({"import", file, "--study", "mine", "--variant", "b", "--seed", "4",
                              "--workspace", ctl_.path("of-csv")});
        QCOMPARE(in.out, QByteArray("mine/b/4: 1 curve, 2 points from " + file.toUtf8() + "\n"));
    }
    void whatNeedsAModelIsRefused() {
        const QString workspace = ctl_.path("of-csv");
        for (const QStringList& command :
             {QStringList{"export", "mine/b/4", "--out", ctl_.path("hf")},
              QStringList{"trace", "mine/b/4", "--out", ctl_.path("trace")},
              QStringList{"generate", "mine/b/4", "--prompt", "x"}, QStringList{"resume", "mine/b/4"}}) {
            const auto refused = ctl_(command + QStringList{"--workspace", workspace});
            QVERIFY2(refused.status == 2 || refused.status == 3, refused.error.constData());
            QCOMPARE(refused.error.count('\n'), 1);
        }
    }
    void whatIsDamagedLeavesTheOthers() {
        QDir(ctl_.path("")).mkpath("mixed");
        (void)ctl_.write("mixed/good.csv", "step,loss\n1,2\n");
        (void)ctl_.write("mixed/bad.csv", "step,loss\n1,2\n2,two\n");
        const auto in = ctl_({"import", ctl_.path("mixed"), "--workspace", ctl_.path("of-mixed")});
        QCOMPARE(in.status, 3);
        QVERIFY(in.out.startsWith("mixed/good/1: 1 curve, 1 point "));
        QVERIFY2(in.error.contains("bad.csv, line 3:"), in.error.constData());
    }
    void nothingIsWrittenOver() {
        for (const QString format : {"csv", "tensorboard"}) {
            const auto again =
                ctl_(ctl_.in_workspace({"export", "tiny", "--format", format, "--out", ctl_.path(format)}));
            QCOMPARE(again.status, 2);
        }
    }
};

QTEST_GUILESS_MAIN(TestImportExport)
#include "test_import_export.moc"
