// SPDX-License-Identifier: GPL-3.0-or-later
// Colours that carry meaning, fit to be read on whatever palette the desktop has.
#pragma once

#include <QColor>
#include <QPalette>

namespace retort {

/// From the palette of Okabe and Ito, distinguishable by colour-blind people too. Colour is never the only
/// sign: an icon or a word stands beside it.
namespace accents {
inline constexpr QColor blue{0x00, 0x72, 0xB2};
inline constexpr QColor green{0x00, 0x9E, 0x73};
inline constexpr QColor orange{0xE6, 0x9F, 0x00};
inline constexpr QColor vermillion{0xD5, 0x5E, 0x00};
} // namespace accents

/// `share` of `over` on top of `under`.
[[nodiscard]] QColor blend(const QColor& under, const QColor& over, double share);

/// An accent as a text colour: moved towards the palette's own text colour until it has contrast.
[[nodiscard]] QColor readable(const QColor& accent, const QPalette& palette);

/// Secondary text: help, units, captions.
[[nodiscard]] QColor dimText(const QPalette& palette);

/// Outlines of cards and boxes, weaker than text.
[[nodiscard]] QColor hairline(const QPalette& palette);

} // namespace retort
