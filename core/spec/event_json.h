// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"
#include "spec/run_spec_json.h"

namespace retort {

/// One event as `--json` prints it, a line each: {"run", "attempt", "sequence", "event": its kind, …its
/// fields}. Numbers that JSON has no word for are "NaN", "Infinity" and "-Infinity".
[[nodiscard]] Json to_json(const RunEvent& event);

} // namespace retort
