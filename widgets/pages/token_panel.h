// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/data_source.h"

#include <QWidget>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;

namespace retort {

class ReportTableView;
class ScorePlot;

/// What each tokenizer of the workspace makes of the corpus, domain by domain. Asks for nothing while it
/// cannot be seen.
class TokenPanel : public QWidget {
    Q_OBJECT
public:
    explicit TokenPanel(QWidget* parent = nullptr);

    /// Must outlive the panel or the next call; null: from nowhere.
    void setSource(DataSource* source);
    /// Without: none.
    void setCorpus(const std::optional<ListedCorpus>& corpus);
    void setTokenizers(std::vector<ListedTokenizer> tokenizers);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* createFigure();
    QWidget* createTable();
    void refresh();
    void ask();
    void draw();

    DataSource* m_source = nullptr;
    ListedCorpus m_corpus;
    std::vector<ListedTokenizer> m_tokenizers;
    std::vector<TokenizerMeasure> m_measures; ///< in the order in which they came
    QString m_problem;
    bool m_isStale = true;
    int m_asked = 0; ///< question whose answers are still wanted
    QComboBox* m_measure = nullptr;
    ScorePlot* m_plot = nullptr;
    QLabel* m_state = nullptr;
    ReportTableView* m_table = nullptr;
};

} // namespace retort
