// SPDX-License-Identifier: GPL-3.0-or-later
// How parallel coordinates of a sweep are drawn.
#pragma once

#include "report/figure.h"

#include <QFont>
#include <QPalette>
#include <QRectF>
#include <QString>

class QPainter;

namespace retort {

/// As a person reads it: a number, a word, or a dash.
[[nodiscard]] QString valueText(const ParallelFigure& figure, std::size_t axis, std::size_t run);

/// Where a person is in a figure.
struct ParallelMarks {
    int axis = -1; ///< at which the keys are
    int run = -1;  ///< at which the reader is
};

/// Where the axes of a figure lie on a page.
class ParallelLayout {
public:
    ParallelLayout(const ParallelFigure& figure, const QRectF& page, const QFont& font);

    [[nodiscard]] double x(std::size_t axis) const;
    [[nodiscard]] double y(double place) const { return m_axes.bottom() - place * m_axes.height(); }
    /// The ends are easy to hit.
    [[nodiscard]] double placeAt(double y) const;
    /// Within `reach` pixels; -1: none.
    [[nodiscard]] int axisAt(double x, double reach) const;
    [[nodiscard]] const QRectF& axes() const { return m_axes; }
    /// Between neighbouring axes.
    [[nodiscard]] double spacing() const;

private:
    QRectF m_axes;
    std::size_t m_count;
};

/// Runs that are left out are faint and grey; the others go from blue, the best result, to orange, the worst.
void drawParallel(QPainter& painter, const ParallelFigure& figure, const ParallelMarks& marks,
                  const ParallelLayout& layout, const QPalette& palette);

} // namespace retort
