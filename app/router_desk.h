// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/open_workspace.h"
#include "app/router_reader.h"
#include "widgets/pages/router_source.h"

#include <QObject>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace retort {

class RouterPage;

/// Fills the Router page from a workspace. What is not in memory is read on other threads; the page hears by
/// updateRun() that there is more now.
class RouterDesk : public QObject, private RouterSource {
    Q_OBJECT
public:
    /// The page must outlive the desk, and so must the workspace.
    RouterDesk(OpenWorkspace& workspace, RouterPage& page, QObject* parent = nullptr);
    ~RouterDesk() override;

private:
    std::vector<NumberedMatrix> matrices(const std::string& run) override;
    void examples(std::int64_t matrix, std::int64_t row, std::int64_t column, Examples answer) override;
    std::vector<DomainFeatures> topFeatures(const std::string& run) override;
    void decide(const std::string& run, const std::string& text, Decided answer) override;

    void showRuns();
    void takeMatrices(int request, const std::vector<MatrixRecord>& read);
    void takeChange(const RunRecord& run);
    void tell(const std::string& run);

    OpenWorkspace& m_workspace;
    RouterPage& m_page;
    std::map<std::string, std::vector<NumberedMatrix>> m_matrices; ///< by run; of one being read, the older
    std::map<std::string, std::vector<DomainFeatures>> m_features; ///< likewise
    std::set<std::string> m_stale;        ///< runs that have changed since their matrices were asked for
    std::map<int, std::string> m_reading; ///< runs, by request
    std::map<int, Examples> m_answers;    ///< by request
    RouterReader m_reader;                ///< last: nothing of it comes after the rest has gone
};

} // namespace retort
