// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl.h"

#include "store/recorder.h"
#include "store/run_store.h"

#include <QTest>

using namespace retort;
using nlohmann::json;

namespace {

void make_run(const Workspace& workspace, const std::string& variant, double learning_rate, double nll) {
    RunPlan plan{"alpha", variant, 1, {}};
    plan.spec.task = Task::teacher;
    plan.spec.optim.lr = learning_rate;
    const std::string id = RunStore(workspace).begin(plan).id;
    Recorder recorder(workspace);
    RunEvent evaluated{id, 1, 1, Evaluated{}};
    std::get<Evaluated>(evaluated.what).rows = {{"de", {}, {}, "valid", nll, 1, 1, 0}};
    recorder.accept(evaluated);
    recorder.accept({id, 1, 2, StatusChanged{RunStatus::done, {}, {}}});
}

} // namespace

class TestRunsCommand : public QObject {
    Q_OBJECT
    test::Ctl ctl_;

    json listed(const QStringList& options) const {
        const auto result = ctl_(ctl_.in_workspace(QStringList{"runs", "--json"} + options));
        if (result.status != 0) return result.error.toStdString();
        return json::parse(result.out.toStdString());
    }
    std::string variants(const QString& where) const {
        std::string text;
        const json runs = listed({"--where", where});
        if (!runs.is_array()) return runs.dump();
        for (const json& run : runs)
            text += run["variant"].get<std::string>() + " ";
        return text;
    }

private Q_SLOTS:
    void initTestCase() {
        const Workspace workspace(ctl_.workspace().toStdString());
        make_run(workspace, "slow", 1e-4, 3);
        make_run(workspace, "fast", 1e-3, 4);
    }
    void whereChoosesRuns() {
        QCOMPARE(variants(""), "fast slow ");
        QCOMPARE(variants("perplexity.de < 40"), "slow "); // exp(3) = 20.1, exp(4) = 54.6
        QCOMPARE(variants("lr > 5e-4 and status = done"), "fast ");
        const auto none = ctl_(ctl_.in_workspace({"runs", "--where", "seed = 2"}));
        QCOMPARE(none.status, 0);
        QCOMPARE(none.out, QByteArray("No run fits --where.\n"));
    }
    void aFilterThatCannotBeReadIsOneSentence() {
        const auto result = ctl_(ctl_.in_workspace({"runs", "--where", "seed = 1 perplexty.de < 40"}));
        QCOMPARE(result.status, 2);
        QCOMPARE(result.error,
                 QByteArray("retortctl: --where, character 10: No run has a field perplexty.de; "
                            "did you mean perplexity.de?\n"));
    }
    void columnsShowAnyField() {
        const json runs = listed({"--columns", "lr,loss"});
        QCOMPARE(runs[0]["optim.lr"].get<std::string>(), "0.001");
        QCOMPARE(runs[1]["loss"].get<std::string>(), "3.0");
        const auto table = ctl_(ctl_.in_workspace({"runs", "--columns", "optim.lr"}));
        QVERIFY2(table.out.startsWith("run ") && table.out.contains("optim.lr"), table.out.constData());
        QCOMPARE(ctl_(ctl_.in_workspace({"runs", "--columns", "optim.lrr"})).status, 2);
    }
    void marksAreGivenShownAndTakenAway() {
        const auto given =
            ctl_(ctl_.in_workspace({"tag", "alpha/slow/1", "--add", "paper,best", "--star", "--name",
                                    "The slow one", "--note", "Again with more tokens"}));
        QCOMPARE(given.status, 0);
        QCOMPARE(given.out, QByteArray("alpha/slow/1: starred, named “The slow one”, tags best, paper, note: "
                                       "Again with more tokens\n"));
        QCOMPARE(variants("tag = paper"), "slow ");
        QCOMPARE(variants("starred = yes and name ~ slow"), "slow ");
        const json run =
            json::parse(ctl_(ctl_.in_workspace({"show", "alpha/slow/1", "--json"})).out.toStdString());
        QCOMPARE(run["note"].get<std::string>(), "Again with more tokens");
        QCOMPARE(run["tags"].dump(), R"(["best","paper"])");
        const auto table = ctl_(ctl_.in_workspace({"runs"}));
        QVERIFY2(table.out.contains("★ alpha/slow/1 “The slow one” #best #paper"), table.out.constData());
        const auto taken = ctl_(ctl_.in_workspace({"tag", "alpha/slow/1", "alpha/fast/1", "--remove", "best",
                                                   "--no-star", "--name", "", "--note", ""}));
        QCOMPARE(taken.out, QByteArray("alpha/slow/1: tags paper\nalpha/fast/1: no tags\n"));
    }
    void anUnknownRunLeavesTheOthersAsTheyAre() {
        QCOMPARE(ctl_(ctl_.in_workspace({"tag", "alpha/fast/1", "alpha/none/1", "--add", "x"})).status, 3);
        QCOMPARE(variants("tag = x"), "");
    }
    void theBinGivesBackAndIsEmptied() {
        const auto bin = [this](const QStringList& words) {
            return ctl_(ctl_.in_workspace(QStringList{"bin"} + words));
        };
        QCOMPARE(bin({"list"}).out, QByteArray("The bin is empty.\n"));
        QCOMPARE(bin({"put", "alpha/slow/1"}).status, 0);
        QCOMPARE(variants(""), "fast ");
        const json listed = json::parse(bin({"list", "--json"}).out.toStdString());
        QCOMPARE(listed[0]["run"].get<std::string>(), "alpha/slow/1");
        QCOMPARE(bin({"restore", "alpha/fast/1"}).status, 3); // is not there
        QCOMPARE(bin({"restore"}).status, 2);
        QCOMPARE(bin({"restore", QString::fromStdString(listed[0]["id"]).left(26)}).status, 0);
        QCOMPARE(variants(""), "fast slow ");
        QCOMPARE(bin({"erase", "alpha/slow/1"}).status, 3);
        QCOMPARE(bin({"put", "alpha/slow/1"}).status, 0);
        QCOMPARE(bin({"erase", "--all"}).status, 0);
        QCOMPARE(bin({"list"}).out, QByteArray("The bin is empty.\n"));
        QCOMPARE(variants(""), "fast ");
    }
};

QTEST_APPLESS_MAIN(TestRunsCommand)
#include "test_runs_command.moc"
