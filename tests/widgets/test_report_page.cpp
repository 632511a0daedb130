// SPDX-License-Identifier: GPL-3.0-or-later
#include "../report/sample_figures.h"
#include "saving.h"
#include "widgets/pages/report_page.h"
#include "widgets/pages/report_preview.h"
#include "widgets/pages/report_source.h"
#include "widgets/print/report_file.h"

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace retort;
using namespace retort::test;

namespace {

ReportDocument sample(const std::string& title) {
    ReportDocument document{title, "Study x", {}};
    for (int section = 0; section < 6; ++section)
        document.sections.push_back(
            {"Results", {ReportFinding{"supported", "It is lower."}, ReportFigure{curve_figure()}}});
    return document;
}

class FakeSource : public ReportSource {
public:
    void readReport(const std::vector<std::string>& names, Answer answer) override {
        asked.push_back(names);
        waiting = std::move(answer);
    }
    void answer(const ReportReading& reading) { waiting(reading); }

    std::vector<std::vector<std::string>> asked;
    Answer waiting;
};

RunRecord runOf(const std::string& study, RunStatus status) {
    RunRecord run;
    run.id = study + "-id";
    run.study = study;
    run.status = status;
    return run;
}

struct Fixture {
    Fixture() {
        page.setRuns({runOf("alpha", RunStatus::done), runOf("beta", RunStatus::done),
                      runOf("gamma", RunStatus::running)});
        page.setSource(&source);
        page.resize(900, 700);
    }
    template <class Part>
    [[nodiscard]] Part* part(const char* name) const {
        return page.findChild<Part*>(QLatin1String(name));
    }
    FakeSource source;
    ReportPage page;
};

} // namespace

class TestReportPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsReadBeforeSomebodyLooks() {
        Fixture fixture;
        QVERIFY(fixture.source.asked.empty());
        fixture.page.show();
        QCOMPARE(fixture.source.asked.size(), std::size_t{1});
        QCOMPARE(fixture.source.asked[0], std::vector<std::string>{"alpha"});
        QVERIFY(!fixture.part<QToolButton>("exportReport")->isEnabled());
    }
    void thePagesAreShownAndSpoken() {
        Fixture fixture;
        fixture.page.show();
        fixture.source.answer({sample("Is it?"), {}});
        auto* preview = fixture.part<ReportPreview>("reportPreview");
        QVERIFY(preview->isVisible() && preview->pageCount() > 1);
        QVERIFY(preview->accessibleDescription().startsWith(QLatin1String("Is it? supported. It is lower.")));
        QVERIFY(fixture.part<QToolButton>("exportReport")->isEnabled());
        QVERIFY(fixture.part<QLabel>("pageCount")->text().contains(QString::number(preview->pageCount())));
        const QImage shown = preview->grab().toImage();
        QVERIFY(shown.pixelColor(shown.width() / 2, 40) == QColor(Qt::white)); // paper
    }
    void keysTurnPages() {
        Fixture fixture;
        fixture.page.show();
        fixture.source.answer({sample("Is it?"), {}});
        auto* preview = fixture.part<ReportPreview>("reportPreview");
        QTest::keyClick(preview, Qt::Key_PageDown);
        QCOMPARE(preview->currentPage(), 1);
        QTest::keyClick(preview, Qt::Key_PageUp);
        QCOMPARE(preview->currentPage(), 0);
        QTest::keyClick(preview, Qt::Key_End);
        QCOMPARE(preview->verticalScrollBar()->value(), preview->verticalScrollBar()->maximum());
        const int before = preview->verticalScrollBar()->maximum();
        QTest::keyClick(preview, Qt::Key_Plus);
        QVERIFY(preview->verticalScrollBar()->maximum() > before);
        QTest::keyClick(preview, Qt::Key_0);
        QCOMPARE(preview->verticalScrollBar()->maximum(), before);
    }
    void anotherStudyCanBeChosen() {
        Fixture fixture;
        fixture.page.show();
        auto* subject = fixture.part<QComboBox>("subject");
        QCOMPARE(subject->count(), 2); // gamma has no finished run
        fixture.page.reportStudy(QStringLiteral("beta"));
        QCOMPARE(fixture.source.asked.back(), std::vector<std::string>{"beta"});
        fixture.source.answer({sample("Beta?"), {}});
        QCOMPARE(fixture.page.document()->title, std::string("Beta?"));
    }
    void chosenRunsAreAChoiceOfTheirOwn() {
        Fixture fixture;
        fixture.page.show();
        fixture.page.reportRuns({QStringLiteral("a"), QStringLiteral("b")});
        QCOMPARE(fixture.source.asked.back(), (std::vector<std::string>{"a", "b"}));
        QCOMPARE(fixture.part<QComboBox>("subject")->currentText(), QStringLiteral("2 chosen runs"));
        fixture.page.reportRuns({QStringLiteral("c")});
        QCOMPARE(fixture.source.asked.back(), std::vector<std::string>{"c"});
    }
    void anAnswerThatComesTooLateIsDropped() {
        Fixture fixture;
        fixture.page.show();
        const auto late = fixture.source.waiting;
        fixture.page.reportStudy(QStringLiteral("beta"));
        fixture.source.answer({sample("Beta?"), {}});
        late({sample("Alpha?"), {}});
        QCOMPARE(fixture.page.document()->title, std::string("Beta?"));
    }
    void whyThereIsNoReportIsSaid() {
        Fixture fixture;
        fixture.page.show();
        fixture.source.answer({{}, "The corpus is <gone>."});
        QVERIFY(fixture.part<QLabel>("reportMessage")->isVisible());
        QCOMPARE(fixture.part<QLabel>("reportMessage")->text(), QStringLiteral("The corpus is <gone>."));
        QVERIFY(!fixture.page.document());
        QTest::mouseClick(fixture.part<QToolButton>("refreshReport"), Qt::LeftButton);
        QCOMPARE(fixture.source.asked.size(), std::size_t{2});
    }
    void reportsAreSavedInEveryForm() {
        const QTemporaryDir folder;
        for (const char* ending : {"pdf", "html", "tex", "md"}) {
            const QString file = folder.filePath(QStringLiteral("r.") + ending);
            QCOMPARE(savedBy([&] { return saveReport(sample("Is it?"), file); }).value(0), file);
        }
        const auto read = [&](const char* name) { return contentOf(folder.filePath(QLatin1String(name))); };
        QVERIFY(read("r.pdf").startsWith("%PDF"));
        QCOMPARE(read("r.html").count("<svg"), 6);
        QVERIFY(!read("r.html").contains("http"));
        QVERIFY(read("r.tex").contains("\\begin{tikzpicture}"));
        QVERIFY(read("r.md").contains("](r-figures/loss.svg)"));
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("r-figures/loss.svg"))));
        QVERIFY(saveReport(sample("x"), folder.filePath(QStringLiteral("r.doc")))
                    .contains(QStringLiteral(".pdf")));
        QVERIFY(!saveReport(sample("x"), QStringLiteral("/nowhere/at/all.pdf")).isEmpty());
    }
};

RETORT_DRAWING_TEST_MAIN(TestReportPage)
#include "test_report_page.moc"
