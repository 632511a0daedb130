// SPDX-License-Identifier: GPL-3.0-or-later
// What is stored of a run's past, as the Live page draws it.
#pragma once

#include "analysis/forgetting.h"
#include "analysis/run_clock.h"
#include "spec/event.h"

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

struct LiveHistory {
    struct Series {
        SeriesKey key;
        std::vector<std::int64_t> steps; ///< rising
        std::vector<double> values;      ///< as many
    };
    struct Evaluation {
        std::int64_t step = 0;
        EvaluationRow row;
    };
    struct Sample {
        std::int64_t step = 0;
        TextSample sample;
    };
    struct LogLine {
        std::string time; ///< ISO 8601, UTC
        std::string text;
        Notice::Level level = Notice::Level::info;
    };

    std::vector<Series> series;
    std::vector<ClockTick> clock;        ///< by rising step
    std::vector<Evaluation> evaluations; ///< by rising step
    std::vector<LogLine> log;
    std::optional<StageMatrix> joint; ///< of the finished run of the variant joint with the same seed
    std::vector<Sample> samples;      ///< by rising step
};

} // namespace retort
