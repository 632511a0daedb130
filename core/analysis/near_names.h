// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// Insertions, deletions, replacements and exchanges of neighbours between two names (optimal string
/// alignment); capitals count as small letters.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The names that somebody who wrote `name` may have meant: those that a third of its
/// letters, and at least one, leads to, unless others are nearer. No more than `most`.
[[nodiscard]] std::vector<std::string> near_names(std::string_view name, std::span<const std::string> names,
                                                  std::size_t most = 3);

/// "a, b or c".
[[nodiscard]] std::string one_of(std::span<const std::string> names);

} // namespace retort
