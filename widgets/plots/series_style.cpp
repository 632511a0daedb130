// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/series_style.h"

#include <algorithm>
#include <array>
#include <utility>

namespace retort {
namespace {

// Order: blue, vermillion, green, amber, sky blue, purple, grey, yellow. Okabe and Ito's yellow and black
// have a shade per background; their blue is lightened on dark.
constexpr std::array<std::pair<QRgb, QRgb>, 8> hues = {{{0x0072B2, 0x2F95D8},
                                                        {0xD55E00, 0xE8762A},
                                                        {0x009E73, 0x14B88A},
                                                        {0xE69F00, 0xE69F00},
                                                        {0x56B4E9, 0x7CC8F5},
                                                        {0xCC79A7, 0xDB92BB},
                                                        {0x303030, 0xDCDCDC},
                                                        {0xB8A400, 0xF0E442}}};
constexpr std::array dashes = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};

constexpr std::array<std::pair<const char*, int>, 19> known = {{{"loss", 0},
                                                                {"ce", 1},
                                                                {"kd", 2},
                                                                {"lwf", 5},
                                                                {"ewc", 3},
                                                                {"teacher_ce", 14}, // dashed, grey
                                                                {"alpha", 3},
                                                                {"beta", 5},
                                                                {"lr", 4},
                                                                {"grad_norm", 5},
                                                                {"tokens_per_second", 2},
                                                                {"en", 0},
                                                                {"fr", 1},
                                                                {"de", 2},
                                                                {"py", 3},
                                                                {"es", 5},
                                                                {"it", 4},
                                                                {"macro", 6},
                                                                {"worst", 7}}};

/// Of the letters alone, so that it is the same on every start (qHash is not).
int slotOfLetters(const QString& name) {
    quint32 hash = 2166136261u;
    for (const QChar letter : name)
        hash = (hash ^ letter.unicode()) * 16777619u;
    return static_cast<int>((hash >> 7) % seriesStyleCount);
}

} // namespace

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

QPalette printPalette() {
    QPalette palette(Qt::white);
    palette.setColor(QPalette::Window, Qt::white);
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::black);
    palette.setColor(QPalette::WindowText, Qt::black);
    return palette;
}

QColor SeriesStyle::color(bool dark) const {
    const auto& hue = hues[static_cast<std::size_t>(slot) % hues.size()];
    return QColor::fromRgb(dark ? hue.second : hue.first);
}

Qt::PenStyle SeriesStyle::dash() const {
    return dashes[static_cast<std::size_t>(slot) / hues.size() % dashes.size()];
}

SeriesStyle styleOfVariant(int place) {
    const auto count = static_cast<int>(hues.size());
    return {place % count + count * ((place + place / count) % static_cast<int>(dashes.size()))};
}

SeriesStyle styleOf(const QString& name) {
    for (const auto& [word, slot] : known)
        if (name == QLatin1String(word)) return {slot};
    return {slotOfLetters(name)};
}

std::vector<SeriesStyle> stylesOf(const QStringList& names) {
    std::vector<SeriesStyle> styles;
    for (const QString& name : names) {
        SeriesStyle style = styleOf(name);
        for (int i = 0; i < seriesStyleCount && std::ranges::find(styles, style) != styles.end(); ++i)
            style.slot = (style.slot + 1) % seriesStyleCount;
        styles.push_back(style);
    }
    return styles;
}

} // namespace retort
