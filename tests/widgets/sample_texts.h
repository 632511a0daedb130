// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that write, and what they write, for tests and galleries of the Try page.
#pragma once

#include "sample_runs.h"
#include "widgets/pages/try_source.h"

#include <optional>

namespace retort {

inline RunRecord sampleWriter(const std::string& id, Task task, const std::string& variant) {
    RunRecord record;
    record.id = id;
    record.study = "architectures";
    record.variant = variant;
    record.task = task;
    record.status = RunStatus::done;
    record.model_artifact = "model-" + id;
    RunSpec spec;
    spec.task = task;
    if (task == Task::modular) {
        spec.modular.emplace();
        spec.modular->architecture = Architecture::moe_ce;
        spec.evaluation.emplace();
    }
    record.spec = to_json(spec);
    return record;
}

inline std::vector<RunRecord> sampleWriters() {
    return {sampleWriter("01", Task::teacher, "teacher"), sampleWriter("02", Task::distill, "dense"),
            sampleWriter("03", Task::modular, "moe-ce"), sampleWriter("04", Task::distill, "wide")};
}

inline GeneratedToken sampleToken(std::int64_t number, const std::string& text, double probability) {
    GeneratedToken token{number, static_cast<std::int32_t>(100 + number), text, text, probability, {}};
    token.alternatives = {{text, probability}, {" and", 0.08}, {"\n", 0.05}, {" the", 0.02}};
    if (probability < 0.08) token.alternatives.erase(token.alternatives.begin());
    return token;
}

inline std::vector<GeneratedToken> sampleText() {
    const std::vector<std::pair<std::string, double>> pieces = {
        {" the", 0.41},   {" old", 0.03},       {" cath", 0.002}, {"edral", 0.97}, {" was", 0.33},
        {" built", 0.28}, {" in", 0.71},        {" 1", 0.62},     {"2", 0.21},     {"48", 0.01},
        {",", 0.38},      {" and", 0.12},       {" its", 0.05},   {" tow", 0.04},  {"ers", 0.99},
        {" are", 0.17},   {" visible", 0.0004}, {" from", 0.5},   {" the", 0.55},  {" caf", 0.0001},
        {"é", 0.9},       {".\n", 0.6}};
    std::vector<GeneratedToken> text;
    for (const auto& [piece, probability] : pieces)
        text.push_back(sampleToken(std::ssize(text) + 1, piece, probability));
    return text;
}

inline GenerationStart sampleStart(bool isModular) {
    GenerationStart start{6, 0, {}};
    if (isModular)
        start.route = GenerationRoute{
            "en+common", {"en", "fr", "de", "py"}, {0.91, 0.05, 0.03, 0.01}, 0.6, "en", false};
    return start;
}

/// Keeps what is asked, and answers when it is told to.
class SampleTexts : public TrySource {
public:
    void write(std::vector<TryRequest> wanted, TryListener heard) override {
        requests = std::move(wanted);
        listener = std::move(heard);
    }
    void stopWriting() override { ++stops; }

    std::vector<TryRequest> requests;
    TryListener listener;
    int stops = 0;
};

} // namespace retort
