// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/open_workspace.h"
#include "widgets/pages/report_source.h"

#include <QObject>

#include <map>

namespace retort {

class ReportPage;

/// Fills the Report page from a workspace.
class ReportDesk : public QObject, private ReportSource {
    Q_OBJECT
public:
    /// The page must outlive the desk, and so must the workspace.
    ReportDesk(OpenWorkspace& workspace, ReportPage& page, QObject* parent = nullptr);
    ~ReportDesk() override;

private:
    void readReport(const std::vector<std::string>& names, Answer answer) override;
    void deliver(int request, const ReportReading& reading);

    OpenWorkspace& m_workspace;
    ReportPage& m_page;
    std::map<int, Answer> m_answers; ///< by request
};

} // namespace retort
