// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/field_row.h"
#include "widgets/forms/field_text.h"
#include "widgets/forms/json_path.h"
#include "widgets/forms/spec_form.h"
#include "widgets/forms/symbol_icon.h"
#include "widgets/forms/tinted_label.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>

using namespace retort;
using Type = FieldInfo::Type;

namespace {

/// A form with the document it edits, as a page would join them.
struct Joined {
    SpecForm form{describe_run_spec(), {"/seed"}};
    Json run = Json::object();
    Json reference = Json::object();
    int edits = 0;

    explicit Joined(Json start = Json::object()) : run(std::move(start)) {
        QObject::connect(&form, &SpecForm::edited, &form,
                         [this](const std::string& pointer, const Json& value) {
                             setAt(run, pointer, value);
                             ++edits;
                             show();
                         });
        QObject::connect(&form, &SpecForm::resetRequested, &form, [this](const std::string& pointer) {
            eraseAt(run, pointer);
            show();
        });
        QObject::connect(&form, &SpecForm::removeRequested, &form, [this](const std::string& pointer) {
            eraseAt(run, pointer);
            show();
        });
        show();
        form.resize(900, 700);
        form.show();
        form.activateWindow();
        QCoreApplication::processEvents(); // places everything
    }
    void show() {
        form.showValues(run, reference, QStringLiteral("default"));
        form.showProblems(read_run_spec(run).problems);
    }
    template <class Widget>
    Widget* input(const char* pointer) {
        return form.findChild<Widget*>(QLatin1String(pointer) + QLatin1String("/input"));
    }
    void type(const char* pointer, const QString& text) {
        auto* line = input<QLineEdit>(pointer);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    QString problem(const char* pointer) {
        const FieldRow* row = form.row(pointer);
        for (const QLabel* label : row->findChildren<QLabel*>())
            if (row->hasProblem() && label->text().startsWith(QLatin1String("must"))) return label->text();
        return {};
    }
};

} // namespace

class TestForm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textBecomesJson_data() {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("json");
        const auto row = [](Type type, const char* text, const char* json) {
            QTest::addRow("%d %s", static_cast<int>(type), text) << static_cast<int>(type) << text << json;
        };
        row(Type::integer, "500000", "500000");
        row(Type::integer, "500 000", "500000");
        row(Type::integer, "1,000,000", "1000000");
        row(Type::integer, "1e6", "1000000");
        row(Type::integer, "1.5M", "1500000");
        row(Type::integer, "500k", "500000");
        row(Type::integer, "18446744073709551615", "18446744073709551615");
        row(Type::integer, "-3", "-3");
        // A German thousand and a fraction are no whole numbers, and never read as another one.
        row(Type::integer, "1.000", "\"1.000\"");
        row(Type::integer, "1,00", "\"1,00\"");
        row(Type::integer, "1.5", "\"1.5\"");
        row(Type::integer, "1.0005k", "\"1.0005k\"");
        row(Type::integer, "", "\"\"");
        row(Type::real, "5e-4", "0.0005");
        row(Type::real, " 0.5 ", "0.5");
        row(Type::real, "0,5", "\"0,5\"");
        row(Type::real, "inf", "\"inf\"");
        row(Type::real, "1e999", "\"1e999\"");
        row(Type::text, "macro", "\"macro\"");
        row(Type::text_list, "en, fr", "[\"en\",\"fr\"]");
        row(Type::text_list, "", "[]");
        row(Type::real_list, "0.9, 0.95", "[0.9,0.95]");
        row(Type::real_list, "0.9, x", "[0.9,\"x\"]");
    }
    void textBecomesJson() {
        QFETCH(int, type);
        QFETCH(QString, text);
        QFETCH(QString, json);
        QCOMPARE(QString::fromStdString(parseField(static_cast<Type>(type), text).dump()), json);
    }
    void jsonBecomesText() {
        QCOMPARE(formatField(Type::integer, 4000), QStringLiteral("4000"));
        QCOMPARE(formatField(Type::integer, 1000000), QString::fromUtf8("1\u202F000\u202F000"));
        QCOMPARE(formatField(Type::integer, 5e5), formatField(Type::integer, 500000));
        QCOMPARE(formatField(Type::integer, "fast"), QStringLiteral("fast"));
        QCOMPARE(formatField(Type::real, 5e-4), QStringLiteral("5e-4"));
        QCOMPARE(formatField(Type::real, 0.1), QStringLiteral("0.1"));
        QCOMPARE(formatField(Type::real_list, Json{0.9, 0.999}), QStringLiteral("0.9, 0.999"));
        QCOMPARE(formatField(Type::text_list, "en"), QStringLiteral("en"));
    }
    void whatIsShownStandsForTheSameValue() {
        for (const Json& value : {Json(1e-8), Json(0.1), Json(1.0 / 3), Json(123456789), Json(0)})
            QCOMPARE(parseField(Type::real, formatField(Type::real, value)).get<double>(),
                     value.get<double>());
        QVERIFY(parseField(Type::integer, formatField(Type::integer, 123456789)) == Json(123456789));
    }
    void pathsAreMadeAndPruned() {
        Json json = Json::object();
        setAt(json, "/a/b/c", 1);
        QCOMPARE(json.dump(), R"({"a":{"b":{"c":1}}})");
        setAt(json, "/a/b/c/d", 2);
        QCOMPARE(valueAt(json, "/a/b/c/d")->get<int>(), 2);
        QVERIFY(valueAt(json, "/a/x") == nullptr);
        setAt(json, "/a/e", 3);
        eraseAt(json, "/a/b/c/d");
        QCOMPARE(json.dump(), R"({"a":{"e":3}})");
        eraseAt(json, "/a/e");
        QCOMPARE(json.dump(), "{}");
    }

