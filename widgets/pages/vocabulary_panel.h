// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/data_source.h"

#include <QWidget>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace retort {

class VocabularyFilter;
class VocabularyModel;

/// The entries of a tokenizer, and which domain of the corpus uses each. Asks for nothing while it cannot be
/// seen.
class VocabularyPanel : public QWidget {
    Q_OBJECT
public:
    explicit VocabularyPanel(QWidget* parent = nullptr);

    /// Must outlive the panel or the next call; null: from nowhere.
    void setSource(DataSource* source);
    /// Without either: none.
    void setQuestion(const std::optional<ListedCorpus>& corpus, const std::string& tokenizer);
    /// Puts the cursor into the search.
    void find();

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* createTools();
    void createTable();
    void connectParts();
    void refresh();
    void ask();
    void showCounts(const TokenCounts& counts);
    void showShown();
    void sortBy(int column);

    DataSource* m_source = nullptr;
    ListedCorpus m_corpus;
    std::string m_tokenizer;
    bool m_isStale = true;
    int m_asked = 0; ///< question whose answer is still wanted
    VocabularyModel* m_model;
    VocabularyFilter* m_filter;
    QLineEdit* m_search = nullptr;
    QComboBox* m_domain = nullptr;
    QLabel* m_shown = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace retort
