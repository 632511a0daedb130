// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/article_panel.h"

#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/data_tables.h"
#include "widgets/pages/token_border_view.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/report_table_view.h"
#include "widgets/tables/visible_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <chrono>

namespace retort {
namespace {

constexpr std::chrono::milliseconds typingPause{300};

ReportTable headingTable(const ArticleList& articles) {
    ReportTable table;
    table.columns = {{ArticlePanel::tr("No.").toStdString(), true},
                     {ArticlePanel::tr("Article").toStdString()},
                     {ArticlePanel::tr("Characters").toStdString(), true},
                     {ArticlePanel::tr("Text").toStdString()}};
    for (const ArticleHeading& heading : articles.headings) {
        const auto number = heading.place + 1;
        table.rows.push_back(
            {{wholeText(number).toStdString(), static_cast<double>(number)},
             {heading.id},
             {wholeText(heading.characters).toStdString(), static_cast<double>(heading.characters)},
             {excerptOf(QString::fromStdString(heading.excerpt)).toStdString()}});
    }
    return table;
}

QString countSentence(const ArticleList& articles, const QString& words) {
    const auto listed = std::ssize(articles.headings);
    QString text = words.isEmpty() ? ArticlePanel::tr("%1 articles").arg(wholeText(articles.all))
                                   : ArticlePanel::tr("“%1” is in %2 of %3 articles")
                                         .arg(words, wholeText(articles.found), wholeText(articles.all));
    if (listed < articles.found) text += ArticlePanel::tr("; the first %1 are listed").arg(wholeText(listed));
    return text;
}

} // namespace

ArticlePanel::ArticlePanel(QWidget* parent) : QWidget(parent) {
    auto* articles = createSideBySide(createList(), 1000, createReader(), 1300);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(createUnderTools(createTools(), articles));
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connectParts();
    clearText({});
}

QLayout* ArticlePanel::createTools() {
    const QString domain = tr("Do&main:"), split = tr("&Split:");
    m_domain = createCombo("readDomain", domain, tr("Whose articles are listed"));
    m_split = createCombo("readSplit", split, tr("Trained on, or kept for validation"));
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("articleSearch"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("words of an id or a text"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * 28); // for the words in it
    m_search->setMaximumWidth(300);
    m_count = new TintedLabel;
    m_count->setObjectName(QStringLiteral("articleCount"));
    auto* row = new QHBoxLayout;
    addLabelled(*row, domain, m_domain);
    addLabelled(*row, split, m_split);
    addLabelled(*row, tr("Searc&h:"), m_search);
    row->addWidget(m_count, 1);
    row->addWidget(
        createExportButton("exportArticles", tr("Export &table…"), m_list, QStringLiteral("articles")));
    return row;
}

QWidget* ArticlePanel::createList() {
    m_list = new ReportTableView(tr("Articles"));
    m_list->setObjectName(QStringLiteral("articles"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    return m_list;
}

QToolButton* ArticlePanel::createPartButton(const char* name, const QString& text, int step) {
    QToolButton* button = createToolButton(name, text, tr("Another part of this long article"));
    connect(button, &QToolButton::clicked, this,
            [this, step] { read(m_list->currentRow(), m_text.part + step); });
    return button;
}

QWidget* ArticlePanel::createReader() {
    m_title = new QLabel;
    m_title->setObjectName(QStringLiteral("articleTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_before = createPartButton("partBefore", tr("‹ Part"), -1);
    m_after = createPartButton("partAfter", tr("Part ›"), 1);
    auto* heading = new QHBoxLayout;
    heading->addWidget(m_title, 1);
    heading->addWidget(m_before);
    heading->addWidget(m_after);
    m_export = createToolButton("exportArticleTokens", tr("E&xport tokens…"),
                                tr("The tokens that are shown, with their ids and bytes, as CSV"));
    connect(m_export, &QToolButton::clicked, this, &ArticlePanel::exportTokens);
    heading->addWidget(m_export);
    m_view = new TokenBorderView;
    m_token = new TintedLabel;
    m_token->setObjectName(QStringLiteral("tokenDetail"));
    m_token->setAccessibleName(tr("Token"));
    m_token->setTextFormat(Qt::PlainText);
    auto* reader = new QWidget;
    auto* layout = new QVBoxLayout(reader);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(heading);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_token);
    return reader;
}

void ArticlePanel::connectParts() {
    const auto changed = [this] {
        m_isStale = true;
        refresh();
    };
    connect(m_domain, &QComboBox::currentIndexChanged, this, changed);
    connect(m_split, &QComboBox::currentIndexChanged, this, changed);
    connect(m_search, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, changed);
    connect(m_list, &ReportTableView::rowChanged, this, [this](int row) { read(row, 0); });
    connect(m_view, &TokenBorderView::chosen, this, &ArticlePanel::showStretch);
}

void ArticlePanel::setSource(DataSource* source) {
    m_source = source;
    setCorpus({});
}

void ArticlePanel::setCorpus(const std::optional<ListedCorpus>& corpus) {
    const bool isSame =
        corpus && m_corpus && corpus->name == m_corpus->name && corpus->identity == m_corpus->identity;
    m_corpus = corpus;
    if (isSame) return; // what is read stays
    setItems(*m_domain, itemsOf(corpus ? corpus->domains() : std::vector<std::string>()));
    std::vector<ToolItem> splits;
    for (const std::string& split : corpus ? corpus->splits() : std::vector<std::string>())
        splits.push_back({splitText(split), QString::fromStdString(split)});
    setItems(*m_split, splits);
    m_isStale = true;
    refresh();
}

void ArticlePanel::setTokenizer(const std::string& id) {
    if (id == m_tokenizer) return;
    m_tokenizer = id;
    m_isTextStale = true;
    refresh();
}

void ArticlePanel::find() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

CorpusFilePlace ArticlePanel::file() const {
    return {m_corpus ? m_corpus->name : std::string(), m_split->currentData().toString().toStdString(),
            m_domain->currentData().toString().toStdString()};
}

void ArticlePanel::refresh() {
    if (!isVisible()) return;
    if (m_isStale)
        list();
    else if (m_isTextStale)
        read(m_list->currentRow(), m_text.part);
}

void ArticlePanel::list() {
    m_isStale = false;
    const int question = ++m_listAsked;
    if (m_source == nullptr || !m_corpus || m_domain->count() == 0) return showList({}, {});
    m_source->listArticles(file(), m_search->text().trimmed().toStdString(),
                           [this, question](const ArticleList& articles, const std::string& problem) {
                               if (question == m_listAsked) showList(articles, problem);
                           });
}

void ArticlePanel::showList(const ArticleList& articles, const std::string& problem) {
    m_articles = articles;
    m_count->setText(problem.empty() ? countSentence(articles, m_search->text().trimmed())
                                     : QString::fromStdString(problem));
    m_list->setTable(headingTable(articles));
    clearText(articles.headings.empty() ? tr("No article to read.") : QString());
    m_list->clearSelection();
    m_list->setCurrentIndex({});
    m_list->chooseRow(0);
}

void ArticlePanel::read(int row, std::int64_t part) {
    m_isTextStale = false;
    const int question = ++m_textAsked;
    if (m_source == nullptr || row < 0 || row >= std::ssize(m_articles.headings)) return;
    const ArticleHeading& heading = m_articles.headings[static_cast<std::size_t>(row)];
    m_source->readArticle(file(), heading.place, part, m_tokenizer,
                          [this, question](const ArticleText& text, const std::string& problem) {
                              if (question == m_textAsked) showText(text, problem);
                          });
}

void ArticlePanel::clearText(const QString& words) {
    m_text = {};
    m_view->setText({}, {});
    m_title->setText(words);
    m_token->clear();
    m_before->hide();
    m_after->hide();
    m_export->hide();
}

void ArticlePanel::exportTokens() {
    askAndSaveTable(this, tr("Export tokens"), QStringLiteral("tokens"), [this](const QString& file) {
        return saveText(QString::fromStdString(to_csv(tokenTable(m_text))), file);
    });
}

void ArticlePanel::showText(const ArticleText& text, const std::string& problem) {
    if (!problem.empty()) return clearText(QString::fromStdString(problem));
    m_text = text;
    QStringList parts = {QString::fromStdString(text.id),
                         tr("%1 characters").arg(wholeText(text.characters))};
    if (text.parts > 1) parts << tr("part %1 of %2").arg(text.part + 1).arg(text.parts);
    if (!text.tokens.empty()) parts << tr("%1 tokens").arg(wholeText(std::ssize(text.tokens)));
    m_title->setText(parts.join(QStringLiteral("  ·  ")));
    m_before->setVisible(text.parts > 1);
    m_after->setVisible(text.parts > 1);
    m_before->setEnabled(text.part > 0);
    m_after->setEnabled(text.part + 1 < text.parts);
    m_export->setVisible(!text.tokens.empty());
    m_view->setText(text, m_search->text().trimmed());
    showStretch(-1);
}

void ArticlePanel::showStretch(int stretch) {
    const QString token = m_view->describe(stretch);
    m_token->setText(!token.isEmpty() ? token
                     : m_text.tokens.empty()
                         ? tr("Choose a tokenizer above to see the borders of its tokens.")
                         : tr("Point at a token, or press ← and →, to read it."));
}

void ArticlePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace retort
