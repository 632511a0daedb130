// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/data_source.h"

#include <QTimer>
#include <QWidget>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace retort {

class ReportTableView;
class TokenBorderView;

/// Reads a corpus article by article: a list that can be searched, and the chosen text with the borders of
/// its tokens. Asks for nothing while it cannot be seen.
class ArticlePanel : public QWidget {
    Q_OBJECT
public:
    explicit ArticlePanel(QWidget* parent = nullptr);

    /// Must outlive the panel or the next call; null: from nowhere.
    void setSource(DataSource* source);
    /// Without: none.
    void setCorpus(const std::optional<ListedCorpus>& corpus);
    /// Whose borders are drawn; empty: none.
    void setTokenizer(const std::string& id);
    /// Puts the cursor into the search.
    void find();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QLayout* createTools();
    QWidget* createList();
    QWidget* createReader();
    QToolButton* createPartButton(const char* name, const QString& text, int step);
    void connectParts();
    void refresh();
    void list();
    void showList(const ArticleList& articles, const std::string& problem);
    void read(int row, std::int64_t part);
    void showText(const ArticleText& text, const std::string& problem);
    void showStretch(int stretch);
    void clearText(const QString& words);
    void exportTokens();
    [[nodiscard]] CorpusFilePlace file() const;

    DataSource* m_source = nullptr;
    std::optional<ListedCorpus> m_corpus;
    std::string m_tokenizer;
    ArticleList m_articles;
    ArticleText m_text;
    bool m_isStale = true;      ///< the list is not of the chosen file and words
    bool m_isTextStale = false; ///< the text has not the borders of the chosen tokenizer
    int m_listAsked = 0;        ///< question whose answer is still wanted
    int m_textAsked = 0;
    QTimer m_typing;

    QComboBox* m_domain = nullptr;
    QComboBox* m_split = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_count = nullptr;
    ReportTableView* m_list = nullptr;
    QLabel* m_title = nullptr;
    QToolButton* m_before = nullptr;
    QToolButton* m_after = nullptr;
    QToolButton* m_export = nullptr;
    TokenBorderView* m_view = nullptr;
    QLabel* m_token = nullptr;
};

} // namespace retort
