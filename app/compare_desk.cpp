// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compare_desk.h"

#include "widgets/pages/compare_page.h"

#include <utility>

namespace retort {

CompareDesk::CompareDesk(OpenWorkspace& workspace, ComparePage& page, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_page(page) {
    connect(&m_workspace, &OpenWorkspace::curvesRead, this, &CompareDesk::deliver);
    connect(&m_workspace, &OpenWorkspace::claimsRead, this, &CompareDesk::deliverClaims);
    connect(&m_workspace, &OpenWorkspace::requestFailed, this, [this](int request) {
        deliver(request, {});
        deliverClaims(request, {});
    });
    connect(&m_workspace, &OpenWorkspace::runsReplaced, this, [this] { m_page.setRuns(m_workspace.runs()); });
    connect(&m_workspace, &OpenWorkspace::runChanged, &m_page, &ComparePage::updateRun);
    m_page.setSource(this);
    m_page.setClaimsSource(this);
    m_page.setRuns(m_workspace.runs());
}

CompareDesk::~CompareDesk() {
    m_page.setClaimsSource(nullptr);
    m_page.setSource(nullptr);
}

void CompareDesk::read(const std::vector<std::string>& runs, const std::string& series,
                       CompareSource::Answer answer) {
    m_answers.emplace(m_workspace.requestCurves(runs, series), std::move(answer));
}

void CompareDesk::deliver(int request, const std::vector<ComparedRun>& runs) {
    const auto waiting = m_answers.extract(request);
    if (!waiting.empty()) waiting.mapped()(runs);
}

void CompareDesk::readClaims(const std::string& study, ClaimsSource::Answer answer) {
    m_claimAnswers.emplace(m_workspace.requestClaims(study), std::move(answer));
}

void CompareDesk::deliverClaims(int request, const StudyClaims& claims) {
    const auto waiting = m_claimAnswers.extract(request);
    if (!waiting.empty()) waiting.mapped()(claims);
}

} // namespace retort
