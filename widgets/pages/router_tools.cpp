// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/router_tools.h"

#include <QCheckBox>
#include <QComboBox>
#include <QToolButton>

namespace retort {

RouterTools::RouterTools(QWidget* parent) : ToolRow(parent) {
    m_study = addCombo("study", tr("&Study:"), tr("Studies that have trained routers"));
    m_run = addCombo("run", tr("&Router:"), tr("Variant and seed; a row of the ranking chooses it too"));
    m_forced = addCheck("forced", tr("Without &abstention"),
                        tr("Count the most probable domain of each input, however unsure the router is"));
    m_forced->setChecked(true); // what the paper counts, and others
    QToolButton* save =
        addButton("exportRanking", tr("Export rankin&g…"), tr("All numbers of the ranking, as CSV"));
    connect(m_study, &QComboBox::currentIndexChanged, this, &RouterTools::studyChanged);
    connect(m_run, &QComboBox::currentIndexChanged, this, &RouterTools::runChanged);
    connect(m_forced, &QCheckBox::toggled, this, &RouterTools::forcedChanged);
    connect(save, &QToolButton::clicked, this, &RouterTools::rankingExportRequested);
}

void RouterTools::setStudies(const std::vector<std::string>& studies) {
    setItems(*m_study, itemsOf(studies));
}

void RouterTools::setRuns(const std::vector<RunRecord>& runs) {
    std::vector<ToolItem> items;
    for (const RunRecord& run : runs)
        items.push_back({tr("%1, seed %2").arg(QString::fromStdString(run.variant)).arg(run.seed),
                         QString::fromStdString(run.id)});
    setItems(*m_run, items);
}

void RouterTools::chooseStudy(const QString& study) {
    m_study->setCurrentIndex(std::max(0, m_study->findData(study)));
}

void RouterTools::chooseRun(const QString& id) {
    const int place = m_run->findData(id);
    if (place >= 0) m_run->setCurrentIndex(place);
}

std::string RouterTools::study() const {
    return m_study->currentData().toString().toStdString();
}

std::string RouterTools::run() const {
    return m_run->currentData().toString().toStdString();
}

bool RouterTools::isForced() const {
    return m_forced->isChecked();
}

} // namespace retort
