// SPDX-License-Identifier: GPL-3.0-or-later
// Counts, and sizes of files in powers of 1000, as people write them.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <fmt/core.h>
#include <optional>
#include <string>
#include <string_view>

namespace retort::ctl {

/// "1 run", "3 runs"
[[nodiscard]] inline std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

inline constexpr std::string_view byte_prefixes = "kMGT";

/// "512 B", "3.4 MB"
[[nodiscard]] inline std::string byte_count(std::uint64_t bytes) {
    if (bytes < 1000) return fmt::format("{} B", bytes);
    auto value = static_cast<double>(bytes) / 1000;
    std::size_t prefix = 0;
    for (; value >= 999.95 && prefix + 1 < byte_prefixes.size(); ++prefix)
        value /= 1000;
    return fmt::format("{:.1f} {}B", value, byte_prefixes[prefix]);
}

/// "500M", "1.5 GB", "1000"; nothing for what is no size.
[[nodiscard]] inline std::optional<std::uint64_t> byte_count_in(std::string_view text) {
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || !(value >= 0)) return {};
    std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    if (unit.starts_with(' ')) unit.remove_prefix(1);
    if (unit.ends_with('B')) unit.remove_suffix(1);
    if (unit == "K") unit = "k";
    const auto prefix = unit.size() == 1 ? byte_prefixes.find(unit) : std::string_view::npos;
    if (!unit.empty() && prefix == std::string_view::npos) return {};
    for (std::size_t i = 0; !unit.empty() && i <= prefix; ++i)
        value *= 1000;
    return value < 9e18 ? std::optional(static_cast<std::uint64_t>(value)) : std::nullopt;
}

} // namespace retort::ctl
