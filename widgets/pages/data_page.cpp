// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/data_page.h"

#include "widgets/forms/primary_button.h"
#include "widgets/pages/article_panel.h"
#include "widgets/pages/data_job_bar.h"
#include "widgets/pages/data_tables.h"
#include "widgets/pages/data_tools.h"
#include "widgets/pages/domain_panel.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/import_panel.h"
#include "widgets/pages/import_report_panel.h"
#include "widgets/pages/length_panel.h"
#include "widgets/pages/provenance_panel.h"
#include "widgets/pages/token_panel.h"
#include "widgets/pages/tool_row.h"
#include "widgets/pages/vocabulary_panel.h"
#include "widgets/tables/report_table_view.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <utility>

namespace retort {
namespace {

enum Shown { NoCorpora, Content, Importing };

} // namespace

DataPage::DataPage(QWidget* parent) : QWidget(parent) {
    m_tools = new DataTools;
    m_job = new DataJobBar;
    m_stack = new QStackedWidget;
    m_stack->addWidget(createEmpty());
    m_stack->addWidget(createContent());
    m_stack->addWidget(m_import = new ImportPanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(6);
    layout->addWidget(m_tools);
    layout->addWidget(m_job);
    layout->addWidget(m_stack, 1);
    setAcceptDrops(true);
    connectParts();
    connectImport();
    setTokenizers({});
    setCorpora({});
}

DataPage::~DataPage() = default;

QWidget* DataPage::createEmpty() {
    m_first = new PrimaryButton("run", {});
    m_first->setObjectName(QStringLiteral("buildFirst"));
    m_first->setMinimumSize(200, 34);
    m_firstImport = new QPushButton(tr("Import your own files…"));
    m_firstImport->setObjectName(QStringLiteral("importFirst"));
    m_firstImport->setMinimumHeight(34);
    auto* actions = new QWidget;
    auto* row = new QHBoxLayout(actions);
    row->addWidget(m_first);
    row->addWidget(m_firstImport);
    return createEmptyState(tr("There is no corpus yet."),
                            tr("A corpus is text by domain, split for training and validation. Build one "
                               "from Debian packages: it "
                               "has English, French, German and Python. Or import your own files: drop them "
                               "here."),
                            actions);
}

QWidget* DataPage::createContent() {
    m_table = new ReportTableView(tr("Corpora"));
    m_table->setObjectName(QStringLiteral("corpora"));
    auto* split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(10);
    split->addWidget(m_table);
    split->addWidget(createTabs());
    split->setStretchFactor(1, 1);
    split->setSizes({160, 1000});
    createShortcuts(split);
    return split;
}

void DataPage::createShortcuts(QWidget* content) {
    auto* find = new QShortcut(QKeySequence::Find, content, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    find->setWhatsThis(tr("Find an article or a token"));
    connect(find, &QShortcut::activated, this, &DataPage::find);
    auto* remove = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    remove->setWhatsThis(tr("Take the corpus away"));
    connect(remove, &QShortcut::activated, this, &DataPage::remove);
}

QWidget* DataPage::createTabs() {
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("corpusTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("More about the corpus"));
    m_tabs->addTab(m_domains = new DomainPanel, tr("&Domains"));
    m_tabs->addTab(m_lengths = new LengthPanel, tr("&Lengths"));
    m_tabs->addTab(m_tokens = new TokenPanel, tr("To&kenizers"));
    m_tabs->addTab(m_vocabulary = new VocabularyPanel, tr("Voc&abulary"));
    m_tabs->addTab(m_articles = new ArticlePanel, tr("&Read"));
    m_tabs->addTab(m_provenance = new ProvenancePanel, tr("&Provenance"));
    m_report = new ImportReportPanel(tr("This corpus was not made by an import that keeps a report."));
    m_tabs->addTab(m_report, tr("Import r&eport"));
    m_tabs->setCornerWidget(createTokenizerChoice());
    return m_tabs;
}

QWidget* DataPage::createTokenizerChoice() {
    const QString label = tr("Tokeni&zer:");
    m_tokenizer = createCombo("tokenizer", label,
                              tr("Tokenizers of this workspace; a run makes its own when it begins"));
    auto* corner = new QWidget;
    auto* row = new QHBoxLayout(corner);
    row->setContentsMargins(0, 0, 0, 2);
    addLabelled(*row, label, m_tokenizer);
    return corner;
}

void DataPage::connectParts() {
    connect(m_tools, &DataTools::buildRequested, this, &DataPage::build);
    connect(m_tools, &DataTools::useRequested, this, &DataPage::use);
    connect(m_tools, &DataTools::removeRequested, this, &DataPage::remove);
    connect(m_tools, &DataTools::exportRequested, this,
            [this] { m_table->askAndExport(QStringLiteral("corpora")); });
    connect(m_first, &QPushButton::clicked, this, [this] {
        if (!m_recipes.empty()) build(QString::fromStdString(m_recipes.front().name));
    });
    connect(m_job, &DataJobBar::cancelRequested, this, [this] {
        if (m_source != nullptr) m_source->cancel();
    });
    connect(m_job, &DataJobBar::undoRequested, this, [this](const QString& corpus) {
        m_expected = corpus.toStdString();
        if (m_source != nullptr) m_source->undoRemove(corpus.toStdString());
    });
    connect(m_table, &ReportTableView::rowChanged, this, [this](int row) {
        if (m_isFilling || row < 0 || row >= std::ssize(m_corpora)) return;
        m_chosen = m_corpora[static_cast<std::size_t>(row)].name;
        showChosen();
    });
    connect(m_tokenizer, &QComboBox::currentIndexChanged, this, &DataPage::showChosen);
}

void DataPage::connectImport() {
    connect(m_tools, &DataTools::importRequested, this, [this] { beginImport({}); });
    connect(m_firstImport, &QPushButton::clicked, this, [this] { beginImport({}); });
    connect(m_import, &ImportPanel::closed, this, &DataPage::endImport);
    connect(m_import, &ImportPanel::previewRequested, this, [this](const ImportSpec& spec) {
        if (m_source == nullptr || m_job->isWorking()) return;
        m_source->previewImport(spec, [this](const ImportReport& report, const std::string& problem) {
            if (problem.empty()) m_import->showPreview(report);
        });
    });
    connect(m_import, &ImportPanel::importRequested, this, [this](const ImportSpec& spec) {
        if (m_source == nullptr || m_job->isWorking()) return;
        m_isImporting = true;
        m_source->importTexts(spec);
    });
}

/// A form that is open is added to.
void DataPage::beginImport(const QStringList& paths) {
    if (m_stack->currentIndex() == Importing)
        m_import->add(paths);
    else
        m_import->begin(paths);
    m_stack->setCurrentIndex(Importing);
    m_tools->hide();
}

void DataPage::endImport() {
    m_stack->setCurrentIndex(m_corpora.empty() ? NoCorpora : Content);
    m_tools->show();
}

void DataPage::setSource(DataSource* source) {
    m_source = source;
    m_isImporting = false;
    endImport();
    m_articles->setSource(source);
    m_lengths->setSource(source);
    m_tokens->setSource(source);
    m_vocabulary->setSource(source);
    m_job->showEnd({}, false);
    setCorpora({});
}

void DataPage::setCorpora(std::vector<ListedCorpus> corpora) {
    m_corpora = std::move(corpora);
    if (std::ranges::find(m_corpora, m_expected, &ListedCorpus::name) != m_corpora.end())
        m_chosen = std::exchange(m_expected, {});
    const auto place = std::ranges::find(m_corpora, m_chosen, &ListedCorpus::name);
    const auto row = place == m_corpora.end() ? 0 : static_cast<int>(place - m_corpora.begin());
    m_isFilling = true;
    m_table->setTable(corpusTable(m_corpora));
    m_table->chooseRow(row);
    m_isFilling = false;
    m_chosen = m_corpora.empty() ? std::string() : m_corpora[static_cast<std::size_t>(row)].name;
    std::set<std::string> names;
    for (const ListedCorpus& corpus : m_corpora)
        names.insert(corpus.name);
    m_import->setTaken(std::move(names));
    if (m_stack->currentIndex() != Importing) endImport();
    showChosen();
}

void DataPage::setTokenizers(const std::vector<ListedTokenizer>& tokenizers) {
    const bool isFirst = m_tokenizer->count() <= 1;
    std::vector<ToolItem> items = {{tr("none"), QString()}};
    for (const ListedTokenizer& tokenizer : tokenizers)
        items.push_back({QString::fromStdString(tokenizer.label), QString::fromStdString(tokenizer.id)});
    setItems(*m_tokenizer, items);
    m_tokenizers = tokenizers;
    m_tokens->setTokenizers(tokenizers);
    const QSignalBlocker quiet(m_tokenizer);
    if (isFirst) m_tokenizer->setCurrentIndex(m_tokenizer->count() - 1);
    showChosen();
}

void DataPage::setRecipes(std::vector<CorpusRecipeOffer> recipes) {
    m_recipes = std::move(recipes);
    m_tools->setRecipes(m_recipes);
    if (m_recipes.empty()) return;
    m_first->setText(tr("Build %1").arg(QString::fromStdString(m_recipes.front().name)));
    m_first->setToolTip(QString::fromStdString(m_recipes.front().help));
}

void DataPage::setJob(const QString& what, double share) {
    m_job->showProgress(what, share);
    showPossible();
}

void DataPage::endJob(const QString& sentence, bool isProblem, const QString& corpus) {
    m_job->showEnd(sentence, isProblem);
    if (std::exchange(m_isImporting, false) && !isProblem) {
        m_tabs->setCurrentWidget(m_report);
        endImport();
    }
    showPossible();
    const bool isThere =
        std::ranges::find(m_corpora, corpus.toStdString(), &ListedCorpus::name) != m_corpora.end();
    m_expected = isThere ? std::string() : corpus.toStdString();
    chooseCorpus(corpus);
}

void DataPage::chooseCorpus(const QString& name) {
    const auto place = std::ranges::find(m_corpora, name.toStdString(), &ListedCorpus::name);
    if (place != m_corpora.end()) m_table->chooseRow(static_cast<int>(place - m_corpora.begin()));
}

void DataPage::build(const QString& recipe) {
    if (m_source != nullptr && !m_job->isWorking()) m_source->build(recipe.toStdString());
}

void DataPage::use() {
    const ListedCorpus* corpus = chosen();
    if (corpus == nullptr || !corpus->problem.empty()) return;
    QStringList domains;
    for (const std::string& domain : corpus->domains())
        domains << QString::fromStdString(domain);
    Q_EMIT designRequested(QString::fromStdString(corpus->name), domains);
}

void DataPage::remove() {
    if (chosen() == nullptr || m_source == nullptr || m_job->isWorking()) return;
    m_job->showRemoved(QString::fromStdString(m_chosen));
    m_source->remove(std::string(m_chosen));
}

const ListedCorpus* DataPage::chosen() const {
    const auto place = std::ranges::find(m_corpora, m_chosen, &ListedCorpus::name);
    return place == m_corpora.end() ? nullptr : &*place;
}

void DataPage::showChosen() {
    const ListedCorpus* corpus = chosen();
    const std::optional<ListedCorpus> shown = corpus == nullptr ? std::nullopt : std::optional(*corpus);
    const std::string tokenizer = m_tokenizer->currentData().toString().toStdString();
    m_articles->setTokenizer(tokenizer);
    m_lengths->setTokenizer(tokenizer);
    m_vocabulary->setQuestion(shown, tokenizer);
    m_tokens->setCorpus(shown);
    m_domains->setCorpus(shown);
    m_lengths->setCorpus(shown);
    m_articles->setCorpus(shown);
    m_provenance->setCorpus(shown);
    m_report->setReport(shown ? shown->report : std::nullopt);
    m_tabs->setTabVisible(m_tabs->indexOf(m_report), shown && shown->report);
    const auto place = std::ranges::find(m_tokenizers, tokenizer, &ListedTokenizer::id);
    m_import->setTokenizer(place == m_tokenizers.end() ? std::string() : place->folder);
    if (shown && !shown->problem.empty()) m_tabs->setCurrentWidget(m_domains); // which says it
    for (int tab = 1; tab < m_tabs->count(); ++tab)
        m_tabs->setTabEnabled(tab, shown && shown->problem.empty());
    showPossible();
}

void DataPage::showPossible() {
    const ListedCorpus* corpus = chosen();
    m_tools->setPossible(corpus != nullptr, corpus != nullptr && corpus->problem.empty(),
                         !m_job->isWorking());
    m_import->setPossible(!m_job->isWorking());
    m_first->setEnabled(!m_job->isWorking() && !m_recipes.empty());
}

/// A token where the vocabulary is shown, else an article.
void DataPage::find() {
    if (m_tabs->currentWidget() == m_vocabulary) return m_vocabulary->find();
    m_tabs->setCurrentWidget(m_articles);
    m_articles->find();
}

void DataPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_source != nullptr) m_source->refresh();
}

void DataPage::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void DataPage::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    if (paths.isEmpty()) return;
    event->acceptProposedAction();
    beginImport(paths);
}

} // namespace retort
