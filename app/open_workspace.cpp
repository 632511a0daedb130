// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/open_workspace.h"

#include "app/reporting/study_report.h"
#include "base/error.h"

#include <QElapsedTimer>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <tuple>
#include <utility>

namespace retort {
namespace {

using namespace std::chrono_literals;

std::vector<RunPlan> storedQueue(const Workspace& workspace) {
    return RunStore(workspace).queue();
}

bool looksAlike(const RunRecord& a, const RunRecord& b) {
    const auto row = [](const RunRecord& run) {
        return std::tie(run.status, run.reason, run.steps, run.tokens, run.wall_seconds, run.model_artifact,
                        run.total_steps);
    };
    return row(a) == row(b) && a.marks == b.marks && a.summary.loss == b.summary.loss &&
           a.best.has_value() == b.best.has_value();
}

bool areSameRuns(const std::vector<RunRecord>& a, const std::vector<RunRecord>& b) {
    return std::ranges::equal(a, b, {}, &RunRecord::id, &RunRecord::id);
}

std::vector<QueuedRun> asQueued(std::vector<RunPlan> plans) {
    std::vector<QueuedRun> runs;
    for (RunPlan& plan : plans)
        runs.push_back({std::move(plan), {}});
    return runs;
}

std::vector<RunPlan> plansOf(const StudySpec& study) {
    PlanReading reading = plan_runs(study);
    if (reading.problems.empty()) return std::move(reading.plans);
    throw Error(ErrorKind::usage,
                "The study " + study.name + " cannot be run: " + to_text({reading.problems.front()}));
}

} // namespace

template <class Question, class Answer>
void OpenWorkspace::ask(Question question, Answer answer) {
    m_store.post([this, question, answer](RunStore& store) {
        QMetaObject::invokeMethod(
            this, [answer, result = question(store)]() mutable { answer(std::move(result)); },
            Qt::QueuedConnection);
    });
}

template <class Question, class Result>
int OpenWorkspace::request(Question question, void (OpenWorkspace::*answered)(int, const Result&)) {
    const int number = ++m_requests;
    const auto safely = [this, question, number](RunStore& store) {
        try {
            return question(store);
        } catch (...) {
            QMetaObject::invokeMethod(
                this, [this, number] { Q_EMIT requestFailed(number); }, Qt::QueuedConnection);
            throw;
        }
    };
    ask(safely, [this, number, answered](const Result& result) { Q_EMIT(this->*answered)(number, result); });
    return number;
}

OpenWorkspace::OpenWorkspace(const QString& folder, RunFunction run, QObject* parent)
    : QObject(parent),
      m_workspace(folder.toStdString()),
      m_lock(m_workspace.folder()),
      m_store(m_workspace,
              [this](const std::string& sentence) {
                  QMetaObject::invokeMethod(
                      this, [this, sentence] { takeTrouble(sentence); }, Qt::QueuedConnection);
              }),
      m_queue(storedQueue(m_workspace),
              [this](const std::vector<RunPlan>& plans) {
                  m_store.post([plans](RunStore& store) { store.save_queue(plans); });
              }),
      m_controller(m_workspace, m_queue, std::move(run)) {
    connectController();
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &OpenWorkspace::refresh);
    connect(&m_refreshLive, &QTimer::timeout, this, &OpenWorkspace::refreshLive);
    refresh();
}

OpenWorkspace::~OpenWorkspace() = default;

void OpenWorkspace::connectController() {
    connect(&m_controller, &RunController::eventsArrived, this, &OpenWorkspace::takeEvents);
    connect(&m_controller, &RunController::ended, this, &OpenWorkspace::refresh);
}

const RunRecord* OpenWorkspace::run(const std::string& id) const {
    const auto found = std::ranges::find(m_runs, id, &RunRecord::id);
    return found == m_runs.end() ? nullptr : &*found;
}

int OpenWorkspace::startStudy(const StudySpec& study) {
    std::vector<RunPlan> plans = plansOf(study);
    m_store.post([study](RunStore& store) { store.save_study(study, to_json(study).dump(2)); });
    return enqueue(std::move(plans));
}

void OpenWorkspace::startRun(const RunPlan& plan) {
    enqueue({plan});
}

int OpenWorkspace::enqueue(std::vector<RunPlan> plans) {
    std::erase_if(plans, [this](const RunPlan& plan) { return isWaiting(plan); });
    const int added = static_cast<int>(plans.size());
    if (m_queue.isPaused())
        m_queue.prepend(asQueued(std::move(plans)));
    else
        m_queue.append(asQueued(std::move(plans)));
    m_queue.setPaused(false);
    return added;
}

