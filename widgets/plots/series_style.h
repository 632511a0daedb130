// SPDX-License-Identifier: GPL-3.0-or-later
// Colours and dashes of curves: Okabe and Ito's palette, told apart without colour by dash patterns, and the
// same for a name wherever and whenever it is drawn.
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>
#include <QStringList>
#include <vector>

namespace retort {

/// Whether text of this palette is light on dark.
[[nodiscard]] bool isDark(const QPalette& palette);

/// The palette of printed figures, whatever the window wears.
[[nodiscard]] QPalette printPalette();

/// One of 8 hues × 4 dashes; `slot` 0 to 31.
struct SeriesStyle {
    int slot = 0;

    /// Legible on the palette's background.
    [[nodiscard]] QColor color(bool dark) const;
    [[nodiscard]] Qt::PenStyle dash() const;
    bool operator==(const SeriesStyle&) const = default;
};

inline constexpr int seriesStyleCount = 32;

/// Of the variants of a comparison, by their place: colour and dashes both change from one to the next, so
/// that neighbours differ in print without colours too.
[[nodiscard]] SeriesStyle styleOfVariant(int place);

/// Known names (loss, ce, kd, en, fr, …) have slots of their own, others one from their letters.
[[nodiscard]] SeriesStyle styleOf(const QString& name);

/// Of names that stand side by side: each its own where no earlier one has it, else the next free one.
[[nodiscard]] std::vector<SeriesStyle> stylesOf(const QStringList& names);

} // namespace retort
