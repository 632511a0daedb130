// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace retort::ctl {

/// A name as a cell of a CSV file (RFC 4180); names hold no quotes.
[[nodiscard]] inline std::string csv_field(const std::string& name) {
    return name.find(',') == std::string::npos ? name : '"' + name + '"';
}

} // namespace retort::ctl
