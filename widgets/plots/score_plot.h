// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/score_figure.h"

#include <QWidget>

class QCustomPlot;
class QLabel;
class QLayout;
class QToolButton;

namespace retort {

/// Shows a figure. The mouse or the arrow keys go from point to point, of which a line above says what it is;
/// T opens the data as a table, E exports, and so does the context menu.
class ScorePlot : public QWidget {
    Q_OBJECT
public:
    explicit ScorePlot(const QString& name, QWidget* parent = nullptr);

    void setFigure(ScoreFigure figure);
    /// The button's words; each of several plots side by side needs a mnemonic of its own.
    void setExportText(const QString& text);
    [[nodiscard]] const ScoreFigure& figure() const { return m_figure; }
    /// Of the point at which the reader is; empty before.
    [[nodiscard]] QString readout() const;
    /// Whose numbers these are and how they were made, for the file beside an exported figure.
    void setRuns(std::vector<FigureRun> runs, Json options = Json::object());
    /// What is exported.
    [[nodiscard]] Figure printedFigure() const;
    /// Asks for a file name and begins to save.
    void askAndExport();
    void showDataTable();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QLayout* createHeading();
    void draw(const QPalette& palette);
    void goTo(int place);
    void goToNearest(const QPoint& position);
    void describe();
    [[nodiscard]] std::vector<ScorePoint> points() const;

    ScoreFigure m_figure;
    std::vector<FigureRun> m_runs;
    Json m_options = Json::object();
    int m_place = -1; ///< of the point at which the reader is
    QString m_name;
    QLabel* m_title;
    QLabel* m_readout;
    QToolButton* m_export;
    QCustomPlot* m_plot;
};

} // namespace retort
