// SPDX-License-Identifier: GPL-3.0-or-later
#include "mnemonics.h"
#include "sample_routers.h"
#include "widgets/pages/confusion_panel.h"
#include "widgets/pages/router_page.h"
#include "widgets/plots/probability_bars.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/confusion_table.h"
#include "widgets/tables/feature_table.h"
#include "widgets/tables/router_ranking_table.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSlider>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextEdit>
#include <limits>

using namespace retort;

namespace {

struct Fixture {
    explicit Fixture(bool isFilled = true) {
        isForcedAtFirst = part<QCheckBox>("forced")->isChecked();
        part<QCheckBox>("forced")->setChecked(false);
        if (isFilled) {
            addRouter(source, "logistic", 1, 0.04);
            addRouter(source, "logistic", 2, 0.08);
            addRouter(source, "knn", 1, 0.2);
        }
        page.setSource(&source);
        page.setRuns(source.runs);
        page.resize(1280, 800);
        page.show();
    }
    template <class Widget>
    Widget* part(const char* name) const {
        return page.findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] ConfusionTable& table() const { return *page.findChild<ConfusionTable*>(); }
    [[nodiscard]] RouterRankingTable& ranking() const { return *page.findChild<RouterRankingTable*>(); }
    [[nodiscard]] QTabWidget& tabs() const { return *page.findChild<QTabWidget*>(); }
    [[nodiscard]] QString cell(int row, int column) const {
        return table().model()->index(row, column).data().toString();
    }
    [[nodiscard]] QString ranked(int row, int column) const {
        return ranking().model()->index(row, column).data().toString();
    }
    [[nodiscard]] QString title() const { return part<QLabel>("examplesTitle")->text(); }
    [[nodiscard]] int exampleCount() const { return part<QTableView>("examples")->model()->rowCount(); }
    void press(int row, int column) const {
        table().setCurrentIndex(table().model()->index(row, column));
        QTest::keyClick(&table(), Qt::Key_Return);
    }
    SampleRouters source; ///< outlives the page
    RouterPage page;
    bool isForcedAtFirst = false;
};

int columnOf(RouterScore score) {
    return RouterRankingModel::FirstScore + static_cast<int>(score);
}

} // namespace

class TestRouterPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void saysWhatToDoWhileEmpty() {
        const Fixture fixture(false);
        bool isSaid = false;
        for (const QLabel* label : fixture.page.findChildren<QLabel*>())
            isSaid |= label->isVisible() &&
                      label->text().contains(QStringLiteral("Take a ready study about routers"));
        QVERIFY(isSaid);
        QVERIFY(!fixture.table().isVisible());
    }
    void saysThatMatricesAreStillToCome() {
        Fixture fixture(false);
        fixture.source.runs = {sampleRouter("logistic", 1)};
        fixture.page.setRuns(fixture.source.runs);
        QVERIFY(!fixture.table().isVisible());
        addRouter(fixture.source, "logistic", 1, 0.04);
        fixture.page.updateRun(fixture.source.runs[0]);
        QTRY_VERIFY(fixture.table().isVisible());
    }
    void theRouterOfAModelHasNoRanking() {
        Fixture fixture;
        RunRecord modular = sampleRouter("jeet", 1);
        modular.study = "experts";
        modular.task = Task::modular;
        modular.created = "2026-01-01T00:00:00Z";
        NumberedMatrix matrix;
        matrix.evaluation = sampleMatrix("modular", 128, 0.04);
        matrix.evaluation.risk_area = std::numeric_limits<double>::quiet_NaN();
        fixture.source.all[modular.id] = {matrix};
        fixture.source.runs.push_back(modular);
        fixture.page.setRuns(fixture.source.runs);
        QCOMPARE(fixture.part<QComboBox>("study")->currentText(),
                 QStringLiteral("which-router")); // though it is older
        QVERIFY(fixture.ranking().isVisible());
        fixture.page.showRun(QString::fromStdString(modular.id));
        QVERIFY(fixture.table().isVisible());
        QVERIFY(!fixture.ranking().isVisible());
        QVERIFY(!fixture.part<QLabel>("summary")->text().contains(QStringLiteral("area")));
    }
    void theRankingAgreesWithSumsByHand() {
        Fixture fixture;
        // 2 × 2 and 2 × 4 of each 100 go wrong, and 40 of es: (4 · 96 + 60) / 500, (4 · 92 + 60) / 500.
        QCOMPARE(fixture.ranked(0, 0), QStringLiteral("logistic"));
        QCOMPARE(fixture.ranked(0, RouterRankingModel::Seeds), QStringLiteral("2"));
        QCOMPARE(fixture.ranked(0, columnOf(RouterScore::accuracy)), QStringLiteral("0.8720\u2009±.0226"));
        QCOMPARE(fixture.ranked(0, columnOf(RouterScore::log_loss)), QStringLiteral("0.0800\u2009±.0283"));
        QCOMPARE(fixture.ranked(1, columnOf(RouterScore::accuracy)), QStringLiteral("0.7600")); // one seed
        QCOMPARE(fixture.ranked(1, columnOf(RouterScore::seconds)), QStringLiteral("40.0 µs"));
        const auto isBold = [&](int row, RouterScore score) {
            return fixture.ranking()
                .model()
                ->index(row, columnOf(score))
                .data(Qt::FontRole)
                .value<QFont>()
                .bold();
        };
        QVERIFY(isBold(0, RouterScore::accuracy) && isBold(0, RouterScore::log_loss));
        QVERIFY(!isBold(1, RouterScore::accuracy) && !isBold(1, RouterScore::log_loss));
        QVERIFY(!isBold(0, RouterScore::seconds)); // all alike
    }
    void theRankingWithoutAbstention() {
        Fixture fixture;
        QVERIFY(fixture.isForcedAtFirst); // as the paper counts
        fixture.page.showRun(QStringLiteral("01logistic1"));
        fixture.part<QCheckBox>("forced")->setChecked(true);
        QCOMPARE(fixture.ranked(1, columnOf(RouterScore::accuracy)),
                 QStringLiteral("0.7200"));                  // 4 · 90 / 500
        QCOMPARE(fixture.table().model()->columnCount(), 5); // four domains and the sum
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("0.9800"));
    }
    void theRankingIsSortedAndChooses() {
        Fixture fixture;
        const QAbstractItemModelTester tester(fixture.ranking().model());
        QCOMPARE(fixture.ranked(0, 0), QStringLiteral("logistic")); // by F1
        fixture.ranking().setCurrentIndex(
            fixture.ranking().model()->index(0, columnOf(RouterScore::log_loss)));
        QTest::keyClick(&fixture.ranking(), Qt::Key_S);
        QCOMPARE(fixture.ranked(0, 0), QStringLiteral("logistic")); // the lowest loss is the best
        QTest::keyClick(&fixture.ranking(), Qt::Key_S);
        QCOMPARE(fixture.ranked(0, 0), QStringLiteral("knn"));
        QTest::keyClick(&fixture.ranking(), Qt::Key_Up);
        QCOMPARE(fixture.part<QComboBox>("run")->currentText(), QStringLiteral("knn, seed 1"));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("0.8000"));
        fixture.page.showRun(QStringLiteral("01logistic2"));
        QCOMPARE(fixture.ranking().currentVariant(), QStringLiteral("logistic"));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("0.9200"));
    }
    void cellsShowWhatIsWanted() {
        Fixture fixture;
        const QAbstractItemModelTester tester(fixture.table().model());
        auto* by = fixture.part<QComboBox>("normalisation");
        fixture.page.showRun(QStringLiteral("01logistic1"));
        QCOMPARE(fixture.cell(0, 1), QStringLiteral("0.0200"));
        QCOMPARE(fixture.cell(0, 5), QStringLiteral("100"));
        QCOMPARE(fixture.cell(5, 1), QStringLiteral("138")); // 2 of en, 96 of fr, 40 of es
        QCOMPARE(fixture.table().model()->index(0, 1).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("true en, said fr: 2 of 100, 0.0200"));
        by->setCurrentIndex(1);
        QCOMPARE(fixture.cell(0, 1), QStringLiteral("0.0145")); // of 138
        by->setCurrentIndex(2);
        QCOMPARE(fixture.cell(0, 1), QStringLiteral("0.0040")); // of 500
        by->setCurrentIndex(3);
        QCOMPARE(fixture.cell(0, 1), QStringLiteral("2"));
        QVERIFY(
            fixture.part<QLabel>("summary")->text().startsWith(QStringLiteral("Accuracy 0.8880 [95 %: ")));
    }
    void aCellIsChosenByTheKeys() {
        Fixture fixture;
        fixture.page.showRun(QStringLiteral("01logistic1"));
        QVERIFY(fixture.title().startsWith(QStringLiteral("Choose a cell")));
        fixture.tabs().setCurrentIndex(1);
        fixture.table().setCurrentIndex(fixture.table().model()->index(0, 0));
        QTest::keyClick(&fixture.table(), Qt::Key_Right);
        QTest::keyClick(&fixture.table(), Qt::Key_Return);
        QCOMPARE(fixture.tabs().currentIndex(), 0);
        QCOMPARE(fixture.title(), QStringLiteral("true en, said fr: 2 of 100, 0.0200"));
        QCOMPARE(fixture.exampleCount(), 2);
        fixture.part<QComboBox>("normalisation")->setCurrentIndex(3);
        fixture.press(0, 5); // a sum has no texts
        QCOMPARE(fixture.exampleCount(), 2);
    }
    void aCellIsChosenByTheMouse() {
        Fixture fixture;
        const QRect cell = fixture.table().visualRect(fixture.table().model()->index(1, 2));
        QTest::mouseClick(fixture.table().viewport(), Qt::LeftButton, {}, cell.center());
        QVERIFY(fixture.title().startsWith(QStringLiteral("true fr, said de: ")));
        const auto* examples = fixture.part<QTableView>("examples");
        QCOMPARE(examples->model()->index(1, 0).data().toString(), QStringLiteral("fr/article-1002"));
        QCOMPARE(examples->model()->index(0, 1).data().toString(), QStringLiteral("64–87"));
        QCOMPARE(examples->model()->index(0, 3).data().toString(), QStringLiteral("0.52"));
    }
    void emptyCellsSaySo() {
        Fixture fixture;
        fixture.press(0, 3);
        QVERIFY(fixture.title().endsWith(QStringLiteral("No input fell into this cell.")));
        QCOMPARE(fixture.exampleCount(), 0);
        fixture.press(4, 1);
        QVERIFY(fixture.title().endsWith(QStringLiteral("None of their texts was kept.")));
    }
    void aChosenCellStaysWhileTheLengthChanges() {
        Fixture fixture;
        fixture.page.showRun(QStringLiteral("01logistic1"));
        fixture.press(0, 1);
        auto* length = fixture.part<QSlider>("length");
        QVERIFY(length->isVisible());
        QVERIFY(!fixture.part<QSlider>("step")->isVisible()); // there is but one
        QCOMPARE(length->value(), 8);                         // whole articles
        QTest::keyClick(length, Qt::Key_Home);
        // 8 tokens: 50 · 0.04 · (1 + 10 e^(−8 / 60)) = 19.5
        QCOMPARE(fixture.title(),
                 QStringLiteral("true en, said fr: 20 of 100, 0.2000. 2 of them were kept to be read."));
        QCOMPARE(length->accessibleDescription(), QStringLiteral("8 tokens"));
        fixture.part<QComboBox>("inputs")->setCurrentIndex(1);
        QCOMPARE(length->accessibleDescription(), QStringLiteral("8 tokens"));
        QCOMPARE(fixture.title(),
                 QStringLiteral("true en, said fr: 10 of 100, 0.1000. 2 of them were kept to be read."));
    }
    void stepsAreChosenWhereThereAreSeveral() {
        Fixture fixture(false);
        fixture.source.runs = {sampleRouter("modular", 1)};
        for (const std::int64_t step : {100, 300, 200}) {
            NumberedMatrix matrix{step, sampleMatrix("", 0, 10.0 / double(step))};
            matrix.evaluation.step = step;
            fixture.source.all["01modular1"].push_back(matrix);
        }
        fixture.page.setRuns(fixture.source.runs);
        auto* step = fixture.part<QSlider>("step");
        QVERIFY(step->isVisible() && !fixture.part<QSlider>("length")->isVisible());
        QCOMPARE(step->accessibleDescription(), QStringLiteral("300"));
        QTest::keyClick(step, Qt::Key_Home);
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("0.9000"));
    }
    void theBoxDecidesAfterAPause() {
        Fixture fixture;
        fixture.page.showRun(QStringLiteral("01logistic1"));
        fixture.tabs().setCurrentIndex(4);
        auto* typed = fixture.part<QPlainTextEdit>("typed");
        const auto* decision = fixture.part<QLabel>("decision");
        QTest::keyClicks(typed, QStringLiteral("the sea"));
        QTRY_COMPARE(decision->text(), QStringLiteral("unknown: confidence 0.61 is below 0.83"));
        QCOMPARE(fixture.source.asked, std::vector<std::string>{"01logistic1|the sea"});
        typed->setPlainText(QStringLiteral("la fée"));
        QTRY_COMPARE(decision->text(), QStringLiteral("fr: confidence 0.97"));
        QCOMPARE(fixture.page.findChild<ProbabilityBars*>()->accessibleDescription(),
                 QStringLiteral("en 0.010, fr 0.970, de 0.010, py 0.010"));
        fixture.page.showRun(QStringLiteral("01knn1"));
        QCOMPARE(fixture.source.asked.back(), std::string("01knn1|la fée"));
        typed->clear();
        QTRY_VERIFY(fixture.page.findChild<ProbabilityBars*>()->accessibleDescription().isEmpty());
    }
    void textsOfARunThatIsGoneAreNotShown() {
        Fixture fixture;
        fixture.source.isSlow = true;
        fixture.press(0, 1);
        fixture.page.setRuns({});
        const QString advice = fixture.title();
        QVERIFY(advice.startsWith(QStringLiteral("Choose a cell")));
        fixture.source.answerAll();
        QCOMPARE(fixture.title(), advice);
        QCOMPARE(fixture.exampleCount(), 0);
    }
    void anOldAnswerDoesNotCount() {
        Fixture fixture;
        fixture.source.isSlow = true;
        auto* typed = fixture.part<QPlainTextEdit>("typed");
        typed->setPlainText(QStringLiteral("la fée"));
        QTRY_COMPARE(fixture.source.asked.size(), std::size_t{1});
        typed->clear();
        QTRY_VERIFY(fixture.part<QLabel>("decision")->text().startsWith(QStringLiteral("What")));
        typed->setPlainText(QStringLiteral("sea"));
        QTRY_COMPARE(fixture.source.asked.size(), std::size_t{2});
        fixture.source.answerAll();
        QVERIFY(fixture.part<QLabel>("decision")->text().startsWith(QStringLiteral("unknown")));
    }
    void figuresTellTheirPoints() {
        Fixture fixture;
        fixture.page.showRun(QStringLiteral("01logistic1"));
        const auto* reliability = fixture.part<ScorePlot>("reliability");
        auto* lengths = fixture.part<ScorePlot>("lengths");
        QCOMPARE(reliability->figure().lines[0].points.size(), std::size_t{7}); // of ten three are empty
        QVERIFY(reliability->figure().title.startsWith(
            QStringLiteral("Reliability: expected calibration error 0.")));
        QCOMPARE(lengths->figure().ticks.back().text, QStringLiteral("whole"));
        QCOMPARE(lengths->figure().ticks.front().x, 8.0);
        QTest::keyClick(lengths, Qt::Key_Right);
        QTest::keyClick(lengths, Qt::Key_Right);
        QVERIFY(lengths->readout().startsWith(QStringLiteral("16 tokens: weighted F1 0.")));
        QVERIFY(to_csv(lengths->printedFigure()).starts_with("line,x,y,low,high\n\"accuracy, 95 %\",8,"));
    }
    void featuresAreReadWhenTheyAreLookedAt() {
        Fixture fixture;
        fixture.page.showRun(QStringLiteral("01logistic1"));
        const auto* features = fixture.page.findChild<FeatureModel*>();
        QCOMPARE(features->rowCount(), 0);
        fixture.tabs().setCurrentIndex(3);
        QCOMPARE(features->columnCount(), 4);
        QCOMPARE(features->index(0, 0).data().toString(), QStringLiteral("9.31   ␣the"));
        QCOMPARE(features->index(7, 3).data(Qt::AccessibleTextRole).toString().left(6),
                 QStringLiteral("“):⏎”,"));
        fixture.page.showRun(QStringLiteral("01knn1"));
        QCOMPARE(features->columnCount(), 0);
        QVERIFY(fixture.part<QLabel>("featuresTitle")->text().contains(QStringLiteral("no weight")));
    }
    void tablesAreCopiedAndExported() {
        Fixture fixture;
        fixture.page.showRun(QStringLiteral("01logistic1"));
        QTest::keyClick(&fixture.table(), Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines[1], QStringLiteral("true en\t0.9600\t0.0200\t0.0000\t0.0000\t0.0200\t100"));
        const QStringList csv = fixture.page.findChild<ConfusionPanel*>()->csv().split(QLatin1Char('\n'));
        QCOMPARE(csv[2], QStringLiteral("which-router,logistic,1,router,logistic,valid,0,0,0,1,en,fr,2,0.02,"
                                        "0.014492753623188406,0.004"));
        const QString ranking = fixture.page.findChild<RouterRankingModel*>()->csv();
        QVERIFY(ranking.startsWith(QStringLiteral("variant,n,accuracy_mean,accuracy_sd,precision_mean")));
        QVERIFY(ranking.contains(QStringLiteral("knn,1,0.76,,")));
    }
    void runsAreReadOnceAndWhenTheyChange() {
        Fixture fixture;
        QCOMPARE(fixture.source.reads["01knn1"], 1);
        fixture.page.showRun(QStringLiteral("01knn1"));
        fixture.page.updateRun(fixture.source.runs[2]);
        QTRY_COMPARE(fixture.source.reads["01knn1"], 2);
        QCOMPARE(fixture.source.reads["01logistic1"], 1);
        QCOMPARE(fixture.part<QComboBox>("run")->currentText(), QStringLiteral("knn, seed 1"));
        fixture.page.hide();
        fixture.page.updateRun(fixture.source.runs[2]);
        fixture.page.setRuns(fixture.source.runs);
        QCOMPARE(fixture.source.reads["01knn1"], 2);
        fixture.page.show();
        QCOMPARE(fixture.source.reads["01knn1"], 3);
    }
    void controlsHaveNamesAndTakeTheFocus() {
        Fixture fixture;
        const auto check = [](const QWidget* widget) {
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            QVERIFY2(widget->focusPolicy() & Qt::TabFocus, qPrintable(widget->accessibleName()));
        };
        for (const auto* widget : fixture.page.findChildren<QComboBox*>())
            check(widget);
        for (const auto* widget : fixture.page.findChildren<QSlider*>())
            check(widget);
        for (const auto* widget : fixture.page.findChildren<QTableView*>())
            check(widget);
        for (const auto* widget : fixture.page.findChildren<ScorePlot*>())
            check(widget);
        for (const auto* widget : fixture.page.findChildren<QTextEdit*>())
            check(widget);
        check(fixture.part<QPlainTextEdit>("typed"));
    }
    void everyMnemonicLeadsToOnePart() {
        Fixture fixture;
        fixture.page.showRun(QStringLiteral("01logistic1"));
        for (int tab = 0; tab < fixture.tabs().count(); ++tab) {
            fixture.tabs().setCurrentIndex(tab);
            QCOMPARE(ambiguousMnemonics(fixture.page), QStringList());
        }
    }
    void aSourceThatGoesTakesItsRunsAlong() {
        Fixture fixture;
        fixture.press(0, 1);
        fixture.page.setSource(nullptr);
        QCOMPARE(fixture.table().model()->rowCount(), 0);
        QCOMPARE(fixture.exampleCount(), 0);
        QCOMPARE(fixture.ranking().model()->rowCount(), 0);
    }
};

QTEST_MAIN(TestRouterPage)
#include "test_router_page.moc"
