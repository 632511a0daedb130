// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/data_source.h"

#include <QWidget>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QLayout;

namespace retort {

class ReportTableView;
class ScorePlot;

/// How long the articles of each domain are in characters or tokens, drawn and in numbers. Asks for nothing
/// while it cannot be seen.
class LengthPanel : public QWidget {
    Q_OBJECT
public:
    explicit LengthPanel(QWidget* parent = nullptr);

    /// Must outlive the panel or the next call; null: from nowhere.
    void setSource(DataSource* source);
    /// Without, or damaged: none.
    void setCorpus(const std::optional<ListedCorpus>& corpus);
    /// Whose tokens are counted; an id, or empty.
    void setTokenizer(const std::string& id);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QLayout* createTools();
    [[nodiscard]] bool isInTokens() const;
    void askAnew();
    void refresh();
    void setLengths(std::vector<DomainLengths> lengths);
    void draw();

    DataSource* m_source = nullptr;
    std::string m_corpus; ///< name
    std::string m_identity;
    std::string m_tokenizer; ///< id
    bool m_isStale = true;
    int m_asked = 0; ///< question whose answer is still wanted
    std::vector<DomainLengths> m_lengths;
    QComboBox* m_split = nullptr;
    QComboBox* m_unit = nullptr;
    QLabel* m_state = nullptr;
    ScorePlot* m_plot = nullptr;
    ReportTableView* m_table = nullptr;
};

} // namespace retort
