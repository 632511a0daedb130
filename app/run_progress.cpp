// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_progress.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::RunProgress)
};

} // namespace

void RunProgress::take(const RunEvent& event) {
    m_run = event.run;
    std::visit([this](const auto& what) { take(what); }, event.what);
}

void RunProgress::take(const RunStarted& started) {
    const bool isPaused = state().isPaused;
    m_states[m_run] = {started.total_steps, {}, {started.resumed_from_step, 0}, {}, isPaused};
}

void RunProgress::take(const StepMeasured& measured) {
    State& state = m_states[m_run];
    state.last = {measured.step, measured.wall_seconds};
    if (!state.first) state.first = state.last;
    state.phase.reset();
}

void RunProgress::take(const Progressed& progressed) {
    m_states[m_run].phase = progressed;
}

const RunProgress::State& RunProgress::state() const {
    static const State none;
    const auto known = m_states.find(m_run);
    return known == m_states.end() ? none : known->second;
}

std::optional<double> RunProgress::fraction() const {
    const State& run = state();
    const double done = run.phase ? run.phase->done : static_cast<double>(run.last.step);
    const double total = run.phase ? run.phase->total : static_cast<double>(run.totalSteps);
    if (total <= 0) return {};
    return std::clamp(done / total, 0.0, 1.0);
}

std::optional<double> RunProgress::secondsLeft() const {
    const State& run = state();
    if (run.phase || !run.first || run.last.step <= run.first->step || run.totalSteps <= 0) return {};
    const double perStep = (run.last.wallSeconds - run.first->wallSeconds) /
                           static_cast<double>(run.last.step - run.first->step);
    return perStep * static_cast<double>(std::max<std::int64_t>(run.totalSteps - run.last.step, 0));
}

QString RunProgress::phase() const {
    const State& run = state();
    if (run.phase) return QString::fromStdString(run.phase->phase);
    if (run.totalSteps <= 0) return Text::tr("Preparing");
    const QLocale locale;
    return Text::tr("Step %1 of %2").arg(locale.toString(run.last.step), locale.toString(run.totalSteps));
}

} // namespace retort
