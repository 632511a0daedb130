// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/open_workspace.h"

#include <QObject>
#include <QStringList>

#include <set>
#include <string>
#include <vector>

namespace retort {

class LivePage;
class RunsPage;

/// Fills the Live and the Runs page from a workspace, and carries out what they ask for. The Live page
/// follows the training of this window until a person opens another run.
class RunDesk : public QObject {
    Q_OBJECT
public:
    /// The pages must outlive the desk, and so must the workspace.
    RunDesk(OpenWorkspace& workspace, LivePage& live, RunsPage& runs, QObject* parent = nullptr);

    /// On the Live page, with its history. When it trains here, what it says meanwhile is not lost.
    void open(const std::string& id);
    /// The run that Pause, Resume and Stop mean: the one on the Live page; null when there is none.
    [[nodiscard]] const RunRecord* chosen() const;

Q_SIGNALS:
    /// The Live page is wanted in front.
    void opened();
    /// A router's run, which has no curves.
    void routerOpened(const QString& id);
    /// The study of a run, or one that has its configuration.
    void cloned(const retort::StudySpec& study);
    /// The chosen run or its status changed.
    void chosenChanged();

private:
    void connectPages();
    void connectWorkspace();
    void takeEvents(const std::vector<RunEvent>& batch);
    void follow(const RunEvent& event);
    void await(const std::string& id);
    void showStored(int request, const StoredRun& stored);
    void showRuns();
    void tellLivePage(const RunRecord& run);
    void showChange(const RunRecord& run);
    void connectRunsPage();
    void clone(const QString& id);
    void openStudy(const QString& id);
    void showStudy(int request, const StudyRecord& study);
    void remove(const QStringList& ids);

    OpenWorkspace& m_workspace;
    LivePage& m_live;
    RunsPage& m_runs;
    std::string m_shown;
    std::string m_awaited;           ///< its history was asked for
    int m_request = 0;               ///< the number of that request
    std::vector<RunEvent> m_early;   ///< of the awaited run, since then
    std::set<std::string> m_trained; ///< begun or gone on with by this window
    QString m_ofStudy;               ///< the run whose study was asked for
    int m_studyRequest = 0;
};

} // namespace retort
