// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_texts.h"
#include "widgets/pages/continuation_panel.h"
#include "widgets/pages/token_text_view.h"
#include "widgets/pages/try_page.h"
#include "widgets/plots/probability_bars.h"
#include "widgets/tables/alternative_table.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTest>
#include <QToolButton>
#include <algorithm>

using namespace retort;

namespace {

struct Fixture {
    explicit Fixture(const std::vector<RunRecord>& runs = sampleWriters()) {
        page.setSource(&source);
        page.setRuns(runs);
        page.resize(1280, 800);
        page.show();
    }
    template <class Widget>
    Widget* part(const char* name) const {
        return page.findChild<Widget*>(QLatin1String(name));
    }
    /// From left to right.
    [[nodiscard]] QList<ContinuationPanel*> columns() const {
        QList<ContinuationPanel*> all;
        for (auto* column : page.findChildren<ContinuationPanel*>())
            if (!column->isHidden()) all << column;
        const auto* splitter = page.findChild<QSplitter*>(); // which puts new children below the others
        std::ranges::sort(all, {}, [&](ContinuationPanel* column) { return splitter->indexOf(column); });
        return all;
    }
    template <class Widget>
    Widget* partOf(int column, const char* name) const {
        return columns()[column]->findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] TokenTextView* text(int column) const {
        return columns()[column]->findChild<TokenTextView*>();
    }
    [[nodiscard]] QString state(int column) const { return partOf<QLabel>(column, "state")->text(); }
    void writeAll() {
        part<QPlainTextEdit>("prompt")->setPlainText(QStringLiteral("Once"));
        QTest::mouseClick(part<QPushButton>("generate"), Qt::LeftButton);
        for (std::size_t i = 0; i < source.requests.size(); ++i) {
            source.listener.started(i, sampleStart(i == 2));
            source.listener.written(i, sampleText());
            source.listener.ended(i, GenerationEnd::tokens, "");
        }
    }
    SampleTexts source; ///< outlives the page
    TryPage page;
};

} // namespace

class TestTryPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void saysWhatToDoWhileNoRunCanWrite() {
        std::vector<RunRecord> runs = {sampleWriter("01", Task::router, "svm"),
                                       sampleWriter("02", Task::distill, "half")};
        runs[1].status = RunStatus::running;
        const Fixture fixture(runs);
        bool isSaid = false;
        for (const QLabel* label : fixture.page.findChildren<QLabel*>())
            isSaid |= label->isVisible() && label->text().contains(QStringLiteral("take a ready study"));
        QVERIFY(isSaid);
        QVERIFY(!fixture.part<QPlainTextEdit>("prompt")->isVisible());
    }
    void aColumnForEachKindOfRun() {
        const Fixture fixture;
        QCOMPARE(fixture.columns().size(), 3);
        QCOMPARE(fixture.columns()[0]->run(), std::string("01"));
        QCOMPARE(fixture.columns()[1]->run(), std::string("04")); // the newer student
        QCOMPARE(fixture.columns()[2]->run(), std::string("03"));
        QVERIFY(fixture.partOf<QComboBox>(0, "setting")->isHidden());
        QVERIFY(fixture.partOf<QComboBox>(2, "setting")->isVisible());
    }
    void anOlderAttemptIsNotOffered() {
        auto runs = sampleWriters();
        runs.push_back(sampleWriter("09", Task::distill, "dense")); // again
        const Fixture fixture(runs);
        const auto* offered = fixture.partOf<QComboBox>(0, "run");
        QCOMPARE(offered->count(), 4);
        QVERIFY(offered->findData("02") < 0 && offered->findData("09") >= 0);
    }
    void asksWhatThePersonChose() {
        Fixture fixture;
        fixture.part<QSpinBox>("tokens")->setValue(7);
        fixture.part<QDoubleSpinBox>("temperature")->setValue(0);
        fixture.part<QSpinBox>("topK")->setValue(5);
        fixture.part<QDoubleSpinBox>("topP")->setValue(0.5);
        fixture.part<QSpinBox>("seed")->setValue(42);
        auto* setting = fixture.partOf<QComboBox>(2, "setting");
        setting->setCurrentIndex(setting->findData("average(all)+common"));
        fixture.part<QPlainTextEdit>("prompt")->setPlainText(QStringLiteral("Straße"));
        fixture.page.activateWindow(); // shortcuts are those of the active one
        QVERIFY(QTest::qWaitForWindowActive(&fixture.page));
        QTest::keyClick(fixture.part<QPlainTextEdit>("prompt"), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(fixture.source.requests.size(), std::size_t{3});
        const TryRequest& last = fixture.source.requests[2];
        QCOMPARE(last.run, std::string("03"));
        QCOMPARE(last.text.prompt, std::string("Straße"));
        QCOMPARE(last.text.setting, std::string("average(all)+common"));
        QCOMPARE(last.text.tokens, 7);
        QCOMPARE(last.text.temperature, 0.0);
        QCOMPARE(last.text.top_k, 5);
        QCOMPARE(last.text.top_p, 0.5);
        QCOMPARE(last.text.seed, std::uint64_t{42});
        QCOMPARE(fixture.source.requests[0].text.setting, std::string());
    }
    void textsGrowSideBySide() {
        Fixture fixture;
        QTest::mouseClick(fixture.part<QPushButton>("generate"), Qt::LeftButton);
        fixture.source.listener.started(2, sampleStart(true));
        QVERIFY(fixture.columns()[2]->findChild<ProbabilityBars*>()->isVisible());
        QCOMPARE(fixture.state(2), QStringLiteral("Written by en+common; the router says en."));
        fixture.source.listener.written(2, {sampleToken(1, "a", 0.5)});
        fixture.source.listener.written(0, {sampleToken(1, "b", 0.5), sampleToken(2, " c", 0.5)});
        QCOMPARE(fixture.text(0)->toPlainText(), QStringLiteral("b c"));
        QCOMPARE(fixture.text(2)->toPlainText(), QStringLiteral("a"));
        QVERIFY(!fixture.columns()[0]->findChild<ProbabilityBars*>()->isVisible());
        fixture.source.listener.ended(0, GenerationEnd::document, "");
        QCOMPARE(fixture.state(0), QStringLiteral("The document ended after 2 tokens."));
        fixture.source.listener.ended(1, GenerationEnd::stopped, "The model is gone.");
        QCOMPARE(fixture.state(1), QStringLiteral("The model is gone."));
    }
    void stopEndsWhatIsUnderWay() {
        Fixture fixture;
        auto* stop = fixture.part<QToolButton>("stopWriting");
        QVERIFY(!stop->isEnabled());
        QTest::mouseClick(fixture.part<QPushButton>("generate"), Qt::LeftButton);
        QVERIFY(stop->isEnabled());
        QTest::mouseClick(stop, Qt::LeftButton);
        QCOMPARE(fixture.source.stops, 1);
        for (std::size_t i = 0; i < 3; ++i)
            fixture.source.listener.ended(i, GenerationEnd::stopped, "");
        QVERIFY(!stop->isEnabled());
    }
    void tokensAreWalkedByTheKeys() {
        Fixture fixture;
        fixture.writeAll();
        TokenTextView* text = fixture.text(1);
        const QAbstractItemModelTester tester(fixture.partOf<AlternativeTable>(1, "alternatives")->model());
        QCOMPARE(text->toPlainText().left(12), QStringLiteral("Once the old"));
        QTest::keyClick(text, Qt::Key_Right);
        QTest::keyClick(text, Qt::Key_Right);
        QCOMPARE(text->current(), 1);
        QCOMPARE(fixture.partOf<QLabel>(1, "token")->text(),
                 QStringLiteral("Token 2: “␣old”, probability 0.0300"));
        const auto* rows = fixture.partOf<AlternativeTable>(1, "alternatives")->model();
        QCOMPARE(rows->rowCount(), 4); // three and the token itself, which was less probable
        QCOMPARE(rows->index(3, 0).data().toString(), QStringLiteral("␣old"));
        QVERIFY(rows->index(3, 0).data(Qt::FontRole).value<QFont>().bold());
        QCOMPARE(rows->index(0, 1).data().toString(), QStringLiteral("0.0800"));
        QTest::keyClick(text, Qt::Key_Left);
        QTest::keyClick(text, Qt::Key_Left);
        QCOMPARE(text->current(), 0);
    }
    void aTokenIsFoundByTheMouse() {
        Fixture fixture;
        fixture.writeAll();
        TokenTextView* text = fixture.text(0);
        QTextCursor place(text->document());
        place.setPosition(static_cast<int>(text->toPlainText().indexOf(QStringLiteral("edral"))) + 2);
        QTest::mouseMove(text->viewport(), text->cursorRect(place).center());
        QTRY_COMPARE(text->current(), 3);
        QCOMPARE(fixture.partOf<QLabel>(0, "token")->text(),
                 QStringLiteral("Token 4: “edral”, probability 0.9700"));
    }
    void shadesFollowTheProbability() {
        QCOMPARE(TokenTextView::shade(1), 0.0);
        QVERIFY(std::abs(TokenTextView::shade(0.1) - 0.25) < 1e-12);
        QVERIFY(std::abs(TokenTextView::shade(0.01) - 0.5) < 1e-12);
        QCOMPARE(TokenTextView::shade(0), 1.0);
    }
    void columnsComeAndGo() {
        Fixture fixture;
        auto* add = fixture.part<QToolButton>("addColumn");
        QTest::mouseClick(add, Qt::LeftButton);
        QCOMPARE(fixture.columns().size(), 4);
        QCOMPARE(fixture.columns()[3]->run(), std::string("02")); // the one that no other has
        QVERIFY(!add->isEnabled());
        QTest::mouseClick(fixture.part<QPushButton>("generate"), Qt::LeftButton);
        QTest::mouseClick(fixture.partOf<QToolButton>(1, "closeColumn"), Qt::LeftButton);
        fixture.source.listener.written(1, sampleText()); // to nobody
        fixture.source.listener.written(2, {sampleToken(1, "x", 0.5)});
        QCOMPARE(fixture.text(1)->toPlainText(), QStringLiteral("x"));
        for (int i = 0; i < 2; ++i)
            QTest::mouseClick(fixture.partOf<QToolButton>(0, "closeColumn"), Qt::LeftButton);
        QVERIFY(!fixture.partOf<QToolButton>(0, "closeColumn")->isEnabled()); // one stays
    }
    void choicesStayWhenRunsCome() {
        Fixture fixture;
        fixture.columns()[1]->chooseRun("02");
        auto* setting = fixture.partOf<QComboBox>(2, "setting");
        setting->setCurrentIndex(setting->findData("fr"));
        auto runs = sampleWriters();
        runs.push_back(sampleWriter("05", Task::distill, "newer"));
        fixture.page.setRuns(runs);
        QCOMPARE(fixture.columns().size(), 3);
        QCOMPARE(fixture.columns()[1]->run(), std::string("02"));
        QCOMPARE(fixture.columns()[2]->setting(), std::string("fr"));
    }
};

QTEST_MAIN(TestTryPage)
#include "test_try_page.moc"
