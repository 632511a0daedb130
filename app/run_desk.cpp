// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_desk.h"

#include "spec/imported_run.h"
#include "widgets/pages/live_page.h"
#include "widgets/pages/runs_page.h"

#include <utility>

namespace retort {
namespace {

/// What a study file says of a run, without what a study says by itself.
StudySpec studyOf(const RunRecord& run) {
    StudySpec study;
    study.name = run.study + "-" + run.variant;
    study.seeds = {run.seed};
    study.base = *run.spec;
    study.base.erase("retort");
    study.base.erase("seed");
    return study;
}

} // namespace

RunDesk::RunDesk(OpenWorkspace& workspace, LivePage& live, RunsPage& runs, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_live(live), m_runs(runs) {
    connectPages();
    connectRunsPage();
    connectWorkspace();
    m_live.clear();
    m_runs.forgetChanges();
    showRuns();
}

void RunDesk::connectPages() {
    const auto text = [](const QString& id) { return id.toStdString(); };
    connect(&m_live, &LivePage::pauseRequested, this,
            [=, this](const QString& id) { m_workspace.pauseRun(text(id)); });
    connect(&m_live, &LivePage::resumeRequested, this,
            [=, this](const QString& id) { m_workspace.resumeRun(text(id)); });
    connect(&m_live, &LivePage::stopRequested, this,
            [=, this](const QString& id) { m_workspace.stopRun(text(id)); });
}

void RunDesk::connectRunsPage() {
    const auto text = [](const QString& id) { return id.toStdString(); };
    const auto texts = [](const QStringList& ids) {
        std::vector<std::string> names;
        for (const QString& id : ids)
            names.push_back(id.toStdString());
        return names;
    };
    connect(&m_runs, &RunsPage::openRequested, this, [=, this](const QString& id) { open(text(id)); });
    connect(&m_runs, &RunsPage::resumeRequested, this,
            [=, this](const QString& id) { m_workspace.resumeRun(text(id)); });
    connect(&m_runs, &RunsPage::stopRequested, this,
            [=, this](const QString& id) { m_workspace.stopRun(text(id)); });
    connect(&m_runs, &RunsPage::cloneRequested, this, &RunDesk::clone);
    connect(&m_runs, &RunsPage::studyRequested, this, &RunDesk::openStudy);
    connect(&m_runs, &RunsPage::runRequested, &m_workspace, &OpenWorkspace::startRun);
    connect(&m_runs, &RunsPage::marked, this,
            [=, this](const QString& id, const RunMarks& marks) { m_workspace.mark(text(id), marks); });
    connect(&m_runs, &RunsPage::deleteRequested, this, &RunDesk::remove);
    connect(&m_runs, &RunsPage::restoreRequested, this,
            [=, this](const QStringList& ids) { m_workspace.setDeleted(texts(ids), false); });
    connect(&m_runs, &RunsPage::eraseRequested, this,
            [=, this](const QStringList& ids) { m_workspace.erase(texts(ids)); });
}

void RunDesk::connectWorkspace() {
    connect(&m_workspace.controller(), &RunController::eventsArrived, this, &RunDesk::takeEvents);
    connect(&m_workspace, &OpenWorkspace::runsReplaced, this, &RunDesk::showRuns);
    connect(&m_workspace, &OpenWorkspace::runChanged, this, &RunDesk::showChange);
    connect(&m_workspace, &OpenWorkspace::historyRead, this, &RunDesk::showStored);
    connect(&m_workspace, &OpenWorkspace::studyRead, this, &RunDesk::showStudy);
    connect(&m_workspace, &OpenWorkspace::requestFailed, this, [this](int request) {
        if (request == m_request) m_awaited.clear();
    });
}

void RunDesk::open(const std::string& id) {
    const RunRecord* record = m_workspace.run(id);
    if (record != nullptr && record->task == Task::router) {
        Q_EMIT routerOpened(QString::fromStdString(id));
        return;
    }
    await(id);
    Q_EMIT opened();
}

void RunDesk::await(const std::string& id) {
    m_awaited = id;
    m_early.clear();
    m_request = m_workspace.requestHistory(id);
}

const RunRecord* RunDesk::chosen() const {
    return m_workspace.run(m_shown);
}

void RunDesk::takeEvents(const std::vector<RunEvent>& batch) {
    std::vector<RunEvent> shown;
    for (const RunEvent& event : batch) {
        follow(event);
        if (event.run == m_awaited)
            m_early.push_back(event);
        else if (event.run == m_shown)
            shown.push_back(event);
    }
    if (!shown.empty()) m_live.append(shown);
}

/// A run that begins here comes to the front of the Live page, unless a person is looking at one that does
/// not come from this window.
void RunDesk::follow(const RunEvent& event) {
    const bool isNew = m_trained.insert(event.run).second;
    if (!isNew && !std::holds_alternative<RunStarted>(event.what)) return;
    const std::string& looking = m_awaited.empty() ? m_shown : m_awaited;
    if (!looking.empty() && !m_trained.contains(looking)) return;
    await(event.run);
}

void RunDesk::showStored(int request, const StoredRun& stored) {
    if (request != m_request) return;
    m_shown = std::exchange(m_awaited, {});
    m_live.showRun(stored.record, stored.history);
    const std::vector<RunEvent> news = stored.newer(std::exchange(m_early, {}));
    if (!news.empty()) m_live.append(news);
    Q_EMIT chosenChanged();
}

void RunDesk::showRuns() {
    m_runs.setRuns(m_workspace.runs());
    m_runs.setBin(m_workspace.bin());
    if (const RunRecord* run = chosen()) tellLivePage(*run);
    Q_EMIT chosenChanged();
}

void RunDesk::showChange(const RunRecord& run) {
    m_runs.updateRun(run);
    if (run.id != m_shown) return;
    tellLivePage(run);
    Q_EMIT chosenChanged();
}

/// What trains here tells the page itself, and sooner than the store.
void RunDesk::tellLivePage(const RunRecord& run) {
    if (!m_workspace.controller().holds(run.id)) m_live.updateRecord(run);
}

void RunDesk::clone(const QString& id) {
    const RunRecord* run = m_workspace.run(id.toStdString());
    if (run != nullptr && !is_imported(*run)) Q_EMIT cloned(studyOf(*run));
}

void RunDesk::openStudy(const QString& id) {
    const RunRecord* run = m_workspace.run(id.toStdString());
    if (run == nullptr) return;
    m_ofStudy = id;
    m_studyRequest = m_workspace.requestStudy(run->study);
}

/// A run without a stored study, as one that was imported, has its configuration alone.
void RunDesk::showStudy(int request, const StudyRecord& study) {
    if (request != m_studyRequest) return;
    if (study.text.empty()) return clone(m_ofStudy);
    Q_EMIT cloned(read_study(study.text).study);
}

/// Those that have begun to train meanwhile stay.
void RunDesk::remove(const QStringList& ids) {
    std::vector<std::string> removed;
    for (const QString& id : ids) {
        const RunRecord* run = m_workspace.run(id.toStdString());
        if (run != nullptr && !is_live(run->status)) removed.push_back(run->id);
    }
    m_workspace.setDeleted(removed, true);
}

} // namespace retort
