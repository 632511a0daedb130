// SPDX-License-Identifier: GPL-3.0-or-later
// Parallel coordinates of a sweep, as values and as they are drawn.
#pragma once

#include "analysis/parallel_axes.h"
#include "analysis/statistics.h"

#include <QFont>
#include <QPalette>
#include <QRectF>
#include <QStringList>
#include <optional>
#include <vector>

class QPainter;

namespace retort {

struct ParallelFigure {
    QString title;
    QString result;                 ///< what came out: name of the last axis
    bool isHigherBetter = false;    ///< of the result
    QStringList runs;               ///< names, as many as each axis has places
    std::vector<ParallelAxis> axes; ///< the last is the result's

    [[nodiscard]] QString axisName(std::size_t axis) const;
    /// As a person reads it: a number, a word, or a dash.
    [[nodiscard]] QString valueText(std::size_t axis, std::size_t run) const;
    /// run,POINTER,…,result and a row per run; numbers exact.
    [[nodiscard]] QString csv() const;
};

/// What a person has done to a figure.
struct ParallelMarks {
    std::vector<std::optional<Interval>> brushes; ///< of each axis: runs outside are left out
    int axis = -1;                                ///< at which the keys are
    int run = -1;                                 ///< at which the reader is

    [[nodiscard]] bool isKept(const ParallelFigure& figure, std::size_t run) const;
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
