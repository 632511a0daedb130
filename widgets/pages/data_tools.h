// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/data_source.h"
#include "widgets/pages/tool_row.h"

class QMenu;

namespace retort {

/// What can be done with corpora.
class DataTools : public ToolRow {
    Q_OBJECT
public:
    explicit DataTools(QWidget* parent = nullptr);

    void setRecipes(const std::vector<CorpusRecipeOffer>& recipes);
    /// `canUse`: the chosen corpus is whole. `canMake`: nothing is being made.
    void setPossible(bool isChosen, bool canUse, bool canMake);

Q_SIGNALS:
    void buildRequested(const QString& recipe);
    void importRequested();
    void useRequested();
    void removeRequested();
    void exportRequested();

private:
    QToolButton* m_build;
    QMenu* m_recipes;
    QToolButton* m_import;
    QToolButton* m_use;
    QToolButton* m_remove;
    QToolButton* m_export;
};

} // namespace retort
