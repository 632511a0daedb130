// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/plot_group.h"

class QCustomPlot;
class QPalette;

namespace retort {

class BandItem;

/// Stretches of the x axis, faint behind the curves, with a line at the end of each, and their names in a
/// strip above the axes.
class PlotBands {
public:
    /// `plot` owns what is drawn and must outlive the object.
    explicit PlotBands(QCustomPlot& plot);

    void set(std::vector<PlotBand> bands);
    void setLabelled(bool isLabelled);
    void setColors(const QPalette& palette);
    /// Pixels that the names need above the axes; 0 without any.
    [[nodiscard]] int stripHeight() const;

private:
    BandItem* m_item;
};

} // namespace retort
