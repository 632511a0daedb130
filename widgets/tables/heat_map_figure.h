// SPDX-License-Identifier: GPL-3.0-or-later
// A heat map as it goes into a paper.
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace retort {

struct HeatMapCell {
    QString text;
    std::optional<double> shade; ///< as shadeOf() takes it; none: nothing is there
    bool isFramed = false;
};

struct HeatMapFigure {
    QString corner; ///< what the numbers are
    QString legend; ///< below
    QStringList rows;
    QStringList columns;
    std::vector<HeatMapCell> cells; ///< row by row
};

/// On the text width of figure_file.h and as high as its rows, by the ending: pdf, svg, or png at 300 dpi, in
/// the colours of print. Whether it could be written.
[[nodiscard]] bool saveHeatMap(const HeatMapFigure& figure, const QString& file, const QString& ending);

} // namespace retort