    void everyIconIsDrawnInTheColourAskedFor() {
        QVERIFY(!symbolIcon("run").isNull());
        const QStringList names = QDir(QStringLiteral(":/retort/icons")).entryList();
        QVERIFY(names.size() > 10);
        for (const QString& name : names) {
            const QString base = name.section(u'.', 0, 0);
            const QImage image = symbolIcon(qPrintable(base), QColor(Qt::blue)).pixmap(32, 32).toImage();
            int blue = 0;
            for (int y = 0; y < 32; ++y)
                for (int x = 0; x < 32; ++x)
                    blue += image.pixelColor(x, y) == QColor(Qt::blue) ? 1 : 0;
            QVERIFY2(blue > 10, qPrintable(name));
        }
    }
    void everyFieldHasALabelledEditor() {
        Joined joined;
        int fields = 0;
        const auto look = [&](const SectionInfo& section, const auto& self) -> void {
            for (const FieldInfo& field : section.fields) {
                if (field.pointer == "/seed") continue;
                ++fields;
                auto* input = joined.input<QWidget>(field.pointer.c_str());
                QVERIFY2(input != nullptr, field.pointer.c_str());
                QVERIFY(input->accessibleName().startsWith(QString::fromStdString(field.label)));
                QVERIFY(input->accessibleDescription().contains(QString::fromStdString(field.help)));
                bool isLabelled = false;
                for (const QLabel* label : joined.form.findChildren<QLabel*>())
                    isLabelled = isLabelled || label->buddy() == input;
                QVERIFY2(isLabelled, field.pointer.c_str());
            }
            for (const SectionInfo& nested : section.sections)
                self(nested, self);
        };
        look(describe_run_spec(), look);
        QVERIFY(fields > 40);
        QVERIFY(joined.form.row("/seed") == nullptr);
    }
    void defaultsAreShownAndNotWritten() {
        Joined joined;
        QCOMPARE(joined.input<QLineEdit>("/data/context")->text(), QStringLiteral("128"));
        QCOMPARE(joined.input<QLineEdit>("/teacher/model/width")->text(), QStringLiteral("192"));
        QVERIFY(joined.run.empty());
        QCOMPARE(joined.edits, 0);
    }
    void editorsWriteTheirFieldAlone() {
        Joined joined;
        joined.type("/optim/tokens", QStringLiteral("1e6"));
        QCOMPARE(joined.input<QLineEdit>("/optim/tokens")->text(), QStringLiteral("1e6"));
        QTest::mouseClick(joined.input<QCheckBox>("/model/tied"), Qt::LeftButton, {}, QPoint(5, 10));
        auto* decay = joined.input<QComboBox>("/optim/decay");
        decay->setFocus();
        QTest::keyClick(decay, Qt::Key_Down);
        QCOMPARE(joined.run.dump(),
                 R"({"optim":{"tokens":1000000,"decay":"cosine"},"model":{"tied":false}})");
        QCOMPARE(to_text(read_run_spec(joined.run).problems), "");
    }
    void whatDoesNotParseStaysAndIsAProblem() {
        Joined joined;
        joined.type("/optim/lr", QStringLiteral("fast"));
        QCOMPARE(joined.input<QLineEdit>("/optim/lr")->text(), QStringLiteral("fast"));
        QCOMPARE(joined.problem("/optim/lr"), QStringLiteral("must be a number, but is \"fast\"."));
        QVERIFY(
            joined.input<QLineEdit>("/optim/lr")->accessibleDescription().contains(QStringLiteral("fast")));
        joined.type("/optim/lr", QStringLiteral("-1"));
        const Problem expected = read_run_spec(joined.run).problems.at(0);
        QCOMPARE(joined.problem("/optim/lr"), QString::fromStdString(expected.message));
        joined.type("/optim/lr", QStringLiteral("0.01"));
        QVERIFY(!joined.form.row("/optim/lr")->hasProblem());
    }
    void problemsOfElementsStandBesideTheirList() {
        Joined joined;
        joined.type("/data/domains", QStringLiteral("en, fr, en"));
        QVERIFY(joined.form.row("/data/domains")->hasProblem());
    }
    void unknownChoicesAreKeptAndReported() {
        Joined joined(Json::parse(R"({"optim": {"decay": "steep"}, "model": {"tied": "yes"}})"));
        QCOMPARE(joined.input<QComboBox>("/optim/decay")->currentText(), QStringLiteral("steep"));
        QVERIFY(joined.form.row("/optim/decay")->hasProblem());
        QVERIFY(joined.form.row("/model/tied")->hasProblem());
        QCOMPARE(joined.edits, 0);
    }
    void changedFieldsAreMarkedAndGoBack() {
        Joined joined(Json::parse(R"({"model": {"layers": 3}})"));
        QVERIFY(joined.form.row("/model/layers")->isChanged());
        QVERIFY(!joined.form.row("/model/width")->isChanged());
        auto* reset = joined.form.findChild<QToolButton*>(QStringLiteral("/model/layers/reset"));
        QVERIFY(reset->isVisible());
        QVERIFY(reset->toolTip().contains(QStringLiteral("default: 2")));
        QTest::mouseClick(reset, Qt::LeftButton);
        QVERIFY(joined.run.empty());
        QCOMPARE(joined.input<QLineEdit>("/model/layers")->text(), QStringLiteral("2"));
        QVERIFY(!reset->isVisible());
    }
    void searchFindsByLabelPointerAndHelp() {
        Joined joined;
        auto* search = joined.form.findChild<QLineEdit*>(QStringLiteral("fieldSearch"));
        joined.input<QLineEdit>("/optim/lr")->setFocus();
        QTRY_VERIFY(joined.form.isActiveWindow());
        QTest::keyClick(&joined.form, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(search->hasFocus());
        search->setText(QStringLiteral("weight DECAY"));
        QVERIFY(joined.form.row("/optim/weight_decay")->isVisible());
        QVERIFY(joined.form.row("/teacher/optim/weight_decay")->isVisible());
        QVERIFY(!joined.form.row("/optim/lr")->isVisible());
        search->setText(QStringLiteral("/optim/eps"));
        QVERIFY(joined.form.row("/optim/eps")->isVisible());
        QVERIFY(!joined.form.row("/optim/clip")->isVisible());
        search->setText(QStringLiteral("global gradient norm"));
        QVERIFY(joined.form.row("/optim/clip")->isVisible());
        search->setText(QStringLiteral("no such thing"));
        QVERIFY(joined.form.findChild<QLabel*>(QStringLiteral("noFieldFits"))->isVisible());
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(joined.form.row("/optim/lr")->isVisible());
    }
    void onlyWhatDiffers() {
        Joined joined(Json::parse(R"({"model": {"layers": 3}})"));
        joined.form.findChild<QToolButton*>(QStringLiteral("onlyChanged"))->click();
        QVERIFY(joined.form.row("/model/layers")->isVisible());
        QVERIFY(!joined.form.row("/model/width")->isVisible());
        QVERIFY(!joined.form.findChild<QWidget*>(QStringLiteral("section:/optim"))->isVisible());
    }
    void closedSectionsOpenForTheFieldGoneTo() {
        Joined joined;
        auto* header = joined.form.findChild<QAbstractButton*>(QStringLiteral("header:/teacher"));
        auto* nested = joined.form.findChild<QAbstractButton*>(QStringLiteral("header:/teacher/optim"));
        header->setFocus();
        QTest::keyClick(header, Qt::Key_Space);
        nested->setChecked(false);
        QVERIFY(!joined.form.row("/teacher/optim/lr")->isVisible());
        joined.form.focusField("/teacher/optim/lr");
        QVERIFY(joined.form.row("/teacher/optim/lr")->isVisible());
        joined.form.activateWindow();
        QTRY_VERIFY(joined.input<QLineEdit>("/teacher/optim/lr")->hasFocus());
    }
    void helpStandsUnderTheFieldInFocusAlone() {
        Joined joined;
        joined.form.activateWindow();
        const auto help = [&](const char* pointer) {
            for (const QLabel* label : joined.form.row(pointer)->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(QLatin1String("Peak rate"))) return true;
            return false;
        };
        QVERIFY(!help("/optim/lr"));
        joined.form.focusField("/optim/lr");
        QTRY_VERIFY(help("/optim/lr"));
        joined.form.focusField("/optim/eps");
        QTRY_VERIFY(!help("/optim/lr"));
    }
    void aTeacherHasNoTeacherAndNoDistillation() {
        Joined joined;
        auto* teacher = joined.form.findChild<QWidget*>(QStringLiteral("section:/teacher"));
        QVERIFY(teacher->isVisible());
        joined.run["task"] = "teacher";
        joined.show();
        QVERIFY(!teacher->isVisible());
        QVERIFY(!joined.form.findChild<QWidget*>(QStringLiteral("section:/distill"))->isVisible());
    }
    void whatDoesNotBelongIsShownAndRemoved() {
        Joined joined(Json::parse(R"({"task": "teacher", "teacher": {"seed": 2}, "optim": {"speed": 1}})"));
        auto* teacher = joined.form.findChild<QAbstractButton*>(QStringLiteral("remove:/teacher"));
        auto* optim = joined.form.findChild<QAbstractButton*>(QStringLiteral("remove:/optim"));
        QVERIFY(teacher->isVisible());
        QVERIFY(optim->isVisible());
        optim->click();
        QCOMPARE(joined.run.dump(), R"({"task":"teacher","teacher":{"seed":2}})");
        teacher->click();
        QCOMPARE(joined.run.dump(), R"({"task":"teacher"})");
        QVERIFY(!teacher->isVisible());
    }
    void secondaryTextFollowsThePalette() {
        const QPalette before = QApplication::palette();
        TintedLabel label(QStringLiteral("help"));
        label.show();
        for (const QColor ground : {QColor(Qt::white), QColor(0x20, 0x20, 0x20), QColor(Qt::white)}) {
            QApplication::setPalette(QPalette(ground));
            const auto contrast = [&] {
                return std::abs(label.palette().color(QPalette::WindowText).lightness() - ground.lightness());
            };
            QTRY_VERIFY2(contrast() > 100, qPrintable(ground.name()));
            QTRY_COMPARE(label.palette().color(QPalette::Window), ground);
        }
        QApplication::setPalette(before);
    }
    void aWheelPassingOverAChoiceLeavesIt() {
        Joined joined;
        auto* decay = joined.input<QComboBox>("/optim/decay");
        joined.input<QLineEdit>("/optim/lr")->setFocus();
        QWheelEvent wheel(QPointF(5, 5), decay->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(decay, &wheel);
        QCOMPARE(decay->currentText(), QStringLiteral("linear"));
        QCOMPARE(joined.edits, 0);
    }
};

QTEST_MAIN(TestForm)
#include "test_form.moc"
