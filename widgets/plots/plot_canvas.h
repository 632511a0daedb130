// SPDX-License-Identifier: GPL-3.0-or-later
// A pair of axes with curves on them: draws, and says what the mouse means in the axes' terms. It decides
// nothing.
#pragma once

#include "analysis/pyramid.h"
#include "widgets/plots/curve.h"

#include <QPalette>
#include <QWidget>
#include <memory>
#include <optional>

class QCustomPlot;
class QMouseEvent;
class QWheelEvent;

namespace retort {

struct PlotBand;

class PlotCanvas : public QWidget {
    Q_OBJECT
public:
    explicit PlotCanvas(QWidget* parent = nullptr);
    ~PlotCanvas() override;

    /// Draws the curve from now on; both must outlive the canvas or the next removeCurves(). A live curve
    /// gets the layer that replotLive() draws.
    void addCurve(const Curve& curve, const CurveView& view);
    void removeCurves();
    void setCurveVisible(const QString& id, bool isVisible);
    /// After a run has ended its curves go to the layer of the finished ones.
    void setCurveLive(const QString& id, bool isLive);

    void setXAxis(XAxis axis, bool isLogarithmic = false);
    void setLogarithmic(bool isLogarithmic);
    void setXWindow(Window window);
    void setYWindow(Window window);
    [[nodiscard]] Window xWindow() const;
    [[nodiscard]] Window yWindow() const;
    /// In a stack only the lowest plot labels the x axis.
    void setXAxisLabelled(bool isLabelled);
    /// Draws a curve over the others of its layer from now on.
    void raiseCurve(const QString& id);
    /// A vertical line through all plots of a group; none hides it.
    void setCursor(std::optional<double> position);
    /// A dashed horizontal line behind the curves.
    void setReference(double value);
    /// Behind the curves; their names stand above the axes where they are labelled, as they are at first.
    void setBands(const std::vector<PlotBand>& bands);
    void setBandsLabelled(bool areLabelled);
    void setColors(const QPalette& palette);

    /// On the next turn of the event loop, once however often it is called; not while hidden.
    void replotAll();
    void replotLive();

    [[nodiscard]] QRect axisRect() const;
    /// Of the canvas.
    [[nodiscard]] QPointF pixelOf(double position, double value) const;
    /// From `radius` pixels before a place on the x axis to as many after it.
    [[nodiscard]] Window around(double pixel, double radius) const;
    /// Where the mouse is, in pixels, while it is within the axes.
    [[nodiscard]] std::optional<QPointF> mouse() const;

Q_SIGNALS:
    /// Comes before each frame, whether or not it can be seen.
    void aboutToDraw();
    void hovered(double position);
    void left();
    void pressed();
    /// Pressed and released at one place within the axes.
    void clicked(QPointF pixel);
    /// `factor` below 1 zooms in around the place; `isVertical` when the value axis is meant.
    void wheelTurned(double factor, double position, double value, bool isVertical);
    void rectangleChosen(retort::Window x, retort::Window y);
    /// By shares of the axes.
    void panned(double x, double y);
    void resetRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Parts;
    void createLayers();
    void createCursor();
    void connectMouse();
    void setMargins();
    void onMousePressed(QMouseEvent* event);
    void onMouseMoved(QMouseEvent* event);
    void onMouseReleased(QMouseEvent* event);
    void onWheelTurned(QWheelEvent* event);
    void onRectangle(const QRect& rect);
    void replotNow();

    std::unique_ptr<Parts> m_parts;
};

} // namespace retort
