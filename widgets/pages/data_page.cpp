// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/data_page.h"

#include "widgets/forms/primary_button.h"
#include "widgets/pages/article_panel.h"
#include "widgets/pages/data_job_bar.h"
#include "widgets/pages/data_tables.h"
#include "widgets/pages/data_tools.h"
#include "widgets/pages/domain_panel.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/length_panel.h"
#include "widgets/pages/provenance_panel.h"
#include "widgets/pages/token_panel.h"
#include "widgets/pages/tool_row.h"
#include "widgets/pages/vocabulary_panel.h"
#include "widgets/tables/report_table_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {
namespace {

enum Shown { NoCorpora, Content };

} // namespace

DataPage::DataPage(QWidget* parent) : QWidget(parent) {
    m_tools = new DataTools;
    m_job = new DataJobBar;
    m_stack = new QStackedWidget;
    m_stack->addWidget(createEmpty());
    m_stack->addWidget(createContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(6);
    layout->addWidget(m_tools);
    layout->addWidget(m_job);
    layout->addWidget(m_stack, 1);
    connectParts();
    setTokenizers({});
    setCorpora({});
}

DataPage::~DataPage() = default;

QWidget* DataPage::createEmpty() {
    m_first = new PrimaryButton("run", {});
    m_first->setObjectName(QStringLiteral("buildFirst"));
    m_first->setMinimumSize(200, 34);
    return createEmptyState(tr("There is no corpus yet."),
                            tr("A corpus is text by domain, split for training and validation. Build one "
                               "from Debian packages: it "
                               "has English, French, German and Python."),
                            m_first);
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
    return split;
}

QWidget* DataPage::createTabs() {
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("More about the corpus"));
    m_tabs->addTab(m_domains = new DomainPanel, tr("&Domains"));
    m_tabs->addTab(m_lengths = new LengthPanel, tr("&Lengths"));
    m_tabs->addTab(m_tokens = new TokenPanel, tr("To&kenizers"));
    m_tabs->addTab(m_vocabulary = new VocabularyPanel, tr("Voc&abulary"));
    m_tabs->addTab(m_articles = new ArticlePanel, tr("&Read"));
    m_tabs->addTab(m_provenance = new ProvenancePanel, tr("&Provenance"));
    m_tabs->setCornerWidget(createTokenizerChoice());
    return m_tabs;
}

QWidget* DataPage::createTokenizerChoice() {
    m_tokenizer = new QComboBox;
    m_tokenizer->setObjectName(QStringLiteral("tokenizer"));
    m_tokenizer->setAccessibleName(tr("Tokenizer"));
    m_tokenizer->setToolTip(tr("Tokenizers of this workspace; a run makes its own when it begins"));
    m_tokenizer->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* label = new QLabel(tr("Tokeni&zer:"));
    label->setBuddy(m_tokenizer);
    auto* corner = new QWidget;
    auto* row = new QHBoxLayout(corner);
    row->setContentsMargins(0, 0, 0, 2);
    row->addWidget(label);
    row->addWidget(m_tokenizer);
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

void DataPage::setSource(DataSource* source) {
    m_source = source;
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
    m_stack->setCurrentIndex(m_corpora.empty() ? NoCorpora : Content);
    showChosen();
}

void DataPage::setTokenizers(const std::vector<ListedTokenizer>& tokenizers) {
    const bool isFirst = m_tokenizer->count() <= 1;
    std::vector<ToolItem> items = {{tr("none"), QString()}};
    for (const ListedTokenizer& tokenizer : tokenizers)
        items.push_back({QString::fromStdString(tokenizer.label), QString::fromStdString(tokenizer.id)});
    setItems(*m_tokenizer, items);
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
    m_vocabulary->setQuestion(shown, tokenizer);
    m_tokens->setCorpus(shown);
    m_domains->setCorpus(shown);
    m_lengths->setCorpus(shown);
    m_articles->setCorpus(shown);
    m_provenance->setCorpus(shown);
    if (shown && !shown->problem.empty()) m_tabs->setCurrentWidget(m_domains); // which says it
    for (int tab = 1; tab < m_tabs->count(); ++tab)
        m_tabs->setTabEnabled(tab, shown && shown->problem.empty());
    showPossible();
}

void DataPage::showPossible() {
    const ListedCorpus* corpus = chosen();
    m_tools->setPossible(corpus != nullptr, corpus != nullptr && corpus->problem.empty(),
                         !m_job->isWorking());
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

void DataPage::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Delete) && m_table->hasFocus())
        remove();
    else if (event->matches(QKeySequence::Find) && m_stack->currentIndex() == Content)
        find();
    else
        QWidget::keyPressEvent(event);
}

} // namespace retort
