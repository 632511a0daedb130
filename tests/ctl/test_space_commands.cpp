// SPDX-License-Identifier: GPL-3.0-or-later
// artifacts and gc, after a study and beside one.
#include "ctl.h"

#include <QDir>
#include <QTest>

using namespace retort;

class TestSpaceCommands : public QObject {
    Q_OBJECT
    test::Ctl ctl_;

    [[nodiscard]] nlohmann::json json_of(const QStringList& arguments) const {
        const auto result = ctl_(ctl_.in_workspace(arguments));
        return nlohmann::json::parse(result.out.toStdString(), nullptr, false);
    }

private Q_SLOTS:
    void initTestCase() { // with a cached teacher, so that there are caches
        const auto run = ctl_(
            ctl_.in_workspace({"run", ctl_.write_study("study.json", R"({"run": {"teacher": "cached"}})")}));
        QVERIFY2(run.status == 0, run.error.constData());
    }
    void artifactsAreListedWithTheirUsers() {
        const auto json = json_of({"artifacts", "--json"});
        QCOMPARE(json["artifacts"].size(), 4U); // tokenizer, tokens, teacher, student
        for (const auto& artifact : json["artifacts"]) {
            QVERIFY(artifact["bytes"].get<std::int64_t>() > 0);
            QVERIFY2(!artifact["runs"].empty(), artifact["id"].get<std::string>().c_str());
        }
        QVERIFY(json["caches"].get<std::int64_t>() > 0);
        const auto text = ctl_(ctl_.in_workspace({"artifacts"}));
        QVERIFY(text.out.contains("folders of runs"));
    }
    void aDryRunFreesNothing() {
        const auto planned = json_of({"gc", "--dry-run", "--json"});
        QCOMPARE(planned["items"].size(), 1U);
        QCOMPARE(QString::fromStdString(planned["items"][0]["kind"]), QString("caches"));
        QVERIFY(json_of({"artifacts", "--json"})["caches"].get<std::int64_t>() > 0);
        QVERIFY(json_of({"gc", "--dry-run", "--json", "--keep", "caches"})["items"].empty());
    }
    void cachesGoAndModelsStay() {
        const auto freed = ctl_(ctl_.in_workspace({"gc"}));
        QVERIFY2(freed.status == 0, freed.error.constData());
        QVERIFY2(freed.out.contains(" freed."), freed.out.constData());
        QCOMPARE(json_of({"artifacts", "--json"})["caches"].get<std::int64_t>(), 0);
        const auto text = ctl_(ctl_.in_workspace({"generate", "tiny/v/1", "--prompt", "a", "--tokens", "2"}));
        QVERIFY2(text.status == 0, text.error.constData());
        const auto again = ctl_(ctl_.in_workspace({"run", ctl_.path("study.json")}));
        QVERIFY2(again.status == 0, again.error.constData());
        QVERIFY(json_of({"gc", "--json"})["items"].empty());
    }
    void whatIsAskedWronglyIsSaid() {
        QCOMPARE(ctl_(ctl_.in_workspace({"gc", "--enough", "much"})).status, 2);
        QCOMPARE(ctl_(ctl_.in_workspace({"gc", "--keep", "models"})).status, 2);
        QCOMPARE(ctl_({"artifacts", "--workspace", ctl_.path("nowhere")}).status, 5);
    }
};

QTEST_GUILESS_MAIN(TestSpaceCommands)
#include "test_space_commands.moc"
