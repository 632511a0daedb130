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
    if (event.run != m_run) {
        *this = RunProgress();
        m_run = event.run;
    }
    std::visit([this](const auto& what) { take(what); }, event.what);
}

void RunProgress::take(const RunStarted& started) {
    m_totalSteps = started.total_steps;
    m_last = {started.resumed_from_step, 0};
    m_first.reset();
    m_phase.reset();
}

void RunProgress::take(const StepMeasured& measured) {
    m_last = {measured.step, measured.wall_seconds};
    if (!m_first) m_first = m_last;
    m_phase.reset();
}

void RunProgress::take(const Progressed& progressed) {
    m_phase = progressed;
}

std::optional<double> RunProgress::fraction() const {
    const double done = m_phase ? m_phase->done : static_cast<double>(m_last.step);
    const double total = m_phase ? m_phase->total : static_cast<double>(m_totalSteps);
    if (total <= 0) return {};
    return std::clamp(done / total, 0.0, 1.0);
}

std::optional<double> RunProgress::secondsLeft() const {
    if (m_phase || !m_first || m_last.step <= m_first->step || m_totalSteps <= 0) return {};
    const double perStep =
        (m_last.wallSeconds - m_first->wallSeconds) / static_cast<double>(m_last.step - m_first->step);
    return perStep * static_cast<double>(std::max<std::int64_t>(m_totalSteps - m_last.step, 0));
}

QString RunProgress::phase() const {
    if (m_phase) return QString::fromStdString(m_phase->phase);
    if (m_totalSteps <= 0) return Text::tr("Preparing");
    const QLocale locale;
    return Text::tr("Step %1 of %2").arg(locale.toString(m_last.step), locale.toString(m_totalSteps));
}

} // namespace retort