bool OpenWorkspace::isWaiting(const RunPlan& plan) const {
    const auto isSame = [&](const RunPlan& other) {
        return other.label() == plan.label() && other.spec == plan.spec;
    };
    const auto& current = m_controller.current();
    return (current && std::ranges::any_of(current->plans, isSame)) ||
           std::ranges::any_of(m_queue.waiting(), isSame, &QueuedRun::plan);
}

void OpenWorkspace::pauseRun(const std::string& id) {
    command(id, RunCommand::pause);
}

void OpenWorkspace::resumeRun(const std::string& id) {
    const RunRecord* record = run(id);
    if (record == nullptr) return;
    if (is_live(record->status)) return command(id, RunCommand::go);
    const auto isSame = [&](const QueuedRun& waiting) { return waiting.resume_id == id; };
    if (!is_resumable(record->status) || std::ranges::any_of(m_queue.waiting(), isSame)) return;
    const RunPlan plan{record->study, record->variant, record->seed, read_run_spec(record->spec).spec};
    m_queue.prepend({{plan, id}});
    m_queue.setPaused(false);
}

void OpenWorkspace::stopRun(const std::string& id) {
    command(id, RunCommand::stop);
}

void OpenWorkspace::command(const std::string& id, RunCommand command) {
    if (m_controller.holds(id)) return m_controller.request(id, command);
    m_store.post([id, command](RunStore& store) { store.request(id, command); });
}

void OpenWorkspace::setDeleted(const std::vector<std::string>& ids, bool deleted) {
    m_store.post([ids, deleted](RunStore& store) {
        for (const std::string& id : ids)
            store.set_deleted(id, deleted);
    });
    std::vector<RunRecord>& from = deleted ? m_runs : m_bin;
    std::vector<RunRecord>& to = deleted ? m_bin : m_runs;
    const auto stays = [&](const RunRecord& run) { return std::ranges::count(ids, run.id) == 0; };
    const auto moved = std::stable_partition(from.begin(), from.end(), stays);
    std::move(moved, from.end(), std::back_inserter(to));
    from.erase(moved, from.end());
    outdateReading();
    Q_EMIT runsReplaced();
}

void OpenWorkspace::erase(const std::vector<std::string>& ids) {
    m_store.post([ids](RunStore& store) {
        for (const std::string& id : ids)
            store.erase(id);
    });
    std::erase_if(m_bin, [&](const RunRecord& run) { return std::ranges::count(ids, run.id) > 0; });
    outdateReading();
    Q_EMIT runsReplaced();
}

void OpenWorkspace::mark(const std::string& id, const RunMarks& marks) {
    m_store.post([id, marks](RunStore& store) { store.mark(id, marks); });
    for (std::vector<RunRecord>* list : {&m_runs, &m_bin}) {
        const auto known = std::ranges::find(*list, id, &RunRecord::id);
        if (known != list->end()) known->marks = marks;
    }
    outdateReading();
}

void OpenWorkspace::outdateReading() {
    ++m_changes;
    refresh();
}

int OpenWorkspace::requestHistory(const std::string& id) {
    const auto read = [id, recording = m_controller.recording()](RunStore& store) {
        recording->settle();
        return readHistory(store, id);
    };
    return request(read, &OpenWorkspace::historyRead);
}

int OpenWorkspace::requestCurves(const std::vector<std::string>& ids, const std::string& series) {
    const auto read = [ids, series, recording = m_controller.recording()](RunStore& store) {
        recording->settle();
        return readComparedRuns(store, ids, series);
    };
    return request(read, &OpenWorkspace::curvesRead);
}

int OpenWorkspace::requestClaims(const std::string& study) {
    const auto read = [study, recording = m_controller.recording()](RunStore& store) {
        recording->settle();
        const std::vector<StudyRecord> studies = store.studies();
        const auto found = std::ranges::find(studies, study, &StudyRecord::name);
        return found == studies.end() ? StudyClaims() : assess_study(store, *found);
    };
    return request(read, &OpenWorkspace::claimsRead);
}

int OpenWorkspace::requestReport(const std::vector<std::string>& names) {
    const auto read = [names, recording = m_controller.recording()](RunStore& store) {
        recording->settle();
        try {
            return ReportReading{study_report(store, names), {}};
        } catch (const Error& error) {
            return ReportReading{{}, error.what()};
        }
    };
    return request(read, &OpenWorkspace::reportRead);
}

int OpenWorkspace::requestStudy(const std::string& study) {
    const auto read = [study](RunStore& store) {
        const std::vector<StudyRecord> studies = store.studies();
        const auto found = std::ranges::find(studies, study, &StudyRecord::name);
        return found == studies.end() ? StudyRecord() : *found;
    };
    return request(read, &OpenWorkspace::studyRead);
}

