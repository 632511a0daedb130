// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_queue.h"

#include "spec/fan_out.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace retort {

RunQueue::RunQueue(std::vector<RunPlan> earlier, Save save, QObject* parent)
    : QObject(parent), m_save(std::move(save)), m_paused(!earlier.empty()) {
    for (RunPlan& plan : earlier)
        m_waiting.push_back({std::move(plan), {}});
}

void RunQueue::append(std::vector<QueuedRun> runs) {
    std::ranges::move(runs, std::back_inserter(m_waiting));
    saveAndTell();
}

void RunQueue::prepend(std::vector<QueuedRun> runs) {
    std::ranges::move(m_waiting, std::back_inserter(runs));
    m_waiting = std::move(runs);
    saveAndTell();
}

void RunQueue::move(int from, int to) {
    if (!isRow(from) || !isRow(to) || from == to) return;
    const auto first = m_waiting.begin();
    if (from < to)
        std::rotate(first + from, first + from + 1, first + to + 1);
    else
        std::rotate(first + to, first + from, first + from + 1);
    saveAndTell();
}

void RunQueue::remove(int row) {
    if (!isRow(row)) return;
    m_waiting.erase(m_waiting.begin() + row);
    saveAndTell();
}

void RunQueue::setPaused(bool paused) {
    if (m_paused == paused) return;
    m_paused = paused;
    Q_EMIT changed();
}

void RunQueue::setGoesOnAfterError(bool goesOn) {
    if (m_goesOnAfterError == goesOn) return;
    m_goesOnAfterError = goesOn;
    Q_EMIT changed();
}

std::optional<RunGroup> RunQueue::take() {
    if (m_paused || m_waiting.empty()) return {};
    RunGroup group{{}, m_waiting.front().resume_id};
    const std::vector<std::size_t> rows = nextRows();
    std::vector<QueuedRun> left;
    for (std::size_t row = 0; row < m_waiting.size(); ++row)
        if (std::ranges::find(rows, row) != rows.end())
            group.plans.push_back(std::move(m_waiting[row].plan));
        else
            left.push_back(std::move(m_waiting[row]));
    m_waiting = std::move(left);
    if (group.resume_id.empty()) m_taken = group.plans;
    saveAndTell();
    return group;
}

void RunQueue::markBegun(const RunPlan& plan) {
    const auto isSame = [&](const RunPlan& taken) {
        return taken.label() == plan.label() && taken.spec == plan.spec;
    };
    if (std::erase_if(m_taken, isSame) > 0) save();
}

void RunQueue::forgetTaken() {
    if (m_taken.empty()) return;
    m_taken.clear();
    save();
}

/// A run that is gone on with trains alone.
std::vector<std::size_t> RunQueue::nextRows() const {
    if (!m_waiting.front().resume_id.empty()) return {0};
    std::vector<RunPlan> fresh;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < m_waiting.size(); ++row) {
        if (!m_waiting[row].resume_id.empty()) continue;
        fresh.push_back(m_waiting[row].plan);
        rows.push_back(row);
    }
    std::vector<std::size_t> chosen;
    const std::vector<std::vector<std::size_t>> groups = fan_out_groups(fresh);
    for (const std::size_t i : groups.front())
        chosen.push_back(rows[i]);
    return chosen;
}

bool RunQueue::isRow(int row) const {
    return row >= 0 && row < static_cast<int>(m_waiting.size());
}

void RunQueue::save() {
    std::vector<RunPlan> plans = m_taken;
    for (const QueuedRun& run : m_waiting)
        if (run.resume_id.empty()) plans.push_back(run.plan);
    m_save(std::move(plans));
}

void RunQueue::saveAndTell() {
    save();
    Q_EMIT changed();
}

} // namespace retort
