// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/vocabulary_panel.h"

#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"
#include "widgets/tables/vocabulary_model.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

namespace retort {

VocabularyPanel::VocabularyPanel(QWidget* parent)
    : QWidget(parent), m_model(new VocabularyModel(this)), m_filter(new VocabularyFilter(m_model, this)) {
    createTable();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(createTools());
    connectParts();
    showCounts({});
}

QWidget* VocabularyPanel::createTools() {
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("tokenSearch"));
    m_search->setAccessibleName(tr("Find a token"));
    m_search->setPlaceholderText(tr("part of a token"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(220);
    const QString show = tr("Sho&w:");
    m_domain = createCombo("tokenDomain", show, tr("Whose tokens"));
    m_shown = new TintedLabel;
    m_shown->setObjectName(QStringLiteral("tokensShown"));
    auto* save = createToolButton("exportVocabulary", tr("Export &table…"), tr("All entries, as CSV"));
    connect(save, &QToolButton::clicked, this, [this] {
        askAndSaveTable(this, tr("Export vocabulary"), QStringLiteral("vocabulary"),
                        [this](const QString& file) { return saveText(m_model->csv(), file); });
    });
    auto* row = new QHBoxLayout;
    addLabelled(*row, tr("Searc&h:"), m_search);
    addLabelled(*row, show, m_domain);
    row->addWidget(m_shown, 1);
    row->addWidget(save);
    return createUnderTools(row, m_table);
}

void VocabularyPanel::createTable() {
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("vocabulary"));
    m_table->setAccessibleName(tr("Vocabulary"));
    m_table->setModel(m_filter);
    setUpReadingTable(*m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->horizontalHeader()->setDefaultSectionSize(fontMetrics().averageCharWidth() * 12);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(VocabularyModel::Count, Qt::DescendingOrder);
    m_table->installEventFilter(this);
}

void VocabularyPanel::connectParts() {
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_filter->setWords(words.trimmed());
        showShown();
    });
    connect(m_domain, &QComboBox::currentIndexChanged, this, [this] {
        const int domain = m_domain->currentData().toInt();
        m_filter->setDomain(domain);
        if (domain >= 0) m_table->sortByColumn(VocabularyModel::Evidence, Qt::DescendingOrder);
        showShown();
    });
}

void VocabularyPanel::setSource(DataSource* source) {
    m_source = source;
    ++m_asked;
    setQuestion({}, {});
    showCounts({});
}

void VocabularyPanel::setQuestion(const std::optional<ListedCorpus>& corpus, const std::string& tokenizer) {
    const ListedCorpus asked = corpus.value_or(ListedCorpus());
    if (asked.name == m_corpus.name && asked.identity == m_corpus.identity && tokenizer == m_tokenizer)
        return;
    m_corpus = asked;
    m_tokenizer = tokenizer;
    m_isStale = true;
    refresh();
}

void VocabularyPanel::find() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void VocabularyPanel::refresh() {
    if (m_isStale && isVisible()) ask();
}

void VocabularyPanel::ask() {
    m_isStale = false;
    const int question = ++m_asked;
    showCounts({});
    if (m_source == nullptr || m_corpus.name.empty() || !m_corpus.problem.empty()) return;
    if (m_tokenizer.empty())
        return m_shown->setText(tr("Choose a tokenizer above; a run makes its own when it begins."));
    m_shown->setText(tr("Counting the tokens of %1…").arg(QString::fromStdString(m_corpus.name)));
    m_source->countTokens(m_corpus.name, m_tokenizer,
                          [this, question](const TokenCounts& counts, const std::string& problem) {
                              if (question != m_asked) return;
                              showCounts(counts);
                              if (!problem.empty()) m_shown->setText(QString::fromStdString(problem));
                          });
}

void VocabularyPanel::showCounts(const TokenCounts& counts) {
    m_model->setCounts(counts);
    std::vector<ToolItem> items = {{tr("all tokens"), VocabularyFilter::anyDomain}};
    int place = 0;
    for (const DomainTokens& domain : counts.domains)
        items.push_back({tr("tokens of %1").arg(QString::fromStdString(domain.domain)), place++});
    items.push_back({tr("tokens that no domain uses"), VocabularyFilter::unused});
    setItems(*m_domain, items);
    m_filter->setDomain(m_domain->currentData().toInt());
    if (m_model->columnCount() > 0) // what the numbers leave
        m_table->horizontalHeader()->setSectionResizeMode(VocabularyModel::Token, QHeaderView::Stretch);
    showShown();
}

void VocabularyPanel::showShown() {
    m_shown->setText(
        m_model->rowCount() == 0
            ? QString()
            : tr("%1 of %2 tokens").arg(wholeText(m_filter->rowCount()), wholeText(m_model->rowCount())));
}

/// The largest first; then the other way round.
void VocabularyPanel::sortBy(int column) {
    if (column < 0) return;
    const bool isReversed = m_filter->sortColumn() == column && m_filter->sortOrder() == Qt::DescendingOrder;
    m_table->sortByColumn(column, isReversed ? Qt::AscendingOrder : Qt::DescendingOrder);
}

bool VocabularyPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_S && key->modifiers() == Qt::NoModifier) {
            sortBy(m_table->currentIndex().column());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void VocabularyPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace retort
