// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/migrate.h"

#include <array>
#include <functional>

namespace retort {
namespace {

// steps[v - 1] turns version v into v + 1.
const std::array<std::function<void(Json&)>, spec_version - 1> steps = {};

} // namespace

Migration migrate(Json json) {
    const auto found = json.find("retort");
    if (found == json.end() || !found->is_number_integer() || *found < 1)
        return {std::move(json),
                {{"/retort", "must be the version of the format, " + std::to_string(spec_version) + "."}}};
    const int version = found->get<int>();
    if (version > spec_version)
        return {std::move(json),
                {{"/retort", "is version " + std::to_string(version) + ", but this Retort reads up to " +
                                 std::to_string(spec_version) + "; use a newer Retort."}}};
    for (int v = version; v < spec_version; ++v)
        steps.at(static_cast<std::size_t>(v - 1))(json);
    json["retort"] = spec_version;
    return {std::move(json), {}};
}

} // namespace retort
