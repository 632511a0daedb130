// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/report_tools.h"

#include <QComboBox>
#include <QLabel>
#include <QToolButton>

namespace retort {
namespace {

const QString chosenRuns = QStringLiteral("/runs"); ///< no study is named so

} // namespace

ReportTools::ReportTools(QWidget* parent) : ToolRow(parent) {
    m_subject = addCombo("subject", tr("&Report on:"),
                         tr("A study with finished runs, or the runs chosen on another page"));
    QToolButton* refresh =
        addButton("refreshReport", tr("Re&fresh"), tr("Read the numbers of the workspace again"));
    m_export =
        addButton("exportReport", tr("E&xport…"), tr("As PDF, as one HTML file, as LaTeX or as Markdown"));
    m_pages = new QLabel(this);
    m_pages->setObjectName(QStringLiteral("pageCount"));
    addCell({m_pages});
    connect(m_subject, &QComboBox::currentIndexChanged, this, &ReportTools::namesChanged);
    connect(refresh, &QToolButton::clicked, this, &ReportTools::refreshRequested);
    connect(m_export, &QToolButton::clicked, this, &ReportTools::exportRequested);
    setReady(false, 0);
}

void ReportTools::fill() {
    std::vector<ToolItem> items = itemsOf(m_studies);
    const auto count = m_runs.size();
    if (count > 0)
        items.push_back({count == 1 ? tr("1 chosen run") : tr("%1 chosen runs").arg(count), chosenRuns});
    setItems(*m_subject, items);
}

void ReportTools::setStudies(const std::vector<std::string>& studies) {
    if (studies == m_studies) return;
    m_studies = studies;
    fill();
}

void ReportTools::chooseStudy(const QString& study) {
    const int place = m_subject->findData(study);
    if (place >= 0) m_subject->setCurrentIndex(place);
}

void ReportTools::chooseRuns(const QStringList& ids) {
    m_runs = ids;
    fill();
    const int place = m_subject->findData(chosenRuns);
    if (m_subject->currentIndex() == place)
        Q_EMIT namesChanged(); // other runs under the same choice
    else
        m_subject->setCurrentIndex(place);
}

std::vector<std::string> ReportTools::names() const {
    const QString chosen = m_subject->currentData().toString();
    std::vector<std::string> names;
    if (chosen == chosenRuns)
        for (const QString& id : m_runs)
            names.push_back(id.toStdString());
    else if (!chosen.isEmpty())
        names.push_back(chosen.toStdString());
    return names;
}

void ReportTools::setReady(bool isReady, int pages) {
    m_export->setEnabled(isReady);
    m_pages->setText(!isReady ? QString() : pages == 1 ? tr("1 page") : tr("%1 pages").arg(pages));
}

} // namespace retort
