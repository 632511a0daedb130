// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/modular_size.h"
#include "sample_architectures.h"
#include "widgets/forms/architecture_diagram.h"
#include "widgets/forms/architecture_layout.h"
#include "widgets/forms/loss_text.h"
#include "widgets/forms/model_outline.h"
#include "widgets/forms/model_table.h"
#include "widgets/pages/design_page.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QUndoStack>

using namespace retort;

Q_DECLARE_METATYPE(retort::Architecture)

namespace {

using Kind = ArchitectureBox::Kind;

std::vector<std::string> domains(int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
        names.push_back("d" + std::to_string(i + 1));
    return names;
}

ArchitectureLayout layOut(const RunSpec& spec, const QSizeF& size) {
    return layOutArchitecture(spec, QRectF(QPointF(), size), QFontMetricsF(QFont()));
}

qsizetype countOf(const ArchitectureLayout& layout, Kind kind) {
    return std::ranges::count(layout.boxes, kind, &ArchitectureBox::kind);
}

QStringList textsOf(const QWidget& widget) {
    QStringList texts;
    for (const QLabel* label : widget.findChildren<QLabel*>())
        texts << label->text();
    return texts;
}

} // namespace

class TestArchitectureDiagram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void boxesNeitherOverlapNorLeaveTheDrawing_data() {
        QTest::addColumn<Architecture>("architecture");
        QTest::addColumn<int>("experts");
        for (const auto& [name, kind] : {std::pair("ple", Architecture::ple),
                                         {"jeet", Architecture::jeet},
                                         {"moe-ce", Architecture::moe_ce}})
            for (const int experts : {1, 2, 4, 7, 12})
                QTest::addRow("%s of %d", name, experts) << kind << experts;
    }
    void boxesNeitherOverlapNorLeaveTheDrawing() {
        QFETCH(Architecture, architecture);
        QFETCH(int, experts);
        const RunSpec spec = sampleModular(architecture, domains(experts));
        const QFontMetricsF metrics{QFont()};
        for (const double width : {260.0, 320.0, 500.0}) {
            const QSizeF size(width, architectureHeight(spec, width, metrics));
            const ArchitectureLayout layout = layOut(spec, size);
            const QRectF all = QRectF(QPointF(), size).adjusted(-0.01, -0.01, 0.01, 0.01);
            QCOMPARE(countOf(layout, Kind::expert), qsizetype{experts});
            for (const ArchitectureBox& box : layout.boxes) {
                QVERIFY2(all.contains(box.area), qPrintable(box.name));
                QVERIFY2(box.area.height() >= metrics.height(), qPrintable(box.name));
                for (const ArchitectureBox& other : layout.boxes)
                    QVERIFY2(&box == &other ||
                                 !box.area.adjusted(0.01, 0.01, -0.01, -0.01).intersects(other.area),
                             qPrintable(box.name + other.name));
            }
            for (const QLineF& arrow : layout.arrows)
                QVERIFY(all.contains(arrow.p1()) && all.contains(arrow.p2()) && arrow.dy() < 0);
        }
    }
    void countsOfExpertsFitTheirBoxes() {
        const QFontMetricsF metrics{QFont()};
        for (const int experts : {4, 12})
            for (const ArchitectureBox& box :
                 layOut(sampleModular(Architecture::moe_ce, domains(experts)), {300, 400}).boxes)
                QVERIFY2(metrics.horizontalAdvance(box.count) <= box.area.width() - 6, qPrintable(box.name));
    }
    void partsStandInTheOrderOfTheData() {
        const ArchitectureLayout layout = layOut(sampleModular(Architecture::moe_ce), {320, 320});
        QStringList names;
        for (const ArchitectureBox& box : layout.boxes)
            names << box.name;
        QCOMPARE(names, (QStringList{"embedding", "router: logistic", "en", "fr", "de", "py", "common",
                                     "0.5 expert + 0.5 common", "tied head"}));
        QCOMPARE(layout.boxes[2].count, QStringLiteral("236\u00A0k"));
        QCOMPARE(layout.boxes[0].count, QStringLiteral("384\u00A0k"));
        QVERIFY(layout.boxes[2].isActive && !layout.boxes[3].isActive);
        QVERIFY(layout.boxes.back().area.bottom() < layout.boxes.front().area.top());
        RunSpec byLabel = sampleModular(Architecture::jeet);
        byLabel.evaluation->route = RouteBy::label;
        QCOMPARE(layOut(byLabel, {320, 320}).boxes[1].name, QStringLiteral("by the domain’s label"));
        QCOMPARE(countOf(layOut(sampleModular(Architecture::ple), {320, 320}), Kind::table), qsizetype{8});
    }
    void aScreenReaderHearsAllParts() {
        ArchitectureDiagram diagram;
        diagram.setRun(sampleModular(Architecture::moe_ce));
        QCOMPARE(diagram.accessibleName(), QStringLiteral("Drawing of the modular model"));
        for (const char* part : {"Expert fr, 2 layers of width 96: 236160 parameters", "Common expert",
                                 "In all 1564800 parameters, of which one token passes 856320"})
            QVERIFY2(
                diagram.accessibleDescription().remove(u',').contains(QString::fromUtf8(part).remove(u',')),
                part);
    }
    void theDrawingFollowsTheForm() {
        DesignPage page;
        page.setStudy(
            read_study(R"({"retort": 1, "name": "a", "seeds": [1], "base": {}, "variants": {}})").study);
        page.resize(1280, 800);
        page.show();
        auto* diagram = page.findChild<ArchitectureDiagram*>();
        auto* section = page.findChild<QWidget*>(QStringLiteral("section:/modular"));
        QVERIFY(!diagram->isVisible() && !section->isVisible());
        const auto choose = [&](const char* field, const char* value) {
            auto* row = page.findChild<QWidget*>(QLatin1String(field));
            auto* box = row->findChild<QComboBox*>();
            box->setCurrentText(QLatin1String(value));
            Q_EMIT box->activated(box->currentIndex());
        };
        choose("/task", "modular");
        QVERIFY(diagram->isVisible() && section->isVisible());
        QVERIFY(page.findChild<QWidget*>(QStringLiteral("section:/evaluation"))->isVisible());
        QVERIFY(diagram->accessibleDescription().contains(QStringLiteral("Expert en")));
        QVERIFY(!diagram->accessibleDescription().contains(QStringLiteral("Common expert")));
        choose("/modular/architecture", "moe-ce");
        QVERIFY(diagram->accessibleDescription().contains(QStringLiteral("Common expert")));
        auto* grid = page.findChild<QLineEdit*>(QStringLiteral("/evaluation/grid/input"));
        QCOMPARE(grid->text(), QStringLiteral("all, singles, leave-one-out, common, average"));
        page.undoStack()->undo();
        page.undoStack()->undo();
        QVERIFY(!diagram->isVisible());
    }
    void theTableCountsActiveAndDeadParameters() {
        ModelTable table;
        table.setRun(sampleModular(Architecture::moe_ce));
        const QStringList texts = textsOf(table);
        for (const char* text : {"1.56\u00A0M", "active for one token", "856\u00A0k",
                                 "The paper’s code would carry 1.92\u00A0M more that nothing reads."})
            QVERIFY2(texts.contains(QString::fromUtf8(text)), text);
        table.setRun(sampleModular(Architecture::ple));
        QVERIFY(textsOf(table).contains(QStringLiteral("FLOPs of its experts")));
        QVERIFY(textsOf(table).filter(QStringLiteral("nothing reads")).isEmpty());
    }
    void theLossIsThatOfTheExperts() {
        const RunSpec jeet = sampleModular(Architecture::jeet);
        RunSpec dense = jeet;
        dense.task = Task::distill;
        dense.modular.reset();
        QCOMPARE(lossText(jeet).symbols, lossText(dense).symbols);
        const LossText ple = lossText(sampleModular(Architecture::ple));
        QCOMPARE(ple.symbols, lossText(dense).symbols);
        QVERIFY(ple.legend.contains(QStringLiteral("run of its own")));
        RunSpec based = jeet;
        based.modular->base = "model-0";
        QCOMPARE(lossText(based).symbols, QStringLiteral("Nothing learns."));
        QCOMPARE(modelOutlines(sampleModular(Architecture::ple)).size(),
                 std::size_t{2}); // with its experts' teacher
    }
};

QTEST_MAIN(TestArchitectureDiagram)
#include "test_architecture_diagram.moc"
