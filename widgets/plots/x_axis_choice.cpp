// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/x_axis_choice.h"

#include "widgets/plots/number_text.h"

#include <QComboBox>
#include <QCoreApplication>
#include <cmath>

namespace retort {

QString axisName(XAxis axis) {
    const char* name = axis == XAxis::step     ? QT_TRANSLATE_NOOP("retort", "Step")
                       : axis == XAxis::tokens ? QT_TRANSLATE_NOOP("retort", "Tokens")
                                               : QT_TRANSLATE_NOOP("retort", "Training time");
    return QCoreApplication::translate("retort", name);
}

QString placeText(XAxis axis, double position) {
    const auto whole = static_cast<std::int64_t>(std::llround(position));
    if (axis == XAxis::step) return QCoreApplication::translate("retort", "Step %1").arg(wholeText(whole));
    if (axis == XAxis::wall_time) return durationText(position);
    return QCoreApplication::translate("retort", "%1 tokens").arg(countText(position));
}

void addXAxes(QComboBox& choice) {
    for (const XAxis axis : {XAxis::step, XAxis::tokens, XAxis::wall_time})
        choice.addItem(axisName(axis), static_cast<int>(axis));
}

} // namespace retort
