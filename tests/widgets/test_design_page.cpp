// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/field_row.h"
#include "widgets/forms/loss_text.h"
#include "widgets/forms/model_outline.h"
#include "widgets/pages/design_page.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTextDocument>
#include <QUndoStack>

using namespace retort;

namespace {

StudySpec sample() {
    return read_study(R"({"retort": 1, "name": "alpha", "title": "?", "seeds": [1, 2, 3],
        "base": {"optim": {"lr": 0.1}}, "variants": {"a": {}, "b": {"distill": {"alpha": {"value": 0.2}}}}})")
        .study;
}

QString plain(const QString& html) {
    QTextDocument document;
    document.setHtml(html);
    return document.toPlainText().replace(QChar(0x00A0), u' ');
}

/// A page with a study, and a person's hands.
struct Desk {
    DesignPage page;
    QSignalSpy runs{&page, &DesignPage::runRequested};
    QSignalSpy saves{&page, &DesignPage::saveRequested};

    Desk() {
        page.setStudy(sample(), QStringLiteral("alpha.json"));
        page.resize(1280, 800);
        page.show();
        page.activateWindow();
    }
    template <class Widget>
    Widget* find(const char* name) {
        return page.findChild<Widget*>(QLatin1String(name));
    }
    void choose(int row) { find<QListWidget>("variants")->setCurrentRow(row); }
    QString variant(int row) { return find<QListWidget>("variants")->item(row)->text(); }
    void type(const char* input, const QString& text) {
        auto* line = find<QLineEdit>(input);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    std::string file() { return to_json(page.study()).dump(); }
};

} // namespace

class TestDesignPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsAStudyAndGivesItBack() {
        Desk desk;
        QCOMPARE(desk.file(), to_json(sample()).dump());
        QVERIFY(!desk.page.isModified());
        QCOMPARE(desk.find<QListWidget>("variants")->count(), 3);
        QCOMPARE(desk.find<QLineEdit>("/optim/lr/input")->text(), QStringLiteral("0.1"));
        QCOMPARE(desk.find<QLineEdit>("study/seeds")->text(), QStringLiteral("1, 2, 3"));
        QVERIFY(desk.find<QLabel>("runCount")->text().contains(QStringLiteral("6 runs")));
    }
    void fidelityIsAChoiceOfTheForm() {
        Desk desk;
        auto* fidelity = desk.find<QComboBox>("fidelity");
        QCOMPARE(fidelity->currentData().toString(), QStringLiteral("corrected"));
        desk.choose(1);
        QTest::keyClick(fidelity, Qt::Key_Up); // a person
        QCOMPARE(fidelity->currentData().toString(), QStringLiteral("paper"));
        const Json patch = Json::parse(desk.file()).at("variants").at("a");
        QCOMPARE(patch.at("distill").at("divergence").get<std::string>(), std::string("paper_inverse_kl"));
        QCOMPARE(patch.at("distill").at("alpha").at("rule").get<std::string>(), std::string("paper"));
        QCOMPARE(patch.at("best").get<std::string>(), std::string("first"));
        desk.find<QComboBox>("/distill/mask/input")->setFocus();
        QTest::keyClick(desk.find<QComboBox>("/distill/mask/input"), Qt::Key_Up);
        QCOMPARE(fidelity->currentText(), QString()); // mixed
        QTest::keyClick(fidelity, Qt::Key_Down);
        QTest::keyClick(fidelity, Qt::Key_Down);
        QCOMPARE(fidelity->currentData().toString(), QStringLiteral("corrected"));
        QCOMPARE(Json::parse(desk.file()).at("variants").at("a").dump(), "{}"); // as the base again
    }
    void theTableOfModelsDoesNotGrowWithEdits() {
        Desk desk;
        const auto* grid = qobject_cast<QGridLayout*>(desk.find<QWidget>("modelTable")->layout());
        const int rows = grid->rowCount();
        for (const char* layers : {"2", "3", "4"})
            desk.type("/model/layers/input", QString::fromLatin1(layers));
        QCOMPARE(grid->rowCount(), rows);
    }
    void editingAVariantWritesItsPatch() {
        Desk desk;
        QSignalSpy edited(&desk.page, &DesignPage::studyEdited);
        desk.choose(2);
        QCOMPARE(desk.find<QLineEdit>("/distill/alpha/value/input")->text(), QStringLiteral("0.2"));
        QVERIFY(desk.page.findChild<FieldRow*>(QStringLiteral("/distill/alpha/value"))->isChanged());
        QVERIFY(!desk.page.findChild<FieldRow*>(QStringLiteral("/optim/lr"))->isChanged());
        desk.type("/optim/lr/input", QStringLiteral("0.5"));
        QCOMPARE(desk.page.study().variants[1].second.dump(),
                 R"({"distill":{"alpha":{"value":0.2}},"optim":{"lr":0.5}})");
        QVERIFY(edited.count() > 0);
        QVERIFY(desk.page.isModified());
        desk.find<QAbstractButton>("/optim/lr/reset")->click();
        QCOMPARE(desk.file(), to_json(sample()).dump());
    }
    void problemsHoldRunBackAndLeadToTheirField() {
        Desk desk;
        desk.choose(1);
        desk.type("/model/heads/input", QStringLiteral("7"));
        auto* run = desk.find<QPushButton>("runButton");
        QVERIFY(!run->isEnabled());
        QVERIFY(run->toolTip().contains(QStringLiteral("1 problem")));
        desk.find<QAction>("run")->trigger();
        QCOMPARE(desk.runs.count(), 0);

        desk.choose(0);
        auto* problems = desk.find<QListWidget>("problems");
        QCOMPARE(problems->count(), 1);
        QVERIFY(problems->item(0)->text().contains(QStringLiteral("Heads")));
        QTest::mouseClick(problems->viewport(), Qt::LeftButton, {},
                          problems->visualItemRect(problems->item(0)).center());
        QCOMPARE(desk.find<QListWidget>("variants")->currentRow(), 1);
        QTRY_VERIFY(desk.find<QLineEdit>("/model/heads/input")->hasFocus());
        desk.type("/model/heads/input", QStringLiteral("8"));
        QVERIFY(run->isEnabled());
    }
    void runAndSaveByKeyboard() {
        Desk desk;
        QTRY_VERIFY(desk.page.isActiveWindow());
        auto* line = desk.find<QLineEdit>("/optim/lr/input");
        line->setFocus();
        QTest::keyClick(line, Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(desk.runs.count(), 1);
        QCOMPARE(to_json(desk.runs[0][0].value<StudySpec>()).dump(), to_json(sample()).dump());
        desk.type("/optim/lr/input", QStringLiteral("2"));
        QTest::keyClick(line, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(desk.saves.count(), 1);
        desk.page.markSaved(QStringLiteral("new.json"));
        QVERIFY(!desk.page.isModified());
    }
    void undoReachesBackIntoTheForm() {
        Desk desk;
        QTRY_VERIFY(desk.page.isActiveWindow());
        desk.type("/optim/lr/input", QStringLiteral("oops"));
        auto* line = desk.find<QLineEdit>("/optim/lr/input");
        QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(line->text(), QStringLiteral("0.1"));
        QVERIFY(!desk.page.isModified());
        QTest::keyClick(line, Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(line->text(), QStringLiteral("oops"));
    }
    void variantsByKeyboard() {
        Desk desk;
        auto* list = desk.find<QListWidget>("variants");
        desk.choose(2);
        desk.find<QAction>("duplicateVariant")->trigger();
        QCOMPARE(desk.variant(3), QStringLiteral("b-copy"));
        QCOMPARE(list->currentRow(), 3);
        desk.find<QAction>("renameVariant")->trigger();
        auto* editor = list->findChild<QLineEdit*>();
        QVERIFY(editor != nullptr);
        editor->setText(QStringLiteral("low"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(desk.page.study().variants.back().first, "low");
        QCOMPARE(list->currentItem()->text(), QStringLiteral("low"));
        desk.find<QAction>("removeVariant")->trigger();
        QCOMPARE(desk.page.study().variants.size(), std::size_t{2});
        desk.choose(0);
        QVERIFY(!desk.find<QAction>("removeVariant")->isEnabled());
        QVERIFY(!desk.find<QAction>("renameVariant")->isEnabled());
    }
    void aTakenNameIsRefused() {
        Desk desk;
        auto* list = desk.find<QListWidget>("variants");
        list->item(1)->setText(QStringLiteral("b"));
        QTRY_COMPARE(list->item(1)->text(), QStringLiteral("a"));
        QCOMPARE(desk.file(), to_json(sample()).dump());
    }
    void jsonThatParsesIsTheStudy() {
        Desk desk;
        auto* text = desk.find<QPlainTextEdit>("json");
        QString json = text->toPlainText();
        text->setPlainText(json.replace(QStringLiteral("0.1"), QStringLiteral("0.7")));
        QCOMPARE(desk.page.study().base["optim"]["lr"].get<double>(), 0.7);
        QCOMPARE(desk.find<QLineEdit>("/optim/lr/input")->text(), QStringLiteral("0.7"));
        desk.type("/optim/lr/input", QStringLiteral("0.9"));
        QVERIFY(text->toPlainText().contains(QStringLiteral("0.9")));
    }
    void jsonThatDoesNotParseIsKept() {
        Desk desk;
        auto* text = desk.find<QPlainTextEdit>("json");
        const QString broken = text->toPlainText() + QStringLiteral("oops");
        text->setPlainText(broken);
        QCOMPARE(desk.file(), to_json(sample()).dump());
        QVERIFY(!desk.find<QPushButton>("runButton")->isEnabled());
        QVERIFY(desk.page.isModified());
        desk.type("/optim/lr/input", QStringLiteral("0.9"));
        QCOMPARE(text->toPlainText(), broken);
        desk.find<QPushButton>("discardJson")->click();
        QVERIFY(text->toPlainText().contains(QStringLiteral("0.9")));
        QVERIFY(desk.find<QPushButton>("runButton")->isEnabled());
    }
    void whatTheFileCannotSayIsNotSaved() {
        Desk desk;
        desk.type("study/seeds", QStringLiteral("1, x"));
        QCOMPARE(desk.find<QLineEdit>("study/seeds")->text(), QStringLiteral("1, x"));
        QVERIFY(!desk.find<QAction>("save")->isEnabled());
        desk.type("study/seeds", QStringLiteral("1-6"));
        QVERIFY(desk.find<QAction>("save")->isEnabled());
        QCOMPARE(desk.page.study().seeds.size(), std::size_t{6});
        QCOMPARE(desk.find<QLineEdit>("study/seeds")->text(), QStringLiteral("1-6"));
    }
    void theEstimateStandsInTheFooter() {
        Desk desk;
        desk.page.setEstimate(QStringLiteral("about 5 minutes"));
        QCOMPARE(desk.find<QLabel>("estimate")->text(), QStringLiteral("about 5 minutes"));
    }
    void anotherStudyForgetsTheFirst() {
        Desk desk;
        desk.choose(2);
        desk.type("/optim/lr/input", QStringLiteral("x"));
        desk.page.setStudy(sample());
        QVERIFY(!desk.page.isModified());
        QVERIFY(!desk.page.undoStack()->canUndo());
        QCOMPARE(desk.find<QListWidget>("variants")->currentRow(), 0);
        QCOMPARE(desk.file(), to_json(sample()).dump());
    }

    void theFormulaFollowsTheFields() {
        RunSpec spec = read_run_spec(Json::object()).spec;
        QCOMPARE(plain(lossText(spec).symbols), QString::fromUtf8("L = α · CE(y, q) + (1 − α) · KL(p ‖ q)"));
        QCOMPARE(plain(lossText(spec).numbers), QString::fromUtf8("L = 0.5 · CE(y, q) + 0.5 · KL(p ‖ q)"));
        spec.distill->temperature = 2;
        spec.distill->scale_t2 = true;
        spec.distill->alpha.value = 0.1;
        QCOMPARE(plain(lossText(spec).symbols),
                 QString::fromUtf8("L = α · CE(y, q) + (1 − α) · T² · KL(pT ‖ qT)"));
        QCOMPARE(plain(lossText(spec).numbers), QString::fromUtf8("L = 0.1 · CE(y, q) + 3.6 · KL(pT ‖ qT)"));
        spec.distill->alpha.value = 1;
        QCOMPARE(plain(lossText(spec).numbers), QString::fromUtf8("L = CE(y, q)"));
        spec.distill->combine = Combine::alternating;
        QCOMPARE(plain(lossText(spec).symbols),
                 QString::fromUtf8("L = CE(y, q), then T² · KL(pT ‖ qT), in turns"));
        QCOMPARE(plain(lossText(teacher_run(spec)).symbols), QString::fromUtf8("L = CE(y, q)"));
    }
    void theFormulaNamesTheDirection_data() {
        QTest::addColumn<Divergence>("divergence");
        QTest::addColumn<QString>("formula");
        QTest::newRow("forward") << Divergence::forward_kl << QString::fromUtf8("KL(p ‖ q)");
        QTest::newRow("reverse") << Divergence::reverse_kl << QString::fromUtf8("KL(q ‖ p)");
        QTest::newRow("jsd") << Divergence::jsd << QString::fromUtf8("(0.5 KL(p ‖ m) + 0.5 KL(q ‖ m))");
        QTest::newRow("skew") << Divergence::skew_kl << QString::fromUtf8("KL(p ‖ 0.1 p + 0.9 q)");
        QTest::newRow("skew reverse")
            << Divergence::skew_reverse_kl << QString::fromUtf8("KL(q ‖ 0.9 p + 0.1 q)");
        QTest::newRow("tvd") << Divergence::tvd << QString::fromUtf8("½ Σ|p − q|");
        QTest::newRow("paper") << Divergence::paper_inverse_kl << QString::fromUtf8("H(p, q)");
        QTest::newRow("label") << Divergence::paper_label_difference
                               << QString::fromUtf8("Σi (Σ|p − 1x| · Σ|q − p|)");
    }
    void theFormulaNamesTheDirection() {
        QFETCH(Divergence, divergence);
        QFETCH(QString, formula);
        RunSpec spec = read_run_spec(Json::object()).spec;
        spec.distill->divergence = divergence;
        QVERIFY(plain(lossText(spec).symbols).endsWith(formula));
    }
    void theFormulaTellsHowAlphaMoves() {
        RunSpec spec = read_run_spec(Json::object()).spec;
        spec.distill->alpha.mode = AlphaMode::adaptive;
        QVERIFY(plain(lossText(spec).numbers)
                    .contains(QString::fromUtf8("w = 1 + clamp((h−1 − h−k) / mean h, −1, 1), k = 20 steps")));
        spec.distill->alpha.rule = AlphaRule::paper;
        QVERIFY(plain(lossText(spec).numbers).contains(QString::fromUtf8("w = 1 − clamp")));
        spec.distill->alpha.mode = AlphaMode::schedule;
        QVERIFY(plain(lossText(spec).numbers).contains(QString::fromUtf8("over the last 50 % of the steps")));
    }
    void remediesAddTheirTerms() {
        RunSpec spec = read_run_spec(Json::object()).spec;
        spec.remedies.lwf.weight = 0.5;
        spec.remedies.lwf.temperature = 2;
        spec.remedies.ewc.strength = 100;
        QCOMPARE(plain(lossText(spec).symbols), QString::fromUtf8("L = α · CE(y, q) + (1 − α) · KL(p ‖ q)"));
        spec.schedule.kind = ScheduleKind::sequential;
        QCOMPARE(plain(lossText(spec).symbols),
                 QString::fromUtf8("L = α · CE(y, q) + (1 − α) · KL(p ‖ q) + 0.5 · KL(q0T ‖ qT)"
                                   " + 50 · Σ F (θ − θ0)²"));
        QVERIFY(plain(lossText(spec).numbers).endsWith(QString::fromUtf8("+ 50 · Σ F (θ − θ0)²")));
    }
    void remediesAreAskedForWhereThereAreStages() {
        Desk desk;
        const auto isHidden = [&](const char* name) { return desk.find<QWidget>(name)->isHidden(); };
        for (const char* name : {"section:/remedies", "/schedule/moments", "/schedule/rewarm"})
            QVERIFY2(isHidden(name), name);
        StudySpec study = sample();
        study.base["schedule"]["kind"] = "sequential";
        desk.page.setStudy(study, QStringLiteral("alpha.json"));
        for (const char* name : {"section:/remedies", "section:/remedies/lwf", "/schedule/moments",
                                 "/schedule/rewarm", "/remedies/ewc/strength", "/remedies/lwf/weight"})
            QVERIFY2(!isHidden(name), name);
        for (const char* name :
             {"/remedies/average/share", "/remedies/ewc/decay", "/remedies/lwf/temperature"})
            QVERIFY2(isHidden(name), name);
        desk.type("/remedies/lwf/weight/input", QStringLiteral("0.5"));
        QVERIFY(!isHidden("/remedies/lwf/temperature"));
    }
    void theModelsFollowTheFields() {
        RunSpec spec = read_run_spec(Json::object()).spec;
        QCOMPARE(modelOutlines(spec).size(), std::size_t{2});
        QCOMPARE(modelOutlines(spec)[0].model, spec.teacher->model);
        spec.teacher->path = "/models/gpt2";
        QVERIFY(!modelOutlines(spec)[0].isKnown());
        spec.distill->alpha.value = 1; // asks no teacher
        QCOMPARE(modelOutlines(spec).size(), std::size_t{1});
        QCOMPARE(shortCount(124439808), QString::fromUtf8("124\u00A0M"));
        QCOMPARE(shortCount(999), QStringLiteral("999"));
        QCOMPARE(shortCount(999960), QString::fromUtf8("1.00\u00A0M"));
        QCOMPARE(shortBytes(1536), QString::fromUtf8("1.54\u00A0kB"));
    }
    void theDrawingTellsWhatItShows() {
        Desk desk;
        const QString described = desk.find<QWidget>("architecture")->accessibleDescription();
        QVERIFY(described.contains(QStringLiteral("Teacher: 4 layers of width 192")));
        QVERIFY(described.contains(QStringLiteral("Student: 2 layers of width 96")));
    }
};

QTEST_MAIN(TestDesignPage)
#include "test_design_page.moc"
