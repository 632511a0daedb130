// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/parallel_figure.h"

#include <QWidget>

namespace retort {

/// Dragging along an axis keeps the runs within, a click on it ends that; a click on a run picks it. Left and
/// right go from axis to axis, up and down from run to run in the order of the axis; Space keeps the runs up
/// to the one at hand, Shift+Space those from it on, Backspace ends that, Home ends all; Return picks; T
/// opens the data as a table, E exports.
class ParallelPlot : public QWidget {
    Q_OBJECT
public:
    explicit ParallelPlot(QWidget* parent = nullptr);

    /// Brushes stay on the axes that stay.
    void setFigure(const Figure& figure);
    /// What is exported, with the brushes. Of parallel coordinates.
    [[nodiscard]] const Figure& figure() const { return m_figure; }
    [[nodiscard]] const ParallelFigure& content() const { return std::get<ParallelFigure>(m_figure.content); }
    [[nodiscard]] const ParallelMarks& marks() const { return m_marks; }
    /// Keeps the runs within on that axis; none: all.
    void brush(std::size_t axis, std::optional<Interval> interval);
    void clearBrushes();
    /// Places of the runs that no brush leaves out.
    [[nodiscard]] std::vector<std::size_t> kept() const;
    /// "alpha/lr-3/1: Validation loss 3.41; optim.lr 0.0003"; of none: what to do.
    [[nodiscard]] QString readout() const;
    void askAndExport();
    void showDataTable();
    /// Wide enough to read every axis.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void brushed();
    void readoutChanged();
    void runPicked(int run);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    [[nodiscard]] ParallelLayout axesLayout() const;
    [[nodiscard]] int runAt(const QPointF& place) const;
    void goToRun(int run);
    void goToAxis(int axis);
    void goToNextRun(int direction);
    void brushFromRun(bool isUpwards);
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    void describe();

    [[nodiscard]] ParallelFigure& drawn() { return std::get<ParallelFigure>(m_figure.content); }

    Figure m_figure{{}, {}, {}, ParallelFigure{}};
    ParallelMarks m_marks;
    int m_dragged = -1; ///< axis along which the mouse is dragged
    QPointF m_pressed;
};

} // namespace retort
