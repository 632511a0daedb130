// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compared_runs.h"

#include "base/error.h"

#include <utility>

namespace retort {
namespace {

ComparedRun readComparedRun(RunStore& store, const std::string& id, const std::string& series) {
    ComparedRun run;
    run.record = store.run(id);
    run.keys = store.series_keys(id);
    if (!series.empty())
        for (SeriesPoints& points : store.series(id, series))
            run.series.push_back({std::move(points.key), std::move(points.steps), std::move(points.values)});
    for (EvaluationRecord& evaluation : store.evaluations(id))
        run.evaluations.push_back({evaluation.step, std::move(evaluation.row)});
    for (const ClockPoint& point : store.clock(id))
        run.clock.push_back({point.step, point.tokens, point.wall_seconds});
    return run;
}

} // namespace

std::vector<ComparedRun> readComparedRuns(RunStore& store, const std::vector<std::string>& ids,
                                          const std::string& series) {
    std::vector<ComparedRun> runs;
    for (const std::string& id : ids) {
        try {
            runs.push_back(readComparedRun(store, id, series));
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::data) throw;
            // Gone since it was chosen.
        }
    }
    return runs;
}

} // namespace retort
