// SPDX-License-Identifier: GPL-3.0-or-later
// What a training says while it runs: plain values, no tensors. The recorder stores them, the window draws
// them.
#pragma once

#include "spec/routing.h"
#include "spec/run_record.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace retort {

/// Names one curve. Empty parts mean "not split that way". Series of a training step have split "train".
struct SeriesKey {
    std::string name;   ///< ce, kd, loss, alpha, beta, lr, grad_norm, tokens_per_second
    std::string domain; ///< en, fr, …
    std::string expert;
    std::string setting; ///< of the evaluation grid
    std::string split;   ///< train, valid
    auto operator<=>(const SeriesKey&) const = default;
};

struct Metric {
    SeriesKey series;
    double value = 0; ///< NaN and ±Inf are kept as they are
};

/// A run began or continues; comes first, and again after each resume.
struct RunStarted {
    std::int64_t resumed_from_step = 0; ///< 0: from the beginning. Points of later steps are to be deleted.
    std::int64_t total_steps = 0;
    std::int64_t tokens_per_step = 0;
    ParameterCount parameters;
    ResolvedSettings resolved;
    bool inexact = false; ///< resumed with other threads, precision or device than before
};

/// What one optimiser step measured.
struct StepMeasured {
    std::int64_t step = 0; ///< 1 for the first
    std::int64_t tokens = 0;
    double wall_seconds = 0; ///< of training since the run began, pauses left out
    std::vector<Metric> metrics;
};

/// Sums of one evaluation over one domain; ratios are made when they are read (see analysis/evaluation.h).
struct EvaluationRow {
    std::string domain;
    std::string expert;
    std::string setting;
    std::string split = "valid";
    double nll = 0; ///< nats, summed over the targets
    std::int64_t tokens = 0;
    std::int64_t bytes = 0; ///< UTF-8 bytes that the targets decode to
    std::int64_t correct = 0;
};

/// What the model wrote after the beginning of a text; UTF-8.
struct TextSample {
    std::string domain; ///< of the text
    std::string prompt;
    std::string text; ///< the model's own
    bool operator==(const TextSample&) const = default;
};

struct Evaluated {
    std::int64_t step = 0;
    std::int64_t tokens = 0;
    double wall_seconds = 0;
    std::vector<EvaluationRow> rows;
    std::vector<TextSample> samples = {};
};

struct CheckpointSaved {
    std::int64_t step = 0;
    std::string folder;
    std::uint64_t bytes = 0;
    bool best = false;
};

/// Work before or between training steps: "Training the tokenizer", 40 of 100.
struct Progressed {
    std::string phase;
    double done = 0;
    double total = 0; ///< 0: unknown
};

struct Notice {
    enum class Level { info, warning, error };
    Level level = Level::info;
    std::string text;
};

/// The run's status changed; the last event of a run has one of the final statuses, with the reason.
struct StatusChanged {
    RunStatus status = RunStatus::running;
    std::string reason;
    std::string model_artifact; ///< of a run that is done
};

struct RunEvent {
    std::string run; ///< ULID
    int attempt = 1;
    std::int64_t sequence = 0; ///< grows by one from 1 within a process's share of an attempt
    std::variant<RunStarted, StepMeasured, Evaluated, RoutingEvaluation, CheckpointSaved, Progressed, Notice,
                 StatusChanged>
        what;
};

/// Receives events on the training thread. Must return at once and must not throw.
class EventSink {
public:
    virtual ~EventSink() = default;
    virtual void accept(const RunEvent& event) = 0;
    /// Called before a checkpoint is written: returns when what was accepted is as durable as the sink can
    /// make it, so that no checkpoint is ever ahead of the metrics. Takes the time of a disk write; throws
    /// Error{workspace} when the disk does not take them.
    virtual void flush() {}
};

} // namespace retort
