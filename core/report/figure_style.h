// SPDX-License-Identifier: GPL-3.0-or-later
// Colours and dashes of printed figures: Okabe and Ito's palette (Okabe and Ito 2008, "Color Universal
// Design"), told apart without colour by the dashes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace retort {

/// Order: blue, vermillion, green, amber, sky blue, purple, grey for black, and yellow darkened for paper;
/// 0xRRGGBB.
inline constexpr std::array<std::uint32_t, 8> print_hues = {0x0072B2, 0xD55E00, 0x009E73, 0xE69F00,
                                                            0x56B4E9, 0xCC79A7, 0x303030, 0xB8A400};
inline constexpr int dash_count = 4; ///< solid, dashed, dotted, dash-dotted
inline constexpr int figure_style_count = static_cast<int>(print_hues.size()) * dash_count;

/// A style is a slot, 0 to figure_style_count − 1: a hue and dashes.
[[nodiscard]] constexpr std::uint32_t print_hue(int slot) {
    return print_hues[static_cast<std::size_t>(slot) % print_hues.size()];
}
[[nodiscard]] constexpr int dash_of(int slot) {
    return slot / static_cast<int>(print_hues.size()) % dash_count;
}

/// Of the variants of a comparison, by their place: colour and dashes both change from one to the next, so
/// that neighbours differ in print without colours too.
[[nodiscard]] constexpr int style_slot_of_variant(int place) {
    const auto hues = static_cast<int>(print_hues.size());
    return place % hues + hues * ((place + place / hues) % dash_count);
}

} // namespace retort
