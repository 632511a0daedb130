// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/open_workspace.h"
#include "widgets/pages/claims_source.h"
#include "widgets/pages/compare_source.h"

#include <QObject>

#include <map>

namespace retort {

class ComparePage;

/// Fills the Compare page from a workspace.
class CompareDesk : public QObject, private CompareSource, private ClaimsSource {
    Q_OBJECT
public:
    /// The page must outlive the desk, and so must the workspace.
    CompareDesk(OpenWorkspace& workspace, ComparePage& page, QObject* parent = nullptr);
    ~CompareDesk() override;

private:
    void read(const std::vector<std::string>& runs, const std::string& series,
              CompareSource::Answer answer) override;
    void readClaims(const std::string& study, ClaimsSource::Answer answer) override;
    void deliver(int request, const std::vector<ComparedRun>& runs);
    void deliverClaims(int request, const StudyClaims& claims);

    OpenWorkspace& m_workspace;
    ComparePage& m_page;
    std::map<int, CompareSource::Answer> m_answers; ///< by request
    std::map<int, ClaimsSource::Answer> m_claimAnswers;
};

} // namespace retort
