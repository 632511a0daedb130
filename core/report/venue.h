// SPDX-License-Identifier: GPL-3.0-or-later
// How wide a figure may be, by where it is printed.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace retort {

/// PDF points, 1/72 inch.
[[nodiscard]] constexpr double points_of_mm(double millimetres) {
    return millimetres / 25.4 * 72;
}

struct Venue {
    std::string_view key; ///< on a command line
    std::string_view name;
    double width; ///< PDF points
};

/// From the venues' style files: neurips and iclr \textwidth 5.5in; icml 6.75in with \columnsep 0.25in; acl
/// 16cm with \columnsep 0.6cm; IEEEtran 516pt and 252pt of TeX (72.27 to the inch).
inline constexpr std::array<Venue, 7> venues = {{{"neurips", "NeurIPS, ICLR", 5.5 * 72},
                                                 {"icml-column", "ICML, one column", 3.25 * 72},
                                                 {"icml", "ICML, two columns", 6.75 * 72},
                                                 {"acl-column", "ACL, one column", points_of_mm(77)},
                                                 {"acl", "ACL, two columns", points_of_mm(160)},
                                                 {"ieee-column", "IEEE, one column", 252 / 72.27 * 72},
                                                 {"ieee", "IEEE, two columns", 516 / 72.27 * 72}}};

/// Nothing for a key that there is not.
[[nodiscard]] constexpr std::optional<Venue> venue_of(std::string_view key) {
    const auto* const found = std::ranges::find(venues, key, &Venue::key);
    return found == venues.end() ? std::nullopt : std::optional(*found);
}

/// Of a figure with axes, where nobody asks for another: lower the wider it is.
[[nodiscard]] constexpr double usual_height(double width) {
    return 75 + 0.36 * width;
}

} // namespace retort
