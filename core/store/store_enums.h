// SPDX-License-Identifier: GPL-3.0-or-later
// Names of enums in the database.
#pragma once

#include "spec/event.h"
#include "spec/run_control.h"
#include "spec/run_spec_fields.h"

namespace retort {

template <>
struct EnumNames<Notice::Level> {
    static constexpr std::array<std::pair<Notice::Level, std::string_view>, 3> values = {
        {{Notice::Level::info, "info"},
         {Notice::Level::warning, "warning"},
         {Notice::Level::error, "error"}}};
};

template <>
struct EnumNames<RunCommand> {
    static constexpr std::array<std::pair<RunCommand, std::string_view>, 3> values = {
        {{RunCommand::go, "go"}, {RunCommand::pause, "pause"}, {RunCommand::stop, "stop"}}};
};

/// `otherwise` for a name that this version does not know.
template <class E>
[[nodiscard]] E value_of(std::string_view name, E otherwise) {
    return value_named<E>(name).value_or(otherwise);
}

} // namespace retort
