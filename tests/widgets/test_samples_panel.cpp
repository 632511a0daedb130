// SPDX-License-Identifier: GPL-3.0-or-later
#include "mnemonics.h"
#include "sample_runs.h"
#include "widgets/pages/live_page.h"
#include "widgets/pages/samples_panel.h"

#include <QComboBox>
#include <QSlider>
#include <QTabWidget>
#include <QTest>
#include <QTextBlock>
#include <QTextEdit>

using namespace retort;

namespace {

TextSample sampleOf(const std::string& domain, const std::string& text) {
    return {domain, "Once upon", text};
}

/// English and French at steps 0, 100 and 1200.
struct Fixture {
    Fixture() {
        for (const std::int64_t step : {0, 100, 1200})
            for (const char* domain : {"en", "fr"})
                panel.add(step, sampleOf(domain, " written at " + std::to_string(step)));
        panel.refresh();
        panel.resize(600, 300);
        panel.show();
    }
    [[nodiscard]] QStringList lines() const {
        return panel.findChild<QTextEdit*>()->toPlainText().split(QLatin1Char('\n'));
    }
    [[nodiscard]] QSlider& slider() const { return *panel.findChild<QSlider*>(); }
    [[nodiscard]] QString place() const {
        return panel.findChild<QLabel*>(QStringLiteral("sampleStepText"))->text();
    }
    void choose(const char* domain) const {
        auto* box = panel.findChild<QComboBox*>();
        box->setCurrentIndex(box->findData(QLatin1String(domain)));
    }
    SamplesPanel panel;
};

RunEvent eventOf(decltype(RunEvent::what) what) {
    return {"A", 1, 0, std::move(what)};
}

Evaluated evaluated(std::int64_t step) {
    EvaluationRow row;
    row.domain = "en";
    row.nll = 3;
    row.tokens = row.bytes = 1;
    return {step, step, 1, {row}, {sampleOf("en", " at " + std::to_string(step))}};
}

QString shownBy(const LivePage& page) {
    return page.findChild<QTextEdit*>(QStringLiteral("sampleText"))->toPlainText();
}

} // namespace

class TestSamplesPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void theNewestEvaluationIsShownDomainByDomain() {
        const Fixture fixture;
        QCOMPARE(fixture.lines(), (QStringList{"en · step 1200", "Once upon written at 1200",
                                               "fr · step 1200", "Once upon written at 1200"}));
        QCOMPARE(fixture.place(), QStringLiteral("step 1200 (3 of 3)"));
        QCOMPARE(fixture.slider().accessibleDescription(), fixture.place());
    }
    void thePromptIsFainterThanWhatTheModelWrote() {
        const Fixture fixture;
        const auto* text = fixture.panel.findChild<QTextEdit*>();
        auto fragment = text->document()->findBlockByNumber(1).begin();
        QCOMPARE(fragment.fragment().text(), QStringLiteral("Once upon"));
        const QColor prompt = fragment.fragment().charFormat().foreground().color();
        QCOMPARE((++fragment).fragment().text(), QStringLiteral(" written at 1200"));
        const QColor written = fragment.fragment().charFormat().foreground().color();
        QCOMPARE(written, text->palette().color(QPalette::Text));
        QVERIFY(prompt != written);
        QVERIFY(text->textInteractionFlags() & Qt::TextSelectableByKeyboard);
    }
    void theKeyboardGoesThroughTheEvaluations() {
        const Fixture fixture;
        QTest::keyClick(&fixture.slider(), Qt::Key_Left);
        QCOMPARE(fixture.lines()[0], QStringLiteral("en · step 100"));
        QCOMPARE(fixture.place(), QStringLiteral("step 100 (2 of 3)"));
        QTest::keyClick(&fixture.slider(), Qt::Key_Home);
        QCOMPARE(fixture.lines()[1], QStringLiteral("Once upon written at 0"));
        QTest::keyClick(&fixture.slider(), Qt::Key_End);
        QCOMPARE(fixture.lines()[0], QStringLiteral("en · step 1200"));
    }
    void oneDomainIsShownOverTheEvaluationsNewestFirst() {
        const Fixture fixture;
        fixture.choose("fr");
        QCOMPARE(fixture.lines(),
                 (QStringList{"fr · step 1200", "Once upon written at 1200", "fr · step 100",
                              "Once upon written at 100", "fr · step 0", "Once upon written at 0"}));
        fixture.slider().setValue(1);
        QCOMPARE(fixture.lines().size(), 4);
        QCOMPARE(fixture.lines()[0], QStringLiteral("fr · step 100"));
    }
    void theNewestIsFollowedUnlessAnEarlierOneIsRead() {
        Fixture fixture;
        fixture.choose("fr");
        fixture.panel.add(1300, sampleOf("fr", " new"));
        fixture.panel.refresh();
        QCOMPARE(fixture.lines()[1], QStringLiteral("Once upon new"));
        fixture.slider().setValue(1);
        fixture.panel.add(1400, sampleOf("fr", " newer"));
        fixture.panel.refresh();
        QCOMPARE(fixture.lines()[0], QStringLiteral("fr · step 100"));
        QCOMPARE(fixture.place(), QStringLiteral("step 100 (2 of 5)"));
    }
    void whatIsSaidTwiceIsShownOnce() {
        Fixture fixture;
        fixture.panel.add(1200, sampleOf("en", " written again"));
        fixture.panel.refresh();
        QCOMPARE(fixture.lines().size(), 4);
        QCOMPARE(fixture.lines()[1], QStringLiteral("Once upon written again"));
        fixture.panel.truncateAfter(100);
        fixture.panel.refresh();
        QCOMPARE(fixture.place(), QStringLiteral("step 100 (2 of 2)"));
    }
    void linesOfASampleStayInItsBlock() {
        SamplesPanel panel;
        panel.add(1, {"py", "def f():\n", "    return 1\n\nx"});
        panel.refresh();
        QCOMPARE(panel.findChild<QTextEdit*>()->document()->blockCount(), 2);
    }
    void whileEmptyItSaysWhy() {
        LivePage page;
        RunRecord record = sampleRecord("A", "fixed", 1, RunStatus::running, 0, 100);
        page.showRun(record, {});
        const auto* text = page.findChild<QTextEdit*>(QStringLiteral("sampleText"));
        QVERIFY(text->placeholderText().contains(QStringLiteral("comes with each evaluation")));
        QVERIFY(page.findChild<QSlider*>(QStringLiteral("sampleStep"))->parentWidget()->isHidden());
        Json spec = record.spec;
        spec["run"]["samples"] = 0;
        record.spec = std::move(spec);
        page.showRun(record, {});
        QVERIFY(text->placeholderText().contains(QStringLiteral("above 0")));
    }
    void theLivePageShowsStoredAndLiveSamples() {
        LivePage page;
        LiveHistory history;
        history.samples = {{50, sampleOf("en", " at 50")}};
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 50, 200), history);
        page.resize(1280, 800);
        page.show();
        page.findChild<QTabWidget*>(QStringLiteral("liveTexts"))->setCurrentIndex(1);
        QCOMPARE(ambiguousMnemonics(page), QStringList());
        QCOMPARE(shownBy(page), QStringLiteral("en · step 50\nOnce upon at 50"));
        page.append(std::vector{eventOf(evaluated(100)), eventOf(evaluated(150))});
        QCOMPARE(shownBy(page), QStringLiteral("en · step 150\nOnce upon at 150"));
        page.append(std::vector{eventOf(RunStarted{100, 200, 1, {}, {}, false})});
        QCOMPARE(shownBy(page), QStringLiteral("en · step 100\nOnce upon at 100"));
        page.clear();
        QCOMPARE(shownBy(page), QString());
    }
};

QTEST_MAIN(TestSamplesPanel)
#include "test_samples_panel.moc"
