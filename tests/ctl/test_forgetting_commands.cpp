// SPDX-License-Identifier: GPL-3.0-or-later
// show and matrix --kind forgetting, as a person or a script calls them.
#include "ctl.h"

#include <QMap>
#include <QTest>
#include <array>
#include <cmath>

using namespace retort::test;
using nlohmann::json;

class TestForgettingCommands : public QObject {
    Q_OBJECT
    Ctl ctl_;
    QMap<QString, QByteArray> outputs_;

    /// Stages of 3 steps, with an evaluation at the end of each; the variant `joint` has the same steps.
    [[nodiscard]] QString study() const {
        QFile file(ctl_.write_study(QStringLiteral("plain.json"), R"({"run": {"eval_every": 3}})"));
        if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read");
        json study = json::parse(file.readAll().toStdString());
        study["variants"] = {{"sequential", {{"schedule", {{"kind", "sequential"}}}}},
                             {"joint", json::object()}};
        return ctl_.write(QStringLiteral("study.json"), QByteArray::fromStdString(study.dump()));
    }
    /// What `arguments` print; asked once.
    QByteArray printed(const QStringList& arguments) {
        const QString key = arguments.join(u' ');
        if (!outputs_.contains(key)) outputs_[key] = ctl_(ctl_.in_workspace(arguments)).out;
        return outputs_[key];
    }
    json shown(const QString& run) { return json::parse(printed({"show", run, "--json"}).toStdString()); }
    std::vector<QStringList> matrix(const QStringList& more = {}) {
        std::vector<QStringList> table;
        const QStringList arguments = {"matrix", "tiny/sequential/1", "--kind", "forgetting"};
        for (const QString& line : QString::fromUtf8(printed(arguments + more)).trimmed().split(u'\n'))
            table.push_back(line.split(u','));
        return table;
    }
    static double loss(const std::vector<QStringList>& table, int stage, int domain) {
        return table[static_cast<std::size_t>(stage) + 1][domain + 1].toDouble();
    }
    static bool is_near(const json& value, double wanted) {
        return value.is_number() && std::abs(value.get<double>() - wanted) < 1e-9;
    }

private Q_SLOTS:
    void initTestCase() {
        const CtlResult result = ctl_(ctl_.in_workspace({"run", study()}));
        QVERIFY2(result.status == 0, result.error.constData());
    }
    void stagesAreRowsAndDomainsAreColumns() {
        const auto table = matrix();
        QCOMPARE(table.size(), std::size_t{5});
        QCOMPARE(table[0], (QStringList{"stage", "en", "fr", "de", "py"}));
        for (int stage = 0; stage < 4; ++stage)
            QCOMPARE(table[static_cast<std::size_t>(stage) + 1][0], table[0][stage + 1]);
    }
    void cellsAreTheEvaluationsAtTheEndsOfTheStages() {
        const auto table = matrix();
        QMap<QString, double> points; // "step domain"
        const QString metrics = QString::fromUtf8(printed({"metrics", "tiny/sequential/1"}));
        for (const QString& line : metrics.split(u'\n'))
            if (line.section(u',', 3, 3) == QLatin1String("nll"))
                points[line.section(u',', 0, 0) + u' ' + line.section(u',', 4, 4)] =
                    line.section(u',', 5, 5).toDouble();
        for (int stage = 0; stage < 4; ++stage)
            for (int domain = 0; domain < 4; ++domain)
                QCOMPARE(loss(table, stage, domain),
                         points.value(QString::number(3 * (stage + 1)) + u' ' + table[0][domain + 1], -1));
    }
    void otherMeasuresAreOfTheSameCells() {
        const auto losses = matrix(), perplexities = matrix({"--measure", "perplexity"}),
                   accuracies = matrix({"--measure", "accuracy"});
        const json summary = shown(QStringLiteral("tiny/sequential/1"))["summary"];
        for (int domain = 0; domain < 4; ++domain) {
            QVERIFY(std::abs(loss(perplexities, 1, domain) - std::exp(loss(losses, 1, domain))) < 1e-9);
            const std::string name = losses[0][domain + 1].toStdString();
            QVERIFY(is_near(summary["accuracy"][name], loss(accuracies, 3, domain)));
        }
        QCOMPARE(ctl_({"matrix", "tiny/sequential/1", "--kind", "forgetting", "--measure", "x"}).status, 2);
    }
    void showSaysWhatTheMatrixSays() {
        const auto table = matrix();
        const json forgetting = shown(QStringLiteral("tiny/sequential/1"))["forgetting"];
        double backward = 0, forward = 0;
        const QByteArray plain = printed({"show", "tiny/sequential/1"});
        for (int j = 0; j < 4; ++j) {
            const json& domain = forgetting["per_domain"][table[0][j + 1].toStdString()];
            QVERIFY(is_near(domain["learned"], loss(table, j, j)));
            QVERIFY(is_near(domain["final"], loss(table, 3, j)));
            if (j < 3) backward += (loss(table, j, j) - loss(table, 3, j)) / 3;
            if (j > 0) forward -= loss(table, j - 1, j) / 3;
        }
        QVERIFY(is_near(forgetting["bwt"], backward));
        QVERIFY(forgetting["fwt"].get<double>() > forward); // the losses of the random model are added
        QVERIFY(forgetting["forgetting"].get<double>() >= -backward - 1e-9);
        QVERIFY(forgetting.contains("fwt_unigram"));
        QVERIFY(plain.contains("backward transfer") && plain.contains("min of R[i][j]"));
    }
    void intransigenceIsAgainstTheJointRun() {
        const auto table = matrix();
        const json joint = shown(QStringLiteral("tiny/joint/1"))["summary"]["perplexity"];
        const json forgetting = shown(QStringLiteral("tiny/sequential/1"))["forgetting"];
        double mean = 0;
        for (int j = 0; j < 4; ++j)
            mean += (loss(table, j, j) - std::log(joint[table[0][j + 1].toStdString()].get<double>())) / 4;
        QVERIFY(is_near(forgetting["intransigence"], mean));
        QVERIFY(!forgetting.contains("intransigence_reason"));
    }
    void librariesCountAccuracy() {
        const auto table = matrix({"--measure", "accuracy"});
        const json forgetting = shown(QStringLiteral("tiny/sequential/1"))["forgetting"];
        double kept = 0;
        for (int j = 0; j < 3; ++j)
            kept += (loss(table, 3, j) - loss(table, j, j)) / 3;
        QVERIFY(is_near(forgetting["avalanche"]["stream_bwt"], kept));
        QVERIFY(is_near(forgetting["avalanche"]["stream_forgetting"], -kept));
        QVERIFY(is_near(forgetting["mammoth"]["backward_transfer"], kept));
        QVERIFY(forgetting["avalanche"]["experience_forgetting"][table[0][4].toStdString()].is_null());
    }
    void aRunWithoutStagesHasForgettingAlone() {
        const json forgetting = shown(QStringLiteral("tiny/joint/1"))["forgetting"];
        QVERIFY(forgetting["forgetting"].is_number());
        for (const char* name : {"bwt", "fwt", "intransigence"}) {
            QVERIFY(forgetting[name].is_null());
            QVERIFY(forgetting[name + std::string("_reason")].get<std::string>().ends_with("."));
        }
        QVERIFY(printed({"matrix", "tiny/joint/1", "--kind", "forgetting"}).contains("\n1/4,"));
    }
};

QTEST_GUILESS_MAIN(TestForgettingCommands)
#include "test_forgetting_commands.moc"
