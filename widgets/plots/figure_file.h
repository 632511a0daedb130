// SPDX-License-Identifier: GPL-3.0-or-later
// How every figure and its data go to the disk.
#pragma once

#include "report/figure.h"

#include <QSize>
#include <QString>
#include <functional>

class QCustomPlot;
class QWidget;

namespace retort {

/// 5.5 × 3 inch, the text width of NeurIPS and ICLR, in points.
inline constexpr QSize figureSize{396, 216};

struct FigureTarget {
    QString file;                      ///< .pdf, .svg or .png; .csv: the data alone
    double width = figureSize.width(); ///< PDF points
};

/// Returns an empty text, or one sentence why nothing could be written.
using SaveFile = std::function<QString(const QString& file)>;
using SaveFigure = std::function<QString(const FigureTarget& target)>;

/// Asks for the name of a CSV file, `name` without its ending at first, and saves; a failure is told in a
/// message.
void askAndSaveTable(QWidget* parent, const QString& title, const QString& name, const SaveFile& save);
/// The same for a table that is written as CSV, Markdown or LaTeX, by the ending.
void askAndSaveTypesetTable(QWidget* parent, const QString& title, const QString& name, const SaveFile& save);
/// Asks for venue, form and file (FigureDialog), and saves. `parent` must outlive `save`.
void askAndSaveFigure(QWidget* parent, const QString& name, const SaveFigure& save);

/// Draws the figure by the ending of the file, and writes beside it .csv with every point, .tex for pgfplots,
/// and .json with runs, options and versions. Texts of many points are written on another thread; what goes
/// wrong there is told in a message. Returns an empty text, or one sentence why not.
[[nodiscard]] QString saveFigure(const Figure& figure, const FigureTarget& target);

/// By the ending of `file`: .pdf, .svg or .png, drawn by `draw`, with `csv` in a file of the same name beside
/// it, or .csv alone.
[[nodiscard]] QString saveFigure(const QString& file, const QString& csv,
                                 const std::function<bool(const QString& ending)>& draw);

/// By the ending: pdf, svg, or png at 300 dpi. Whether it could be written.
[[nodiscard]] bool savePicture(QCustomPlot& plot, const QString& file, const QString& ending, QSize points);

} // namespace retort
