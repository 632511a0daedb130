// SPDX-License-Identifier: GPL-3.0-or-later
#include "data_page_fixture.h"
#include "mnemonics.h"
#include "widgets/pages/data_tables.h"
#include "widgets/pages/token_border_view.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/report_table_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace retort;

namespace {

using Fixture = DataPageFixture;
using Tab = DataTab;

} // namespace

class TestDataPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void withoutCorporaOneIsOffered() {
        const Fixture fixture{std::vector<ListedCorpus>()};
        QVERIFY(fixture.isSaid("There is no corpus yet"));
        QVERIFY(!fixture.table("corpora").isVisible());
        auto* build = fixture.part<QPushButton>("buildFirst");
        QCOMPARE(build->text(), QStringLiteral("Build debian-small"));
        build->click();
        QCOMPARE(fixture.lastCall(), "build debian-small");
    }
    void corporaAreListedWithTheirSums() {
        const Fixture fixture;
        const QAbstractItemModelTester tester(fixture.table("corpora").model());
        QCOMPARE(fixture.cell("corpora", 0, 0), QStringLiteral("debian-small"));
        QCOMPARE(fixture.cell("corpora", 0, 1), QStringLiteral("en, fr, de, py"));
        QCOMPARE(fixture.cell("corpora", 0, 2), QStringLiteral("1212")); // 433 + 351 + 329 + 99
        QCOMPARE(fixture.cell("corpora", 0, 3), QStringLiteral("119"));  // 43 + 35 + 32 + 9
        QCOMPARE(fixture.cell("corpora", 0, 6), QStringLiteral("7"));
        QCOMPARE(fixture.cell("corpora", 1, 1), QStringLiteral("damaged"));
    }
    void domainsAreCountedAndDrawn() {
        Fixture fixture;
        QCOMPARE(fixture.cell("domainTable", 1, 0), QStringLiteral("fr"));
        QCOMPARE(fixture.cell("domainTable", 1, 1), QStringLiteral("train"));
        QCOMPARE(fixture.cell("domainTable", 1, 2), QStringLiteral("351"));
        QCOMPARE(fixture.cell("domainTable", 1, 5), QStringLiteral("4453")); // 1563000 / 351
        QCOMPARE(fixture.cell("domainTable", 4, 0), QStringLiteral("all"));
        QCOMPARE(fixture.cell("domainTable", 4, 3), QStringLiteral("6179000"));
        QCOMPARE(fixture.cell("domainTable", 5, 1), QStringLiteral("validation"));
        const auto* balance = fixture.part<ScorePlot>("balancePlot");
        QCOMPARE(balance->figure().columns.size(), std::size_t{4});
        QCOMPARE(balance->figure().columns[3].points[0].y, 1.463); // million characters
        QVERIFY(balance->figure().title.endsWith(QStringLiteral("10.0 % below the largest"))); // 163 of 1626
        fixture.part<QComboBox>("amount")->setCurrentIndex(2);
        QCOMPARE(balance->figure().columns[3].points[0].y, 99.0);
        QVERIFY(balance->figure().title.endsWith(QStringLiteral("77.1 % below the largest"))); // 334 of 433
    }
    void aDamagedCorpusSaysSoAndCanOnlyBeRemoved() {
        Fixture fixture;
        fixture.page.chooseCorpus(QStringLiteral("wiki"));
        QVERIFY(fixture.isSaid("train.en.jsonl is missing"));
        QVERIFY(!fixture.part<QToolButton>("useCorpus")->isEnabled());
        QVERIFY(fixture.part<QToolButton>("removeCorpus")->isEnabled());
        fixture.show(Lengths);
        fixture.show(Read);
        QVERIFY(fixture.source.calls.empty());
    }
    void lengthsAreMeasuredOnceWhenTheyAreLookedAt() {
        Fixture fixture;
        QVERIFY(fixture.source.calls.empty());
        fixture.show(Lengths);
        QCOMPARE(fixture.lastCall(), "lengths debian-small ");
        QCOMPARE(fixture.table("lengthTable").model()->rowCount(), 4);
        QCOMPARE(fixture.cell("lengthTable", 0, 1), QStringLiteral("399"));
        QCOMPARE(fixture.cell("lengthTable", 0, 4), QStringLiteral("665")); // e^6.5, whole
        const auto* plot = fixture.part<ScorePlot>("lengthPlot");
        double all = 0;
        for (const ScorePoint& point : plot->figure().lines[0].points)
            all += point.y;
        QVERIFY(std::abs(all - 100) < 1e-9);
        fixture.show(Domains);
        fixture.page.setCorpora({sampleCorpus(), damagedCorpus()});
        fixture.show(Lengths);
        QCOMPARE(fixture.source.calls.size(), std::size_t{1});
        ListedCorpus other = sampleCorpus();
        other.identity = "another text under the same name";
        fixture.page.setCorpora({other});
        QCOMPARE(fixture.source.calls.size(), std::size_t{2});
    }
    void lengthsAreMeasuredInTokensOfTheTokenizerThatIsChosen() {
        Fixture fixture;
        fixture.show(Lengths);
        fixture.part<QComboBox>("lengthUnit")->setCurrentIndex(1);
        QVERIFY(fixture.label("lengthState").startsWith(QStringLiteral("Choose a tokenizer")));
        QCOMPARE(fixture.table("lengthTable").model()->rowCount(), 0);
        fixture.page.setTokenizers({{"t1", "BPE 300"}, {"t2", "BPE 4000"}});
        QCOMPARE(fixture.lastCall(), "lengths debian-small t2");
        QCOMPARE(fixture.cell("lengthTable", 0, 4), QStringLiteral("164")); // e^5.1
        QCOMPARE(fixture.part<ScorePlot>("lengthPlot")->figure().xLabel, QStringLiteral("Length in tokens"));
        QVERIFY(fixture.label("lengthState").contains(QStringLiteral("first 4")));
        fixture.part<QComboBox>("lengthUnit")->setCurrentIndex(0);
        QCOMPARE(fixture.lastCall(), "lengths debian-small ");
        QCOMPARE(fixture.label("lengthState"), QStringLiteral("All articles"));
        const std::size_t calls = fixture.source.calls.size();
        fixture.part<QComboBox>("tokenizer")->setCurrentIndex(0); // changes nothing about characters
        QCOMPARE(fixture.source.calls.size(), calls);
    }
    void articlesAreReadOneByOne() {
        Fixture fixture;
        fixture.show(Read);
        QCOMPARE(fixture.label("articleCount"), QStringLiteral("40 articles; the first 30 are listed"));
        QCOMPARE(fixture.lastCall(), "read en 0 0 ");
        QVERIFY(fixture.label("articleTitle").startsWith(QStringLiteral("gnome-help/page-0")));
        const auto* text = fixture.page.findChild<TokenBorderView*>();
        QVERIFY(text->toPlainText().startsWith(QStringLiteral("The café of page 0.")));
        QTest::keyClick(&fixture.table("articles"), Qt::Key_Down);
        QVERIFY(text->toPlainText().startsWith(QStringLiteral("The café of page 1.")));
        fixture.part<QComboBox>("readDomain")->setCurrentIndex(2);
        QCOMPARE(fixture.lastCall(), "read de 0 0 ");
        fixture.part<QComboBox>("readSplit")->setCurrentIndex(1);
        QCOMPARE(fixture.source.calls[fixture.source.calls.size() - 2], "list debian-small valid de ");
    }
    void longArticlesAreReadInParts() {
        Fixture fixture;
        fixture.show(Read);
        auto* after = fixture.part<QToolButton>("partAfter");
        QVERIFY(!after->isVisible());
        fixture.table("articles").chooseRow(2);
        QVERIFY(after->isVisible() && !fixture.part<QToolButton>("partBefore")->isEnabled());
        after->click();
        after->click();
        QCOMPARE(fixture.lastCall(), "read en 2 2 ");
        QVERIFY(fixture.label("articleTitle").contains(QStringLiteral("part 3 of 3")));
        QVERIFY(!after->isEnabled());
    }
    void articlesAreSearched() {
        Fixture fixture;
        fixture.show(Read);
        fixture.pressFind();
        auto* search = fixture.part<QLineEdit>("articleSearch");
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("chapter-1"));
        QTRY_COMPARE(fixture.table("articles").model()->rowCount(), 6); // 1, 11, 13, 15, 17, 19
        QCOMPARE(fixture.label("articleCount"), QStringLiteral("“chapter-1” is in 6 of 40 articles"));
        search->setText(QStringLiteral("nowhere"));
        QTRY_COMPARE(fixture.table("articles").model()->rowCount(), 0);
        QCOMPARE(fixture.label("articleTitle"), QStringLiteral("No article to read."));
    }
    void tokensHaveBorders() {
        Fixture fixture;
        fixture.show(Read);
        fixture.page.setTokenizers({{"t1", "BPE 300"}, {"t2", "BPE 4000"}});
        QCOMPARE(fixture.part<QComboBox>("tokenizer")->currentText(), QStringLiteral("BPE 4000"));
        QCOMPARE(fixture.lastCall(), "read en 0 0 t2");
        auto* text = fixture.page.findChild<TokenBorderView*>();
        QVERIFY(text->spanCount() > 20);
        QVERIFY(text->toPlainText().contains(QStringLiteral(".\u23ce\n")));
        QVERIFY(fixture.part<QToolButton>("exportArticleTokens")->isVisible());
        QTest::keyClick(text, Qt::Key_Right);
        QCOMPARE(fixture.label("tokenDetail"), QStringLiteral("“▁The”, id 300, bytes 54 68 65"));
        for (int step = 0; step < 2; ++step)
            QTest::keyClick(text, Qt::Key_Right);
        QCOMPARE(fixture.label("tokenDetail"), // é, which only both bytes make
                 QStringLiteral("“<byte>”, id 200, bytes C3  +  “<byte>”, id 200, bytes A9"));
        fixture.show(Domains);
        fixture.part<QComboBox>("tokenizer")->setCurrentIndex(1);
        QCOMPARE(fixture.source.calls.back(), "read en 0 0 t2");
        fixture.show(Read);
        QCOMPARE(fixture.source.calls.back(), "read en 0 0 t1");
        fixture.part<QComboBox>("tokenizer")->setCurrentIndex(0);
        QCOMPARE(text->spanCount(), 0);
        QVERIFY(!fixture.part<QToolButton>("exportArticleTokens")->isVisible());
        QVERIFY(fixture.label("tokenDetail").startsWith(QStringLiteral("Choose a tokenizer")));
    }
    void tokensAreExported() {
        ArticleText article;
        article.tokens = {{300, "▁The", "The"}, {200, "<byte>", "\xc3"}};
        QCOMPARE(QString::fromStdString(to_csv(tokenTable(article))),
                 QStringLiteral("token,id,piece,bytes\n1,300,▁The,54 68 65\n2,200,<byte>,c3\n"));
    }
    void everyTokenIsInOneStretch() {
        const std::vector<TextToken> tokens = {{1, "a", "a"},
                                               {2, "", "\xe2"},
                                               {3, "", "\x82"},
                                               {4, "",
                                                "\xac"
                                                "b"},
                                               {5, "</s>", ""},
                                               {6, "", "\xc3"}};
        const std::vector<TokenStretch> stretches = stretchesOf(tokens);
        QCOMPARE(stretches.size(), std::size_t{3});
        QCOMPARE(stretches[1].text, QStringLiteral("€b"));
        QCOMPARE(stretches[1].first, std::size_t{1});
        QCOMPARE(stretches[1].count, std::size_t{3});
        QCOMPARE(stretches[2].text, QString(QChar::ReplacementCharacter)); // the text ends within a letter
        QCOMPARE(stretches[2].count, std::size_t{2});
    }
    void anOldAnswerDoesNotCount() {
        Fixture fixture;
        fixture.source.isSlow = true;
        fixture.show(Read);
        fixture.part<QComboBox>("readDomain")->setCurrentIndex(1);
        fixture.page.setCorpora({damagedCorpus()});
        fixture.source.answerAll();
        QCOMPARE(fixture.table("articles").model()->rowCount(), 0);
    }
    void whatCannotBeReadIsSaid() {
        Fixture fixture;
        fixture.show(Read);
        fixture.table("articles").chooseRow(5);
        QCOMPARE(fixture.label("articleTitle"), QStringLiteral("The article is gone."));
    }
    void tokenizersAreComparedDomainByDomain() {
        Fixture fixture;
        fixture.show(Tokens);
        QVERIFY(fixture.source.calls.empty());
        QVERIFY(fixture.label("tokenState").startsWith(QStringLiteral("The workspace has no tokenizer yet")));
        fixture.page.setTokenizers({{"t1", "BPE 300"}, {"t2", "BPE 4000"}});
        QCOMPARE(fixture.lastCall(), "compare debian-small 2");
        QCOMPARE(fixture.table("tokenTable").model()->rowCount(), 8);        // 3 domains and all, of each
        QCOMPARE(fixture.cell("tokenTable", 0, 3), QStringLiteral("2.000")); // 1000 tokens of 500 words
        QCOMPARE(fixture.cell("tokenTable", 0, 5), QStringLiteral("0.20"));  // 2 unknown of 1000
        QCOMPARE(fixture.cell("tokenTable", 0, 7), QStringLiteral("38.00")); // 200 + 180
        QCOMPARE(fixture.cell("tokenTable", 3, 1), QStringLiteral("all"));
        QCOMPARE(fixture.label("tokenState"), QStringLiteral("Counted on the first 4.19 MB of each domain."));
        const auto* plot = fixture.part<ScorePlot>("tokenPlot");
        QCOMPARE(plot->figure().columns.size(), std::size_t{2});
        QCOMPARE(plot->figure().columns[0].points[0].y, 2.0);
        fixture.part<QComboBox>("tokenMeasure")->setCurrentIndex(4);
        QCOMPARE(plot->figure().columns[0].points[0].y, 38.0);
        fixture.show(Domains);
        fixture.show(Tokens);
        QCOMPARE(fixture.source.calls.size(), std::size_t{1});
    }
    void theVocabularyIsSearchedByDomain() {
        Fixture fixture;
        fixture.show(Vocabulary);
        QVERIFY(fixture.label("tokensShown").startsWith(QStringLiteral("Choose a tokenizer")));
        fixture.page.setTokenizers({{"t1", "BPE 300"}});
        QCOMPARE(fixture.lastCall(), "count debian-small t1");
        auto* table = fixture.part<QTableView>("vocabulary");
        QCOMPARE(fixture.label("tokensShown"), QStringLiteral("10 of 10 tokens"));
        QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("▁the")); // the most frequent
        fixture.part<QComboBox>("tokenDomain")->setCurrentIndex(2);                      // fr
        QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("▁le"));  // by evidence
        fixture.pressFind();
        auto* search = fixture.part<QLineEdit>("tokenSearch");
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("le"));
        QCOMPARE(fixture.label("tokensShown"), QStringLiteral("1 of 10 tokens"));
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_S);
        QCOMPARE(fixture.source.calls.size(), std::size_t{1});
    }
    void provenanceIsShown() {
        Fixture fixture;
        fixture.show(Provenance);
        QCOMPARE(fixture.cell("sources", 1, 1), QStringLiteral("CC-BY-SA-3.0"));
        QCOMPARE(fixture.cell("sources", 0, 3), QStringLiteral("99000")); // fr
        QCOMPARE(fixture.cell("sources", 0, 4), QStringLiteral("–"));
        QCOMPARE(fixture.cell("facts", 3, 1), QStringLiteral("Debian 12 (bookworm)"));
        ListedCorpus bare = sampleCorpus("mine");
        bare.sources.clear();
        fixture.page.setCorpora({bare});
        QVERIFY(fixture.isSaid("does not say where"));
    }
    void aRecipeIsBuiltWithProgressAndCancelled() {
        Fixture fixture;
        auto* build = fixture.part<QToolButton>("buildCorpus");
        build->menu()->actions()[1]->trigger();
        QCOMPARE(fixture.lastCall(), "build debian-large");
        fixture.page.setJob(QStringLiteral("debian-large: fetching"), 0.25);
        auto* bar = fixture.part<QProgressBar>("jobProgress");
        QVERIFY(bar->isVisible() && !build->isEnabled());
        QCOMPARE(bar->value(), 250);
        QCOMPARE(fixture.label("jobPhase"), QStringLiteral("debian-large: fetching"));
        fixture.part<QToolButton>("cancelJob")->click();
        QCOMPARE(fixture.lastCall(), "cancel");
        fixture.page.endJob(QStringLiteral("The build was stopped."), true);
        QVERIFY(!bar->isVisible() && build->isEnabled());
        QVERIFY(fixture.isSaid("The build was stopped."));
        fixture.part<QToolButton>("dismiss")->click();
        QVERIFY(!fixture.isSaid("The build was stopped."));
    }
    void whatWasMadeIsChosen() {
        Fixture fixture;
        fixture.page.endJob(QStringLiteral("ready"), false, QStringLiteral("mine"));
        fixture.page.setCorpora({sampleCorpus(), sampleCorpus("mine")});
        QCOMPARE(fixture.table("corpora").currentRow(), 1);
        fixture.page.chooseCorpus(QStringLiteral("debian-small"));
        fixture.page.setCorpora({sampleCorpus("a"), sampleCorpus(), sampleCorpus("mine")});
        QCOMPARE(fixture.table("corpora").currentRow(), 1); // a person's choice stays
    }
    void removingCanBeUndone() {
        Fixture fixture;
        fixture.table("corpora").setFocus();
        QTRY_VERIFY(fixture.table("corpora").hasFocus());
        QTest::keyClick(&fixture.table("corpora"), Qt::Key_Delete);
        QCOMPARE(fixture.lastCall(), "remove debian-small");
        fixture.page.setCorpora({damagedCorpus()});
        QVERIFY(fixture.isSaid("debian-small was removed"));
        fixture.part<QToolButton>("undoRemove")->click();
        QCOMPARE(fixture.lastCall(), "undo debian-small");
        fixture.page.setCorpora({damagedCorpus(), sampleCorpus()});
        QCOMPARE(fixture.table("corpora").currentRow(), 1);
    }
    void theStudyInWorkTakesTheCorpus() {
        Fixture fixture;
        const QSignalSpy asked(&fixture.page, &DataPage::designRequested);
        fixture.part<QToolButton>("useCorpus")->click();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("debian-small"));
        QCOMPARE(asked[0][1].toStringList(), QStringList({"en", "fr", "de", "py"}));
    }
    void controlsHaveNamesAndTakeTheFocus() {
        const Fixture fixture;
        const auto check = [](const QWidget* widget) {
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            QVERIFY2(widget->focusPolicy() & Qt::TabFocus, qPrintable(widget->accessibleName()));
        };
        for (const auto* widget : fixture.page.findChildren<QComboBox*>())
            check(widget);
        for (const auto* widget : fixture.page.findChildren<QTableView*>())
            check(widget);
        for (const auto* widget : fixture.page.findChildren<ScorePlot*>())
            check(widget);
        for (const auto* widget : fixture.page.findChildren<QLineEdit*>())
            check(widget);
        check(fixture.page.findChild<TokenBorderView*>());
    }
    void everyMnemonicLeadsToOnePart() {
        Fixture fixture;
        fixture.page.setJob(QStringLiteral("at work"), 0);
        for (int tab = 0; tab < fixture.page.findChild<QTabWidget*>(QStringLiteral("corpusTabs"))->count();
             ++tab) {
            fixture.show(static_cast<Tab>(tab));
            QCOMPARE(ambiguousMnemonics(fixture.page), QStringList());
        }
    }
    void aSourceThatGoesTakesItsCorporaAlong() {
        Fixture fixture;
        fixture.show(Read);
        fixture.page.setSource(nullptr);
        QCOMPARE(fixture.table("corpora").model()->rowCount(), 0);
        QCOMPARE(fixture.table("articles").model()->rowCount(), 0);
        QVERIFY(fixture.isSaid("There is no corpus yet"));
    }
};

QTEST_MAIN(TestDataPage)
#include "test_data_page.moc"