int OpenWorkspace::requestMatrices(const std::string& id) {
    const auto read = [id, recording = m_controller.recording()](RunStore& store) {
        recording->settle();
        return store.matrices(id);
    };
    return request(read, &OpenWorkspace::matricesRead);
}

int OpenWorkspace::requestExamples(std::int64_t matrix, std::int64_t row, std::int64_t column) {
    const auto read = [matrix, row, column](RunStore& store) { return store.examples(matrix, row, column); };
    return request(read, &OpenWorkspace::examplesRead);
}

void OpenWorkspace::takeEvents(const std::vector<RunEvent>& batch) {
    for (const RunEvent& event : batch) {
        const auto* status = std::get_if<StatusChanged>(&event.what);
        if (status != nullptr)
            m_statuses[event.run] = *status;
        else if (std::holds_alternative<RunStarted>(event.what))
            m_statuses[event.run] = StatusChanged{RunStatus::running, {}, {}};
        else
            continue;
        const auto known = std::ranges::find(m_runs, event.run, &RunRecord::id);
        if (known != m_runs.end()) {
            applyStatus(*known);
            Q_EMIT runChanged(*known);
        }
        refresh();
    }
}

void OpenWorkspace::refresh() {
    m_isStale = m_isReading;
    if (m_isReading) return;
    m_isReading = true;
    m_refresh.stop();
    const auto read = [](RunStore& store) {
        QElapsedTimer clock;
        clock.start();
        std::vector<RunRecord> runs = store.runs(), bin = store.bin();
        return std::tuple(std::move(runs), std::move(bin), std::chrono::milliseconds(clock.elapsed()));
    };
    ask(read, [this, changes = m_changes](auto result) {
        m_isReading = false;
        if (changes != m_changes) return refresh();
        if (!m_refreshLive.isActive()) m_refreshLive.start(1s);
        takeRuns(std::move(std::get<0>(result)), std::move(std::get<1>(result)));
        if (m_isStale) return refresh();
        // What others train shows within a second, unless reading the list is so long that it would cost more
        // than 2 % of a core.
        m_refresh.start(std::max(std::chrono::milliseconds(1s), 50 * std::get<2>(result)));
    });
}

void OpenWorkspace::takeTrouble(const std::string& sentence) {
    m_isReading = false;
    m_refreshLive.stop();
    m_refresh.start(5s);
    Q_EMIT failed(QString::fromStdString(sentence));
}

/// Where reading all runs is too long to be done every second, those in training are read by themselves.
void OpenWorkspace::refreshLive() {
    if (m_isReading || m_refresh.remainingTimeAsDuration() < 1s) return;
    ask([](RunStore& store) { return store.live_runs(); },
        [this, changes = m_changes](const std::vector<RunRecord>& live) {
            if (!m_isReading && changes == m_changes) takeLive(live);
        });
}

void OpenWorkspace::takeLive(const std::vector<RunRecord>& live) {
    const auto isInTraining = [](const RunRecord& run) { return is_live(run.status); };
    auto expected = std::ranges::count_if(m_runs, isInTraining);
    for (RunRecord run : live) {
        const auto known = std::ranges::find(m_runs, run.id, &RunRecord::id);
        if (known == m_runs.end()) return refresh();
        if (is_live(known->status)) --expected;
        applyStatus(run);
        if (looksAlike(*known, run)) continue;
        *known = std::move(run);
        Q_EMIT runChanged(*known);
    }
    if (expected > 0) refresh(); // one has ended
}

void OpenWorkspace::takeRuns(std::vector<RunRecord> runs, std::vector<RunRecord> bin) {
    for (RunRecord& run : runs)
        applyStatus(run);
    const std::vector<RunRecord> before = std::exchange(m_runs, std::move(runs));
    const std::vector<RunRecord> binBefore = std::exchange(m_bin, std::move(bin));
    if (!areSameRuns(before, m_runs) || !areSameRuns(binBefore, m_bin)) {
        Q_EMIT runsReplaced();
        return;
    }
    for (std::size_t i = 0; i < before.size(); ++i)
        if (!looksAlike(before[i], m_runs[i])) Q_EMIT runChanged(m_runs[i]);
}

void OpenWorkspace::applyStatus(RunRecord& run) {
    const auto said = m_statuses.find(run.id);
    if (said == m_statuses.end()) return;
    if (said->second.status == run.status && !is_live(run.status)) {
        m_statuses.erase(said);
        return;
    }
    run.status = said->second.status;
    run.reason = said->second.reason;
}

} // namespace retort
