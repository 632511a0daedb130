// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/data_tools.h"

#include <QMenu>
#include <QToolButton>

namespace retort {

DataTools::DataTools(QWidget* parent) : ToolRow(parent), m_recipes(new QMenu(this)) {
    m_build = addButton("buildCorpus", tr("&Build a corpus"),
                        tr("Make a corpus from Debian packages, which are fetched for it"));
    m_build->setMenu(m_recipes);
    m_build->setPopupMode(QToolButton::InstantPopup);
    m_build->setMinimumWidth(m_build->sizeHint().width() +
                             2 * fontMetrics().averageCharWidth()); // for its arrow
    m_import =
        addButton("importTexts", tr("&Import files…"),
                  tr("Make a corpus from your own files and folders; they can be dropped on the page too"));
    m_use = addButton("useCorpus", tr("&Use in Design"),
                      tr("Let the study on the page Design train on this corpus and all its domains"));
    m_remove = addButton("removeCorpus", tr("Remo&ve"),
                         tr("Take the corpus away (Delete in the list); can be undone"));
    m_export = addButton("exportCorpora", tr("E&xport list…"), tr("As CSV, Markdown or LaTeX"));
    connect(m_import, &QToolButton::clicked, this, &DataTools::importRequested);
    connect(m_use, &QToolButton::clicked, this, &DataTools::useRequested);
    connect(m_remove, &QToolButton::clicked, this, &DataTools::removeRequested);
    connect(m_export, &QToolButton::clicked, this, &DataTools::exportRequested);
    setPossible(false, false, true);
}

void DataTools::setRecipes(const std::vector<CorpusRecipeOffer>& recipes) {
    m_recipes->clear();
    for (const CorpusRecipeOffer& recipe : recipes) {
        const QString name = QString::fromStdString(recipe.name);
        QAction* action = m_recipes->addAction(tr("%1 — %2").arg(name, QString::fromStdString(recipe.help)));
        connect(action, &QAction::triggered, this, [this, name] { Q_EMIT buildRequested(name); });
    }
}

void DataTools::setPossible(bool isChosen, bool canUse, bool canMake) {
    m_build->setEnabled(canMake);
    m_import->setEnabled(canMake);
    m_use->setEnabled(canUse);
    m_remove->setEnabled(isChosen && canMake);
    m_export->setEnabled(isChosen);
}

} // namespace retort
