// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/x_axis_choice.h"

#include <QComboBox>
#include <QCoreApplication>

namespace retort {

QString axisName(XAxis axis) {
    const char* name = axis == XAxis::step     ? QT_TRANSLATE_NOOP("retort", "Step")
                       : axis == XAxis::tokens ? QT_TRANSLATE_NOOP("retort", "Tokens")
                                               : QT_TRANSLATE_NOOP("retort", "Training time");
    return QCoreApplication::translate("retort", name);
}

void addXAxes(QComboBox& choice) {
    for (const XAxis axis : {XAxis::step, XAxis::tokens, XAxis::wall_time})
        choice.addItem(axisName(axis), static_cast<int>(axis));
}

} // namespace retort
