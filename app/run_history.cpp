// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_history.h"

#include "base/error.h"
#include "store/stage_matrices.h"

#include <algorithm>
#include <utility>

namespace retort {
namespace {

void addCurves(RunStore& store, StoredRun& stored) {
    for (SeriesPoints& points : store.series(stored.record.id)) {
        if (!points.steps.empty()) stored.lastStep = std::max(stored.lastStep, points.steps.back());
        stored.history.series.push_back(
            {std::move(points.key), std::move(points.steps), std::move(points.values)});
    }
    for (const ClockPoint& point : store.clock(stored.record.id))
        stored.history.clock.push_back({point.step, point.tokens, point.wall_seconds});
}

void addEvaluations(RunStore& store, StoredRun& stored) {
    for (EvaluationRecord& evaluation : store.evaluations(stored.record.id)) {
        stored.lastEvaluation = std::max(stored.lastEvaluation, evaluation.step);
        stored.history.evaluations.push_back({evaluation.step, std::move(evaluation.row)});
    }
}

void addSamples(RunStore& store, StoredRun& stored) {
    for (SampleRecord& record : store.samples(stored.record.id))
        stored.history.samples.push_back({record.step, std::move(record.sample)});
}

void addLog(RunStore& store, StoredRun& stored) {
    for (LogLine& line : store.log(stored.record.id))
        stored.history.log.push_back({std::move(line.time), std::move(line.notice.text), line.notice.level});
}

/// One that cannot be read leaves the run as it is without one.
void addJoint(RunStore& store, StoredRun& stored) {
    try {
        stored.history.joint = read_joint_matrix(store, stored.record);
    } catch (const Error&) {
        stored.history.joint.reset();
    }
}

} // namespace

std::vector<RunEvent> StoredRun::newer(std::vector<RunEvent> events) const {
    const auto isKnown = [this](const RunEvent& event) {
        // Said again, it would cut off the steps that the history has of it.
        if (const auto* started = std::get_if<RunStarted>(&event.what))
            return started->resumed_from_step < lastStep;
        if (const auto* step = std::get_if<StepMeasured>(&event.what)) return step->step <= lastStep;
        if (const auto* evaluated = std::get_if<Evaluated>(&event.what))
            return evaluated->step <= lastEvaluation;
        if (const auto* notice = std::get_if<Notice>(&event.what))
            return std::ranges::any_of(history.log, [&](const LiveHistory::LogLine& line) {
                return line.text == notice->text && line.level == notice->level;
            });
        return false;
    };
    std::erase_if(events, isKnown);
    return events;
}

StoredRun readHistory(RunStore& store, const std::string& runId) {
    StoredRun stored{store.run(runId), {}};
    addCurves(store, stored);
    addEvaluations(store, stored);
    addSamples(store, stored);
    addLog(store, stored);
    addJoint(store, stored);
    return stored;
}

} // namespace retort
