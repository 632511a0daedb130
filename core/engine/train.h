// SPDX-License-Identifier: GPL-3.0-or-later
// The only door to training. No torch in this header.
#pragma once

#include "base/error.h"
#include "spec/event.h"
#include "spec/run_control.h"
#include "spec/run_ledger.h"

#include <filesystem>
#include <span>
#include <stop_token>
#include <vector>

namespace retort {

/// Folders of the artifacts that a run reads.
struct TrainingInputs {
    std::filesystem::path tokens;         ///< token store
    std::filesystem::path teacher;        ///< config.json and model.safetensors; empty when the run uses none
    std::filesystem::path tokenizer = {}; ///< of those that keep texts to read; else empty
    std::filesystem::path router = {};    ///< that a modular run asks; empty when it asks none
    std::filesystem::path base = {};      ///< modular model to build on; empty: none
    /// Dense models that become the experts of ple, by expert; empty otherwise.
    std::vector<std::pair<std::string, std::filesystem::path>> experts = {};
    std::filesystem::path teacher_cache = {}; ///< where its hidden states are kept; empty: nowhere
};

struct TrainingMember {
    RunTicket ticket;
    TrainingInputs inputs;
};

struct Outcome {
    RunStatus status = RunStatus::failed; ///< done, stopped, diverged, interrupted or failed
    std::string reason;
    std::int64_t steps = 0;
    std::filesystem::path model;           ///< folder of the final weights when done
    ErrorKind error = ErrorKind::internal; ///< when failed: what kind of failure
};

/// The outcome of work that threw.
[[nodiscard]] Outcome failed_outcome(const std::exception& error);

/// Trains the members of a group, which share seed, batches and one pass of the teacher; a single run is a
/// group of one. Runs on the calling thread until each member is done, stopped (RunControls), diverged or
/// failed, each alone; `stop` stops all with a checkpoint (status interrupted). A pause holds the member in
/// memory. The last event of each member is left to the caller, who knows what the weights become. Throws
/// Error{data} when an input that all share is damaged.
std::vector<Outcome> train(std::span<const TrainingMember> group, const RunControls& controls,
                           EventSink& sink, std::stop_token stop);

} // namespace retort
