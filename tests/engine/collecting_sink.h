// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace retort::test {

/// Keeps every event, and shows each to `watch` first.
class CollectingSink : public EventSink {
public:
    std::function<void(const RunEvent&)> watch;
    std::vector<RunEvent> events;

    void accept(const RunEvent& event) override {
        if (watch) watch(event);
        events.push_back(event);
    }
    template <class What>
    [[nodiscard]] std::vector<What> all(const std::string& run = {}) const {
        std::vector<What> found;
        for (const RunEvent& event : events)
            if (const auto* what = std::get_if<What>(&event.what);
                what != nullptr && (run.empty() || event.run == run))
                found.push_back(*what);
        return found;
    }
};

/// What must be equal between two ways to the same run: every metric but rates and every evaluation, in
/// words.
inline std::vector<std::string> numbers_of(const CollectingSink& sink, const std::string& run = {}) {
    std::vector<std::string> lines;
    const auto text = [](double value) {
        char buffer[40];
        std::snprintf(buffer, sizeof buffer, "%a", value);
        return std::string(buffer);
    };
    for (const StepMeasured& step : sink.all<StepMeasured>(run))
        for (const Metric& metric : step.metrics)
            if (metric.series.name != "tokens_per_second")
                lines.push_back(std::to_string(step.step) + " " + metric.series.name + " " +
                                text(metric.value));
    for (const Evaluated& evaluation : sink.all<Evaluated>(run))
        for (const EvaluationRow& row : evaluation.rows)
            lines.push_back(std::to_string(evaluation.step) + " " + row.domain + " " + text(row.nll) + " " +
                            std::to_string(row.tokens) + " " + std::to_string(row.bytes) + " " +
                            std::to_string(row.correct));
    for (const Evaluated& evaluation : sink.all<Evaluated>(run))
        for (const TextSample& sample : evaluation.samples)
            lines.push_back(std::to_string(evaluation.step) + " " + sample.domain + " " + sample.text);
    return lines;
}

} // namespace retort::test
