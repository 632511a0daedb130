// SPDX-License-Identifier: GPL-3.0-or-later
// A study: a base run, variants (RFC 7386 merge patches on the base) and seeds, and what it claims. Every
// variant × seed is a run.
#pragma once

#include "spec/check.h"
#include "spec/claim_spec.h"
#include "spec/run_spec_json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retort {

struct StudySpec {
    std::string name;  ///< [a-z0-9][a-z0-9._-]*, first part of `study/variant/seed`
    std::string title; ///< the question, as a person would put it
    std::vector<std::uint64_t> seeds = {1};
    Json base = Json::object();
    std::vector<std::pair<std::string, Json>>
        variants; ///< in the order of the file; empty: one, named "base"
    std::vector<Claim> claims;
    std::optional<bool> conclusions; ///< false: too small a study to decide its claims; absent: true
};

/// One run of a study, ready to be started.
struct RunPlan {
    std::string study;
    std::string variant;
    std::uint64_t seed = 1;
    RunSpec spec; ///< materialised: defaults filled in, seed set

    [[nodiscard]] std::string label() const { return study + "/" + variant + "/" + std::to_string(seed); }
};

struct StudyReading {
    StudySpec study;
    std::vector<Problem> problems; ///< pointers are into the study file, e.g. /variants/adaptive/optim/lr
};

/// Reads and checks a study file's text, every variant included. Never throws on bad input: text that is no
/// JSON is a problem too, with its line and column. A file of an older version is migrated first; of a newer
/// one, a problem.
[[nodiscard]] StudyReading read_study(std::string_view text);

[[nodiscard]] Json to_json(const StudySpec& study);

/// A change of one field after the variant patch: {"/optim/lr", 1e-3}; `--set` of the commands.
struct Override {
    std::string pointer;
    Json value;
};

/// Parses "/optim/lr=1e-3"; a value that is no JSON is taken as a string. Nothing when there is no pointer
/// and '='.
[[nodiscard]] std::optional<Override> parse_override(std::string_view text);

/// Makes the change in a run's JSON; false, and a problem, where the pointer is no place in it.
bool apply(Json& json, const Override& change, std::vector<Problem>& problems);

struct PlanReading {
    std::vector<RunPlan> plans; ///< variants in order, then seeds in order
    std::vector<Problem> problems;
};

/// The runs of a study, those of `variant` and of `seed` alone where given.
[[nodiscard]] PlanReading plan_runs(const StudySpec& study, const std::vector<Override>& overrides = {},
                                    const std::optional<std::string>& variant = {},
                                    const std::optional<std::uint64_t>& seed = {});

} // namespace retort
