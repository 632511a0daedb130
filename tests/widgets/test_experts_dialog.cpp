// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog that changes the experts of a finished model: what it says will happen is what is asked for.
#include "widgets/pages/experts_dialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace retort;

namespace {

FinishedModel model() {
    RunSpec spec = read_run_spec({{"task", "modular"}}).spec;
    spec.data.domains = {"en", "fr"};
    return {{"study", "jeet", 1, spec}, "model-0123", "model-4567"};
}

struct Fixture {
    ExpertsDialog dialog{model()};
    QSignalSpy asked{&dialog, &ExpertsDialog::runRequested};

    template <class T>
    T* find(const char* name) const {
        return dialog.findChild<T*>(QLatin1String(name));
    }
    [[nodiscard]] QString outlook() const { return find<QLabel>("outlook")->text(); }
    [[nodiscard]] QPushButton* begin() const { return find<QPushButton>("begin"); }
    void choose(int kind) { find<QComboBox>("kind")->setCurrentIndex(kind); }
    void type(const QString& domain) { find<QComboBox>("expert")->setEditText(domain); }
    [[nodiscard]] RunPlan plan() const { return asked.front().front().value<RunPlan>(); }
};

} // namespace

class TestExpertsDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void itAsksForANameFirst() {
        const Fixture fixture;
        QVERIFY(!fixture.begin()->isEnabled());
        QVERIFY(fixture.outlook().startsWith(QStringLiteral("Name the domain")));
        QCOMPARE(fixture.find<QLabel>("experts")->text(), QStringLiteral("en, fr"));
    }
    void anExpertIsAdded() {
        Fixture fixture;
        fixture.type(QStringLiteral("es"));
        fixture.find<QSpinBox>("tokens")->setValue(10'000);
        QVERIFY(fixture.outlook().startsWith(
            QStringLiteral("The run study/jeet+es/1 trains the expert on 10240 tokens of es.")));
        fixture.begin()->click();
        QCOMPARE(fixture.asked.count(), 1);
        const RunPlan plan = fixture.plan();
        QCOMPARE(plan.spec.modular->base, "model-0123");
        QCOMPARE(plan.spec.teacher->artifact, "model-4567");
        QVERIFY(plan.spec.modular->train == std::vector<std::string>{"es"});
    }
    void whatCannotBeIsSaid() {
        Fixture fixture;
        fixture.type(QStringLiteral("fr"));
        QVERIFY(fixture.outlook().contains(QStringLiteral("already")));
        QVERIFY(!fixture.begin()->isEnabled());
    }
    void anExpertIsTakenAway() {
        Fixture fixture;
        fixture.choose(2);
        auto* expert = fixture.find<QComboBox>("expert");
        QVERIFY(!expert->isEditable());
        QCOMPARE(expert->count(), 2);
        expert->setCurrentIndex(1);
        QVERIFY(!fixture.find<QSpinBox>("tokens")->isEnabled());
        fixture.begin()->click();
        QVERIFY(fixture.plan().spec.modular->experts == std::vector<std::string>{"en"});
        QCOMPARE(fixture.plan().variant, "jeet-fr");
    }
    void anExpertComesFromAFile() {
        Fixture fixture;
        fixture.choose(1);
        fixture.find<QComboBox>("origin")->setCurrentIndex(1);
        QVERIFY(!fixture.begin()->isEnabled());
        fixture.find<QLineEdit>("file")->setText(QStringLiteral("/there/expert.en.safetensors"));
        fixture.begin()->click();
        QVERIFY(fixture.plan().spec.modular->files ==
                std::vector<std::string>{"/there/expert.en.safetensors"});
        QVERIFY(fixture.plan().spec.modular->train.empty());
    }
    void aKindChosenAgainListsWhatItNeeds() {
        Fixture fixture;
        fixture.choose(2);
        fixture.choose(0);
        QVERIFY(fixture.find<QComboBox>("expert")->isEditable());
        QVERIFY(fixture.outlook().startsWith(QStringLiteral("Name the domain")));
    }
};

QTEST_MAIN(TestExpertsDialog)
#include "test_experts_dialog.moc"
