// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/import_report.h"

#include <string>

namespace retort {

/// One sentence for an import of which no document is left: why the documents were left out, most frequent
/// reason first, each with its number, and what to do about the first.
[[nodiscard]] std::string why_nothing_is_left(const ImportReport& report);

} // namespace retort
