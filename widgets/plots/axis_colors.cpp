// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/axis_colors.h"

#include "widgets/forms/accents.h"

#include <qcustomplot.h>

namespace retort {

void colorAxes(QCustomPlot& plot, const QPalette& palette) {
    const QColor base = palette.color(QPalette::Base), text = palette.color(QPalette::Text);
    const QColor line = blend(base, text, 0.45), label = blend(base, text, 0.75);
    plot.setBackground(base);
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(line);
        axis->setTickPen(line);
        axis->setSubTickPen(line);
        axis->setTickLabelColor(label);
        axis->setLabelColor(label);
        axis->grid()->setPen(QPen(blend(base, text, 0.12), 0));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
}

} // namespace retort
