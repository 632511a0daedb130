// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/router_tools.h"

#include "widgets/plots/flow_layout.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <utility>

namespace retort {
namespace {

using Item = std::pair<QString, QString>; ///< text, data

/// Keeps what is chosen where it is still there; else the first is.
void setItems(QComboBox* combo, const std::vector<Item>& items) {
    const QSignalBlocker quiet(combo);
    const QVariant chosen = combo->currentData();
    combo->clear();
    for (const auto& [text, data] : items)
        combo->addItem(text, data);
    combo->setCurrentIndex(std::max(0, combo->findData(chosen)));
    combo->setEnabled(combo->count() > 1);
}

QString textOf(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

RouterTools::RouterTools(QWidget* parent) : QWidget(parent) {
    auto* layout = new FlowLayout(this);
    layout->setContentsMargins({});
    m_study = addCombo("study", tr("&Study:"), tr("Studies that have trained routers"));
    m_run = addCombo("run", tr("&Router:"), tr("Variant and seed; a row of the ranking chooses it too"));
    m_forced = new QCheckBox(tr("Without &abstention"));
    m_forced->setObjectName(QStringLiteral("forced"));
    m_forced->setChecked(true); // what the paper counts, and others
    m_forced->setToolTip(tr("Count the most probable domain of each input, however unsure the router is"));
    addCell(m_forced);
    auto* save = new QToolButton;
    save->setObjectName(QStringLiteral("exportRanking"));
    save->setText(tr("Export rankin&g…"));
    save->setToolTip(tr("All numbers of the ranking, as CSV"));
    save->setFocusPolicy(Qt::StrongFocus);
    addCell(save);
    connect(m_study, &QComboBox::currentIndexChanged, this, &RouterTools::studyChanged);
    connect(m_run, &QComboBox::currentIndexChanged, this, &RouterTools::runChanged);
    connect(m_forced, &QCheckBox::toggled, this, &RouterTools::forcedChanged);
    connect(save, &QToolButton::clicked, this, &RouterTools::rankingExportRequested);
}

void RouterTools::addCell(QWidget* part) {
    auto* cell = new QWidget;
    auto* row = new QHBoxLayout(cell);
    row->setContentsMargins(0, 0, 10, 4);
    row->addWidget(part);
    layout()->addWidget(cell);
}

QComboBox* RouterTools::addCombo(const char* name, const QString& label, const QString& help) {
    auto* cell = new QWidget;
    auto* words = new QLabel(label);
    auto* combo = new QComboBox;
    combo->setObjectName(QLatin1String(name));
    combo->setAccessibleName(QString(label).remove(QLatin1Char('&')).remove(QLatin1Char(':')));
    combo->setToolTip(help);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    words->setBuddy(combo);
    auto* row = new QHBoxLayout(cell);
    row->setContentsMargins(0, 0, 10, 4);
    row->addWidget(words);
    row->addWidget(combo);
    layout()->addWidget(cell);
    return combo;
}

void RouterTools::setStudies(const std::vector<std::string>& studies) {
    std::vector<Item> items;
    for (const std::string& study : studies)
        items.emplace_back(textOf(study), textOf(study));
    setItems(m_study, items);
}

void RouterTools::setRuns(const std::vector<RunRecord>& runs) {
    std::vector<Item> items;
    for (const RunRecord& run : runs)
        items.emplace_back(tr("%1, seed %2").arg(textOf(run.variant)).arg(run.seed), textOf(run.id));
    setItems(m_run, items);
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
