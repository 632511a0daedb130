// SPDX-License-Identifier: GPL-3.0-or-later
// RunSpec in and out of JSON. Reading is strict: an unknown key and a value of the wrong type are problems.
#pragma once

#include "spec/check.h"
#include "spec/run_spec.h"

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// Keys keep their order, so that a file reads as it was written.
using Json = nlohmann::ordered_json;

/// The whole, materialised specification, every field written out, with "retort": spec_version first.
[[nodiscard]] Json to_json(const RunSpec& spec);

struct RunSpecReading {
    RunSpec spec;                  ///< fields that could be read; the others hold their defaults
    std::vector<Problem> problems; ///< of form (keys and types) and of content (check())
};

/// Absent fields take their defaults. A section that the task needs and that is absent gets its defaults.
[[nodiscard]] RunSpecReading read_run_spec(const Json& json);

/// The only choice a form needs to draw a field; made by the same description that reads and writes it.
struct FieldInfo {
    enum class Type { boolean, integer, real, text, choice, text_list, real_list };
    std::string pointer; ///< "/optim/lr"
    Type type = Type::text;
    std::string label;
    std::string help;
    std::string unit;
    Limits limits;
    std::vector<std::string> choices;
    Json default_value;
};

struct SectionInfo {
    std::string pointer; ///< "/optim"; "" for the fields of the run itself
    std::string label;
    std::vector<FieldInfo> fields;     ///< of this section alone, in order
    std::vector<SectionInfo> sections; ///< nested ones, in order
};

/// Sections and fields at the root of a run that do not belong to a task.
[[nodiscard]] std::span<const std::string_view> foreign_sections(Task task);

/// All fields of every task, nested as in the file.
[[nodiscard]] SectionInfo describe_run_spec();

} // namespace retort
