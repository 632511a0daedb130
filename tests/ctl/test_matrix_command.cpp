// SPDX-License-Identifier: GPL-3.0-or-later
// matrix --kind evaluation, as a person or a script calls it.
#include "ctl.h"

#include <QMap>
#include <QTest>

using namespace retort::test;

class TestMatrixCommand : public QObject {
    Q_OBJECT
    Ctl ctl_;

    [[nodiscard]] QStringList lines(const QStringList& arguments) const {
        const CtlResult result = ctl_(ctl_.in_workspace(arguments));
        return result.status == 0 ? QString::fromUtf8(result.out).trimmed().split(u'\n') : QStringList();
    }

private Q_SLOTS:
    void initTestCase() {
        const QString study = ctl_.write_study(QStringLiteral("experts.json"),
                                               R"({"task": "modular", "modular": {"architecture": "moe-ce"},
            "evaluation": {"route": "label", "grid": ["all", "common"]}})");
        const CtlResult result = ctl_(ctl_.in_workspace({"run", study}));
        QVERIFY2(result.status == 0, result.error.constData());
    }
    void theGridHasSettingsByDomains() {
        const QStringList csv = lines({"matrix", "tiny/v/1", "--kind", "evaluation"});
        QCOMPARE(csv.size(), 4);
        QCOMPARE(csv[0], QStringLiteral("setting,en,fr,de,py"));
        QCOMPARE(csv[1].section(u',', 0, 0), QStringLiteral("top1(all)"));
        QCOMPARE(csv[2].section(u',', 0, 0), QStringLiteral("top1(all)+common"));
        QCOMPARE(csv[3].section(u',', 0, 0), QStringLiteral("common"));
    }
    // All experts and the common one are what the run is evaluated as from step to step.
    void itsNumbersAreThoseOfTheEvaluation() {
        QMap<QString, QString> newest;
        for (const QString& line : lines({"metrics", "tiny/v/1"}))
            if (line.section(u',', 3, 3) == QLatin1String("nll")) newest[line.section(u',', 4, 4)] = line;
        const QStringList csv = lines({"matrix", "tiny/v/1", "--kind", "evaluation"});
        const QStringList domains = csv[0].split(u','), values = csv[2].split(u',');
        for (int i = 1; i < domains.size(); ++i)
            QCOMPARE(values[i].toDouble(), newest.value(domains[i]).section(u',', 5, 5).toDouble());
    }
    void otherRunsHaveNone() {
        const CtlResult result =
            ctl_(ctl_.in_workspace({"matrix", "tiny/teacher/1", "--kind", "evaluation"}));
        QCOMPARE(result.status, 3);
        QVERIFY(result.error.contains("no evaluation grid"));
    }
};

QTEST_GUILESS_MAIN(TestMatrixCommand)
#include "test_matrix_command.moc"
