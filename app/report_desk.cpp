// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report_desk.h"

#include "widgets/pages/report_page.h"

#include <utility>

namespace retort {

ReportDesk::ReportDesk(OpenWorkspace& workspace, ReportPage& page, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_page(page) {
    connect(&m_workspace, &OpenWorkspace::reportRead, this, &ReportDesk::deliver);
    connect(&m_workspace, &OpenWorkspace::requestFailed, this, [this](int request) {
        deliver(request,
                {{}, tr("The workspace could not be read; press Refresh to try again.").toStdString()});
    });
    connect(&m_workspace, &OpenWorkspace::runsReplaced, this, [this] { m_page.setRuns(m_workspace.runs()); });
    connect(&m_workspace, &OpenWorkspace::runChanged, &m_page, &ReportPage::updateRun);
    m_page.setRuns(m_workspace.runs());
    m_page.setSource(this);
}

ReportDesk::~ReportDesk() {
    m_page.setSource(nullptr);
}

void ReportDesk::readReport(const std::vector<std::string>& names, Answer answer) {
    m_answers.emplace(m_workspace.requestReport(names), std::move(answer));
}

void ReportDesk::deliver(int request, const ReportReading& reading) {
    const auto waiting = m_answers.extract(request);
    if (!waiting.empty()) waiting.mapped()(reading);
}

} // namespace retort
