// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/idle_fields.h"
#include "spec/run_spec_json.h"

#include <QTest>

using namespace retort;

namespace {

std::set<std::string> idle(const char* patch) {
    const RunSpecReading reading = read_run_spec(Json::parse(patch));
    if (!reading.problems.empty()) qFatal("%s", to_text(reading.problems).c_str());
    return idle_fields(reading.spec);
}

void collect(const SectionInfo& section, std::set<std::string>& pointers) {
    for (const FieldInfo& field : section.fields)
        pointers.insert(field.pointer);
    for (const SectionInfo& nested : section.sections)
        collect(nested, pointers);
}

} // namespace

class TestIdleFields : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachIsAField() {
        std::set<std::string> known;
        collect(describe_run_spec(), known);
        for (const char* patch :
             {"{}", R"({"distill": {"combine": "alternating", "divergence": "paper_label_difference"}})"})
            for (const std::string& pointer : idle(patch))
                QVERIFY2(known.contains(pointer), pointer.c_str());
    }
    void aFieldOfAModeIsInForceWithIt_data() {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("pointer");
        const auto row = [](const char* pointer, const char* patch) {
            QTest::newRow(pointer) << patch << pointer;
        };
        row("/distill/alpha/rule", R"({"distill": {"alpha": {"mode": "adaptive"}}})");
        row("/distill/alpha/history", R"({"distill": {"alpha": {"mode": "dwa"}}})");
        row("/distill/alpha/temperature", R"({"distill": {"alpha": {"mode": "dwa"}}})");
        row("/distill/alpha/rate", R"({"distill": {"alpha": {"mode": "uncertainty"}}})");
        row("/distill/alpha/end", R"({"distill": {"alpha": {"mode": "schedule"}}})");
        row("/distill/beta", R"({"distill": {"divergence": "jsd"}})");
        row("/distill/skew", R"({"distill": {"divergence": "skew_reverse_kl"}})");
        row("/distill/alternate_per", R"({"distill": {"combine": "alternating"}})");
        row("/schedule/block", R"({"schedule": {"kind": "cyclic"}})");
        row("/schedule/rewarm", R"({"schedule": {"kind": "sequential"}})");
        row("/remedies/replay", R"({"schedule": {"kind": "sequential"}})");
        row("/remedies/average/share",
            R"({"schedule": {"kind": "sequential"}, "remedies": {"average": {"kind": "fixed"}}})");
        row("/remedies/ewc/decay",
            R"({"schedule": {"kind": "sequential"}, "remedies": {"ewc": {"strength": 1}}})");
        row("/remedies/lwf/temperature",
            R"({"schedule": {"kind": "sequential"}, "remedies": {"lwf": {"weight": 1}}})");
        row("/teacher/schedule/moments", R"({"teacher": {"schedule": {"kind": "sequential"}}})");
    }
    void aFieldOfAModeIsInForceWithIt() {
        QFETCH(QString, patch);
        QFETCH(QString, pointer);
        QVERIFY(idle("{}").contains(pointer.toStdString()));
        QVERIFY(!idle(patch.toUtf8().constData()).contains(pointer.toStdString()));
    }
    void whatTheLossesDoNotReadIsIdle() {
        QVERIFY(!idle("{}").contains("/distill/temperature"));
        QVERIFY(idle(R"({"distill": {"divergence": "paper_inverse_kl"}})").contains("/distill/temperature"));
        QVERIFY(idle(R"({"distill": {"divergence": "paper_normal_kl"}})").contains("/distill/scale_t2"));
        QVERIFY(idle(R"({"distill": {"combine": "alternating"}})").contains("/distill/alpha/value"));
    }
    void aTeacherHasNothingOfDistillation() {
        for (const std::string& pointer : idle(R"({"task": "teacher"})"))
            QVERIFY(!pointer.starts_with("/distill"));
    }
};

QTEST_APPLESS_MAIN(TestIdleFields)
#include "test_idle_fields.moc"
