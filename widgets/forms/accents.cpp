// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/accents.h"

namespace retort {

QColor blend(const QColor& under, const QColor& over, double share) {
    const auto mix = [share](float a, float b) { return a + static_cast<float>(share) * (b - a); };
    return QColor::fromRgbF(mix(under.redF(), over.redF()), mix(under.greenF(), over.greenF()),
                            mix(under.blueF(), over.blueF()));
}

QColor readable(const QColor& accent, const QPalette& palette) {
    return blend(accent, palette.color(QPalette::Active, QPalette::WindowText), 0.28);
}

QColor dimText(const QPalette& palette) {
    return blend(palette.color(QPalette::Active, QPalette::Window),
                 palette.color(QPalette::Active, QPalette::WindowText), 0.66);
}

QColor hairline(const QPalette& palette) {
    return blend(palette.color(QPalette::Active, QPalette::Window),
                 palette.color(QPalette::Active, QPalette::WindowText), 0.18);
}

} // namespace retort
