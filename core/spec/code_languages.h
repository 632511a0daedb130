// SPDX-License-Identifier: GPL-3.0-or-later
// Programming languages: which domain a source file belongs to, and which domains are code.
#pragma once

#include <optional>
#include <string_view>

namespace retort {

/// Domain of a file by its extension without the point: "py" for py and pyi, "cpp" for cc. Those that are
/// codes of natural languages too have other names: csharp, perl, ocaml.
[[nodiscard]] std::optional<std::string_view> code_language_of(std::string_view extension);

/// Whether it is one of those names or a usual other one ("python").
[[nodiscard]] bool is_code_language(std::string_view domain);

} // namespace retort
