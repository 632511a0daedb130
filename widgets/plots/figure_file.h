// SPDX-License-Identifier: GPL-3.0-or-later
// How every figure and its data go to the disk.
#pragma once

#include "report/figure.h"

#include <QString>
#include <functional>

class QWidget;

namespace retort {

struct FigureTarget {
    QString file;       ///< .pdf, .svg or .png; .csv: the data alone
    double width = 396; ///< PDF points; 5.5 inch, the text width of NeurIPS and ICLR, is usual
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

/// Makes a figure of values that were taken before. Any thread, once.
using MakeFigure = std::function<Figure()>;

/// Begins to make, draw and write the figure beside the window's thread (FileSaver), with .csv of every
/// point, .tex for pgfplots and .json with runs, options and versions beside it. Returns an empty text, or
/// one sentence why it cannot begin.
[[nodiscard]] QString saveFigure(MakeFigure make, const FigureTarget& target);
[[nodiscard]] QString saveFigure(Figure figure, const FigureTarget& target);

} // namespace retort
