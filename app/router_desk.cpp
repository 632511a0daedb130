// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/router_desk.h"

#include "widgets/pages/router_page.h"

#include <utility>

namespace retort {
namespace {

/// A router's own run, or that of a modular model that is evaluated by one.
bool asksRouter(const RunRecord& run) {
    if (run.task != Task::modular) return run.task == Task::router;
    const RunSpec spec = read_run_spec(run.spec).spec;
    return spec.evaluation && spec.evaluation->route == RouteBy::router;
}

} // namespace

RouterDesk::RouterDesk(OpenWorkspace& workspace, RouterPage& page, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_page(page), m_reader(workspace.workspace()) {
    connect(&m_workspace, &OpenWorkspace::runsReplaced, this, &RouterDesk::showRuns);
    connect(&m_workspace, &OpenWorkspace::runChanged, this, &RouterDesk::takeChange);
    connect(&m_workspace, &OpenWorkspace::matricesRead, this, &RouterDesk::takeMatrices);
    connect(&m_workspace, &OpenWorkspace::requestFailed, this, [this](int request) {
        m_reading.erase(request);
        m_answers.erase(request);
    });
    connect(&m_workspace, &OpenWorkspace::examplesRead, this,
            [this](int request, const std::vector<RoutedExample>& read) {
                const auto waiting = m_answers.extract(request);
                if (!waiting.empty()) waiting.mapped()(read);
            });
    m_page.setSource(this);
    showRuns();
}

RouterDesk::~RouterDesk() {
    m_page.setSource(nullptr);
}

void RouterDesk::showRuns() {
    std::vector<RunRecord> runs = m_workspace.runs();
    std::erase_if(runs, [](const RunRecord& run) { return !asksRouter(run); });
    m_page.setRuns(std::move(runs));
}

void RouterDesk::takeMatrices(int request, const std::vector<MatrixRecord>& read) {
    const auto run = m_reading.extract(request);
    if (run.empty()) return;
    std::vector<NumberedMatrix>& matrices = m_matrices[run.mapped()];
    matrices.clear();
    for (const MatrixRecord& matrix : read)
        matrices.push_back({matrix.number, matrix.evaluation});
    tell(run.mapped());
}

void RouterDesk::takeChange(const RunRecord& run) {
    m_stale.insert(run.id);
    m_features.erase(run.id);
    std::erase_if(m_reading, [&](const auto& request) { return request.second == run.id; });
    m_page.updateRun(run);
}

void RouterDesk::tell(const std::string& run) {
    if (const RunRecord* record = m_workspace.run(run)) m_page.updateRun(*record);
}

std::vector<NumberedMatrix> RouterDesk::matrices(const std::string& run) {
    const auto [known, isNew] = m_matrices.try_emplace(run);
    if (m_stale.erase(run) > 0 || isNew) m_reading[m_workspace.requestMatrices(run)] = run;
    return known->second;
}

void RouterDesk::examples(std::int64_t matrix, std::int64_t row, std::int64_t column, Examples answer) {
    m_answers[m_workspace.requestExamples(matrix, row, column)] = std::move(answer);
}

std::vector<DomainFeatures> RouterDesk::topFeatures(const std::string& run) {
    const auto [known, isNew] = m_features.try_emplace(run);
    const RunRecord* record = m_workspace.run(run);
    if (isNew && record != nullptr && record->status == RunStatus::done)
        m_reader.readFeatures(*record, [this, run](std::vector<DomainFeatures> features) {
            if (features.empty()) return;
            m_features[run] = std::move(features);
            tell(run);
        });
    return known->second;
}

void RouterDesk::decide(const std::string& run, const std::string& text, Decided answer) {
    if (const RunRecord* record = m_workspace.run(run)) m_reader.decide(*record, text, std::move(answer));
}

} // namespace retort
