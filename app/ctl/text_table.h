// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace retort::ctl {

/// Columns as wide as their widest cell, two spaces between; the first row is the head. Widths are in
/// characters, not in bytes.
[[nodiscard]] std::string text_table(const std::vector<std::vector<std::string>>& rows);

} // namespace retort::ctl
