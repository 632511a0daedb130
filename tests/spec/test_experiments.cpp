// SPDX-License-Identifier: GPL-3.0-or-later
// The ready studies: valid, of the size that their form promises, and with one teacher for all.
#include "spec/study_spec.h"

#include <QDirIterator>
#include <QTest>
#include <set>

using namespace retort;

namespace {

constexpr std::size_t seeds_for_a_claim = 6; // below that the Wilcoxon test can say nothing at 5 %

std::int64_t tokens_of(const std::vector<RunPlan>& plans) {
    std::int64_t tokens = 0;
    for (const RunPlan& plan : plans)
        if (plan.spec.task != Task::router) tokens += total_steps(plan.spec) * tokens_per_step(plan.spec);
    return tokens;
}

} // namespace

class TestExperiments : public QObject {
    Q_OBJECT
    const QDir root_{QStringLiteral(RETORT_SOURCE_DIR "/experiments")};

    [[nodiscard]] StudyReading read(const QString& file) const {
        QFile stream(root_.filePath(file));
        if (!stream.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(file));
        return read_study(stream.readAll().toStdString());
    }

private Q_SLOTS:
    void eachIsReady_data() {
        QTest::addColumn<QString>("file");
        QDirIterator files(root_.path(), {"*.json"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = root_.relativeFilePath(files.next());
            if (!file.startsWith("corpora/")) QTest::newRow(qPrintable(file)) << file;
        }
    }
    void eachIsReady() {
        QFETCH(QString, file);
        const StudyReading reading = read(file);
        QCOMPARE(to_text(reading.problems), "");
        const std::vector<RunPlan> plans = plan_runs(reading.study).plans;
        const bool is_quick = file.startsWith("quick/");
        QCOMPARE(QString::fromStdString(reading.study.name).endsWith("-quick"), is_quick);
        QCOMPARE(reading.study.title.find("no conclusions") != std::string::npos, is_quick);
        QCOMPARE(reading.study.conclusions.value_or(true), !is_quick);
        if (is_quick) QVERIFY(tokens_of(plans) <= 800'000);
        if (file.startsWith("paper/")) QVERIFY(reading.study.seeds.size() >= seeds_for_a_claim);
        std::set<std::string> teachers; // trained once, by first light or by whoever comes first
        const StudyReading first = read("first-light.json");
        teachers.insert(to_json(teacher_run(plan_runs(first.study).plans.front().spec))["optim"].dump());
        for (const RunPlan& plan : plans)
            if (plan.spec.teacher) teachers.insert(to_json(teacher_run(plan.spec))["optim"].dump());
        QCOMPARE(teachers.size(), std::size_t{1});
    }
    void eachClaimIsLookedAtQuicklyToo() {
        QStringList claims;
        for (const QString& file : QDir(root_.filePath("paper")).entryList({"*.json"})) {
            const StudySpec study = read("paper/" + file).study;
            for (const Claim& claim : study.claims)
                claims << QString::fromStdString(claim.id);
            if (QFile::exists(root_.filePath("quick/" + file)))
                QVERIFY(read("quick/" + file).study.claims == study.claims);
        }
        QCOMPARE(claims.removeDuplicates(), 0);
        for (const char* claim : {"paper-1", "paper-2", "paper-3", "paper-4"})
            QVERIFY2(claims.contains(QLatin1String(claim)), claim);
    }
    void theVariantsOfAStudyTrainSideBySide_data() { eachIsReady_data(); }
    void theVariantsOfAStudyTrainSideBySide() {
        QFETCH(QString, file);
        if (!file.startsWith("quick/")) QSKIP("of one seed");
        std::vector<RunPlan> plans = plan_runs(read(file).study).plans;
        const RunSpec first = plans.front().spec;
        std::erase_if(plans, [&](const RunPlan& plan) {
            const RunSpec& spec = plan.spec;
            return spec.schedule.kind != first.schedule.kind || spec.router ||
                   spec.schedule.domains != first.schedule.domains ||
                   spec.remedies.replay != first.remedies.replay;
        });
        for (const RunPlan& plan : plans)
            QVERIFY(can_share_batches(plans.front().spec, plan.spec));
    }
};

QTEST_APPLESS_MAIN(TestExperiments)
#include "test_experiments.moc"
