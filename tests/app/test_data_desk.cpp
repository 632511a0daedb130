// SPDX-License-Identifier: GPL-3.0-or-later
// The Data page on real corpora and a real tokenizer.
#include "app/data_desk.h"

#include "app/corpus_facts.h"
#include "base/error.h"
#include "data/tokenizer.h"
#include "engine/prepare.h"
#include "engine/recipes.h"
#include "store/artifact_folder.h"
#include "support/tiny_corpus.h"
#include "widgets/forms/inline_message.h"
#include "widgets/pages/data_page.h"
#include "widgets/pages/import_panel.h"
#include "widgets/pages/token_border_view.h"
#include "widgets/tables/report_table_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <condition_variable>
#include <fstream>
#include <future>

using namespace retort;
namespace fs = std::filesystem;

namespace {

struct Bench {
    QTemporaryDir folder;
    Corpus corpus = test::import_tiny_corpus(folder.path().toStdString(), "tiny", {.domains = {"en", "py"}});
    OpenWorkspace workspace{folder.filePath(QStringLiteral("workspace")), {}};
    DataPage page;
    std::unique_ptr<DataDesk> desk;

    /// Trains a tokenizer of 400 pieces, as a run would.
    std::string trainTokenizer() {
        DataSpec data;
        data.corpus = "tiny";
        data.domains = {"en", "py"};
        data.tokenizer.vocab = 400;
        ArtifactFolder artifacts(workspace.workspace());
        return artifacts
            .put(tokenizer_recipe(data, corpus.identity()),
                 [&](const fs::path& to) { train_tokenizer(corpus, data, to, {}); })
            .id;
    }
    void open(DataDesk::BuildCorpus build = {}) {
        desk = std::make_unique<DataDesk>(workspace, page, nullptr, std::move(build));
        page.resize(1280, 800);
        page.show();
    }
    template <class Widget>
    Widget* part(const char* name) const {
        return page.findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] const QAbstractItemModel& rows(const char* table) const {
        return *part<ReportTableView>(table)->model();
    }
    [[nodiscard]] QString cell(const char* table, int row, int column) const {
        return rows(table).index(row, column).data().toString();
    }
    void show(int tab) const {
        page.findChild<QTabWidget*>(QStringLiteral("corpusTabs"))->setCurrentIndex(tab);
    }
};

} // namespace

class TestDataDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void showsWhatTheCorpusHas() {
        Bench bench;
        bench.open();
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 1);
        QCOMPARE(bench.cell("corpora", 0, 0), QStringLiteral("tiny"));
        QCOMPARE(bench.cell("corpora", 0, 1), QStringLiteral("en, py"));
        QCOMPARE(bench.cell("domainTable", 0, 2), QString::number(bench.corpus.files[0].articles));
        bench.show(1);
        QTRY_COMPARE(bench.rows("lengthTable").rowCount(), 2);
        QCOMPARE(bench.cell("lengthTable", 0, 1), QString::number(bench.corpus.files[0].articles));
    }
    void lengthsAreThoseOfTheTokens() {
        Bench bench;
        const std::string tokenizer = bench.trainTokenizer();
        bench.open();
        QTRY_COMPARE(bench.part<QComboBox>("tokenizer")->count(), 2);
        bench.show(1);
        bench.part<QComboBox>("lengthUnit")->setCurrentIndex(1);
        const Tokenizer own(ArtifactFolder(bench.workspace.workspace()).find(tokenizer)->folder);
        std::size_t longest = 0;
        for_each_article(bench.corpus, "train", "en", [&](const Article& article) {
            longest = std::max(longest, own.encode(article.text).size());
        });
        QTRY_COMPARE(bench.part<QLabel>("lengthState")->text(), QStringLiteral("All articles"));
        QCOMPARE(bench.cell("lengthTable", 0, 7), QString::number(longest));
    }
    void readsAndSearchesArticlesWithTheirTokens() {
        Bench bench;
        const std::string tokenizer = bench.trainTokenizer();
        bench.open();
        QTRY_COMPARE(bench.part<QComboBox>("tokenizer")->count(), 2);
        QCOMPARE(bench.part<QComboBox>("tokenizer")->currentData().toString().toStdString(), tokenizer);
        QCOMPARE(bench.part<QComboBox>("tokenizer")->currentText(),
                 QStringLiteral("sentencepiece-bpe 400 · en py"));
        bench.show(4);
        QTRY_COMPARE(bench.rows("articles").rowCount(), int(bench.corpus.files[0].articles));
        const auto* text = bench.page.findChild<TokenBorderView*>();
        QTRY_VERIFY(text->spanCount() > 10);
        std::vector<Article> articles;
        for_each_article(bench.corpus, "train", "en", [&](const Article& one) { articles.push_back(one); });
        QCOMPARE(text->toPlainText().remove(QChar(0x23ce)).toStdString(), articles[0].text);
        const QString wanted =
            QString::fromStdString(articles[1].text).section(QLatin1Char('.'), 0, 0).toUpper();
        bench.part<QLineEdit>("articleSearch")->setText(wanted);
        QStringList having;
        for (const Article& one : articles)
            if (QString::fromStdString(one.text).toUpper().contains(wanted))
                having << QString::fromStdString(one.id);
        QTRY_COMPARE(bench.rows("articles").rowCount(), int(having.size()));
        QVERIFY(having.size() < int(articles.size()));
        for (int row = 0; row < having.size(); ++row)
            QCOMPARE(bench.cell("articles", row, 1), having[row]);
    }
    void tokensAreCountedOnceForBothPanels() {
        Bench bench;
        const std::string tokenizer = bench.trainTokenizer();
        bench.open();
        QTRY_COMPARE(bench.part<QComboBox>("tokenizer")->count(), 2);
        bench.show(2);
        QTRY_COMPARE(bench.rows("tokenTable").rowCount(), 3); // en, py, all
        // Independent of the counting: the tokens of each article.
        const Tokenizer own(ArtifactFolder(bench.workspace.workspace()).find(tokenizer)->folder);
        std::size_t tokens = 0;
        for_each_article(bench.corpus, "train", "en",
                         [&](const Article& article) { tokens += own.encode(article.text).size(); });
        QCOMPARE(bench.cell("tokenTable", 0, 2), QString::number(tokens));
        bench.show(3);
        const auto* vocabulary = bench.part<QTableView>("vocabulary")->model();
        QTRY_COMPARE(vocabulary->rowCount(), 400);
    }
    void aLongArticleIsReadInPartsThatAreTheText() {
        Bench bench;
        const fs::path source = bench.folder.filePath(QStringLiteral("long")).toStdString();
        fs::create_directories(source);
        std::string text;
        while (text.size() < 100'000)
            text += "été " + std::string(text.size() % 97, 'x') + (text.size() % 3 == 0 ? "\n" : " ");
        text += std::string(50'000, 'y') + "€€€"; // without a line end
        std::ofstream(source / "train.en.jsonl")
            << Json({{"id", "a"}, {"domain", "en"}, {"text", text}}).dump();
        std::ofstream(source / "valid.en.jsonl") << R"({"id": "b", "domain": "en", "text": "Two."})";
        (void)import_corpus(source, "long");
        CorpusReader reader(bench.workspace.workspace());
        std::string joined;
        std::int64_t parts = 1;
        for (std::int64_t part = 0; part < parts; ++part) {
            bool isAnswered = false;
            reader.readArticle(
                {"long", "train", "en"}, 0, part, {}, [&](const ArticleText& read, const auto&) {
                    joined += read.text;
                    parts = read.parts;
                    isAnswered = true;
                    QVERIFY(read.text.size() <= 32 * 1024);
                    QVERIFY(!QString::fromStdString(read.text).contains(QChar::ReplacementCharacter));
                });
            QTRY_VERIFY(isAnswered);
        }
        QVERIFY(parts > 4);
        QVERIFY(joined == text);
    }
    void onlyTheNewestQuestionOfAKindIsAnswered() {
        Bench bench;
        CorpusReader reader(bench.workspace.workspace());
        std::vector<int> answered;
        for (int question = 0; question < 20; ++question)
            reader.measureLengths("tiny", {}, [&answered, question](const auto&, const std::string&) {
                answered.push_back(question);
            });
        QTRY_COMPARE(answered, std::vector<int>{19});
    }
    void textsAreLookedAtAndImported() {
        Bench bench;
        const fs::path texts = bench.folder.filePath(QStringLiteral("texts")).toStdString();
        std::uint64_t state = 1;
        const auto word = [&state] { // of no language
            std::string letters;
            for (int i = 0; i < 7; ++i, state = state * 6364136223846793005U + 1442695040888963407U)
                letters += static_cast<char>('b' + (state >> 40) % 11);
            return letters;
        };
        for (const char* domain : {"xx", "yy"}) {
            fs::create_directories(texts / domain);
            for (int i = 0; i < 60; ++i) {
                std::string text;
                for (int k = 0; k < 80; ++k)
                    text += word() + " ";
                std::ofstream(texts / domain / (std::to_string(i) + ".txt")) << text;
            }
        }
        std::ofstream(texts / "yy" / "odd.txt", std::ios::binary) << "caf\xe9 " << std::string(400, 'x');
        bench.open();
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 1);
        bench.page.beginImport({QString::fromStdString((texts / "xx").string()),
                                QString::fromStdString((texts / "yy").string())});
        auto* name = bench.part<QLineEdit>("/name/input");
        name->setText(QStringLiteral("mine"));
        Q_EMIT name->textEdited(name->text());
        auto* valid = bench.part<QLineEdit>("/split/valid/input");
        valid->setText(QStringLiteral("0.2"));
        Q_EMIT valid->textEdited(valid->text());
        const auto* preview = bench.page.findChild<ImportPanel*>()->findChild<ReportTableView*>(
            QStringLiteral("importedDomains"));
        bench.part<QPushButton>("previewImport")->click();
        QTRY_COMPARE(preview->model()->rowCount(), 2);
        QTRY_VERIFY(bench.part<QPushButton>("beginImport")->isEnabled());
        QVERIFY(!fs::exists(corpora_folder() / "mine"));
        bench.part<QPushButton>("beginImport")->click();
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 2);
        QTRY_COMPARE(bench.part<ReportTableView>("corpora")->currentRow(), 0); // mine
        const Corpus made = open_corpus("mine");
        QCOMPARE(made.domains(), (std::vector<std::string>{"xx", "yy"}));
        const auto* reports = &bench.rows("skippedDocuments");
        QVERIFY(reports->rowCount() > 0);
    }
    void recipesAreBuiltWhileThePageShowsHowFar() {
        Bench bench;
        const fs::path texts = bench.folder.filePath(QStringLiteral("built")).toStdString();
        test::write_tiny_corpus(texts, {.domains = {"fr"}, .seed = 2});
        std::promise<void> isSeen;
        bench.open([&](const std::string& recipe, const ProgressFunction& progress, const std::stop_token&) {
            progress("fetching packages", 0.25);
            isSeen.get_future().wait();
            return import_corpus(texts, recipe);
        });
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 1);
        auto* build = bench.part<QToolButton>("buildCorpus");
        build->menu()->actions().at(0)->trigger();
        const QString recipe = QString::fromStdString(corpus_recipes().front());
        QTRY_COMPARE(bench.part<QLabel>("jobPhase")->text(), recipe + QStringLiteral(": fetching packages"));
        QCOMPARE(bench.part<QProgressBar>("jobProgress")->value(), 250);
        QVERIFY(!build->isEnabled());
        isSeen.set_value();
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 2);
        QCOMPARE(bench.part<InlineMessage>("jobMessage")->text(),
                 recipe + QStringLiteral(" is ready (fr)."));
        const int row = bench.part<ReportTableView>("corpora")->currentRow();
        QCOMPARE(bench.cell("corpora", row, 0), recipe); // what was built is shown
        QCOMPARE(bench.cell("domainTable", 0, 0), QStringLiteral("fr"));
        QVERIFY(build->isEnabled());
    }
    void aBuildThatIsCancelledOrFailsSaysSo() {
        Bench bench;
        bench.open([&](const std::string&, const ProgressFunction& progress, const std::stop_token& stop) {
            progress("reading", 0.5);
            std::promise<void> isStopped;
            const std::stop_callback wake(stop, [&] { isStopped.set_value(); });
            isStopped.get_future().wait();
            throw Error(ErrorKind::interrupted, "The build was stopped.");
            return Corpus();
        });
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 1);
        bench.part<QToolButton>("buildCorpus")->menu()->actions().at(1)->trigger();
        QTRY_COMPARE(bench.part<QProgressBar>("jobProgress")->value(), 500);
        bench.part<QToolButton>("cancelJob")->click();
        QTRY_COMPARE(bench.part<InlineMessage>("jobMessage")->text(),
                     QStringLiteral("The build was stopped."));
        QCOMPARE(bench.rows("corpora").rowCount(), 1);
        QVERIFY(bench.part<QToolButton>("buildCorpus")->isEnabled());
    }
    void importedTokenizersAreCalledByTheirFile() {
        Bench bench;
        const std::string trained = bench.trainTokenizer();
        ArtifactFolder artifacts(bench.workspace.workspace());
        const fs::path mine = bench.folder.filePath(QStringLiteral("mine")).toStdString();
        fs::create_directories(mine);
        fs::copy_file(artifacts.find(trained)->folder / "tokenizer.model", mine / "own.model");
        TokenizerSpec spec;
        spec.kind = TokenizerKind::sentencepiece_file;
        spec.path = (mine / "own.model").string();
        (void)prepare_given_tokenizer(spec, artifacts);
        bench.open();
        auto* combo = bench.part<QComboBox>("tokenizer");
        QTRY_COMPARE(combo->count(), 3);
        QVERIFY(combo->findText(QStringLiteral("mine/own.model · SentencePiece 400")) > 0);
    }
    void damagedCorporaAreListedWithTheirFault() {
        Bench bench;
        fs::remove(bench.corpus.folder / "train.en.jsonl");
        bench.open();
        QTRY_COMPARE(bench.cell("corpora", 0, 1), QStringLiteral("damaged"));
        QVERIFY(
            bench.part<InlineMessage>("corpusProblem")->text().contains(QStringLiteral("train.en.jsonl")));
    }
    void removedCorporaComeBackUntilTheDeskGoes() {
        Bench bench;
        bench.open();
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 1);
        bench.part<QToolButton>("removeCorpus")->click();
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 0);
        QVERIFY(!fs::exists(bench.corpus.folder));
        bench.part<QToolButton>("undoRemove")->click();
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 1);
        QCOMPARE(open_corpus("tiny").identity(), bench.corpus.identity());
        bench.part<QToolButton>("removeCorpus")->click();
        QTRY_COMPARE(bench.rows("corpora").rowCount(), 0);
        bench.desk.reset();
        QVERIFY(fs::is_empty(corpora_folder()));
    }
    void makesOneAfterTheOtherAndCancels() {
        CorpusMaker maker;
        const QSignalSpy progress(&maker, &CorpusMaker::progressed), ends(&maker, &CorpusMaker::ended);
        maker.begin(QStringLiteral("a"), [](const ProgressFunction& say, const std::stop_token& stop) {
            say("reading", 0.5);
            std::mutex mutex;
            std::condition_variable_any wake;
            std::unique_lock lock(mutex);
            wake.wait(lock, stop, [] { return false; });
            throw Error(ErrorKind::interrupted, "Stopped.");
            return QString();
        });
        maker.begin(QStringLiteral("b"), [](const ProgressFunction&, const std::stop_token&) {
            return QStringLiteral("not while another is made");
        });
        QTRY_COMPARE(progress.count(), 1);
        QCOMPARE(progress[0][0].toString(), QStringLiteral("reading"));
        maker.cancel();
        QTRY_COMPARE(ends.count(), 1);
        QCOMPARE(ends[0][0].toString(), QStringLiteral("Stopped."));
        QVERIFY(ends[0][1].toBool() && ends[0][2].toString().isEmpty() && !maker.isBusy());
        maker.begin(QStringLiteral("c"), [](const ProgressFunction&, const std::stop_token& stop) {
            return stop.stop_requested() ? QStringLiteral("stopped") : QStringLiteral("made");
        });
        QTRY_COMPARE(ends.count(), 2);
        QCOMPARE(ends[1][0].toString(), QStringLiteral("made"));
        QCOMPARE(ends[1][2].toString(), QStringLiteral("c"));
    }
    void aManifestSaysWhereTheTextIsFrom() {
        Corpus corpus;
        corpus.name = "x";
        corpus.manifest = Json::parse(R"({"name": "x", "tier": "small", "release": "Debian 12", "files": {},
            "recipe": {"name": "debian-small", "sha256": "abc"}, "note": ["odd"], "count": 3,
            "articles_in_en_fr_and_de": {"train": 329, "valid": 37},
            "licences": {"faq: debian-faq debian-faq-fr": "GPL", "own": "CC0", "odd": 7},
            "packages": {"debian-faq": "11.1"},
            "characters_by_source": {"en": {"faq": 12}, "fr": {"faq": "many"}, "de": 3}})");
        const ListedCorpus listed = describeCorpus(corpus);
        QCOMPARE(listed.origin, "recipe debian-small");
        QCOMPARE(listed.sources.size(), std::size_t{3});
        QCOMPARE(listed.sources[0].name, "faq");
        QCOMPARE(listed.sources[0].origin, "debian-faq 11.1, debian-faq-fr");
        QCOMPARE(listed.sources[0].characters, (std::map<std::string, std::int64_t>{{"en", 12}}));
        QCOMPARE(listed.sources[1].licence, "CC0");
        const auto has = [&](const std::string& name, const std::string& value) {
            return std::ranges::any_of(listed.facts, [&](const CorpusFact& fact) {
                return fact.name == name && fact.value == value;
            });
        };
        QVERIFY(has("articles in en fr and de", "train 329, valid 37"));
        QVERIFY(has("release", "Debian 12") && has("count", "3") && has("recipe", "debian-small"));
        corpus.manifest = Json::parse(R"({"licences": [1], "packages": 2, "recipe": "x", "files": 3})");
        QVERIFY(describeCorpus(corpus).sources.empty());
    }
};

QTEST_MAIN(TestDataDesk)
#include "test_data_desk.moc"
