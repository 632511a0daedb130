// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_legend.h"

#include <qcustomplot.h>

#include <algorithm>

namespace retort {

void houseLegend(QCustomPlot& plot, bool isAbove) {
    QCPLayoutGrid& page = *plot.plotLayout();
    if (isAbove == (page.rowCount() > 1)) return;
    QCPLayoutInset& inset = *plot.axisRect()->insetLayout();
    if (isAbove) {
        inset.take(plot.legend);
        page.insertRow(0);
        page.addElement(0, 0, plot.legend);
        page.setRowStretchFactor(0, 0.001);
    } else {
        page.take(plot.legend);
        page.simplify();
        inset.addElement(plot.legend, Qt::AlignBottom | Qt::AlignRight);
    }
}

void wrapLegend(QCustomPlot& plot, bool isAbove, double width) {
    double widest = 1;
    for (int i = 0; i < plot.legend->itemCount(); ++i) // the last row of a wrapped legend has empty places
        if (const QCPAbstractLegendItem* item = plot.legend->item(i))
            widest = std::max(widest, static_cast<double>(item->minimumOuterSizeHint().width()));
    const int between = plot.legend->columnSpacing();
    const int fitting = std::max(1, static_cast<int>((width - 20) / (widest + between)));
    plot.legend->setWrap(isAbove ? fitting : 0);
    // Puts the entries in place again, by the new wrap.
    plot.legend->setFillOrder(isAbove ? QCPLegend::foColumnsFirst : QCPLegend::foRowsFirst);
}

int legendHeightBeyond(int rows, const QCustomPlot& plot) {
    const int all = plot.legend->rowCount();
    return all <= rows ? 0 : plot.legend->minimumOuterSizeHint().height() * (all - rows) / all;
}

} // namespace retort
