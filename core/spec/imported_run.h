// SPDX-License-Identifier: GPL-3.0-or-later
// A run whose curves were measured elsewhere: by another program, or in another workspace. It has no
// specification, no task and no model of Retort's. Where its curves came from stands in the specification's
// place: {"imported": {"from": …, "format": …, "sha256": …}}.
#pragma once

#include "spec/run_curves.h"
#include "spec/run_record.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace retort {

struct ImportedName {
    std::string study, variant;
    std::uint64_t seed = 1;
    bool operator==(const ImportedName&) const = default;

    [[nodiscard]] std::string label() const { return study + "/" + variant + "/" + std::to_string(seed); }
};

struct ImportedRun {
    ImportedName name;
    std::string from;   ///< the folder or file
    std::string format; ///< tensorboard or csv
    RunCurves curves;
};

/// What stands in the place of its specification; `sha256` is that of its curves.
[[nodiscard]] Json origin_json(const ImportedRun& run, const std::string& sha256);

[[nodiscard]] bool is_imported(const RunRecord& run);

/// The task as lists and files tell it; `imported` where that word is all there is to say.
[[nodiscard]] std::string_view task_name(const RunRecord& run);

} // namespace retort
