// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_canvas.h"

#include "widgets/forms/accents.h"
#include "widgets/plots/axis_colors.h"
#include "widgets/plots/curve_plottable.h"
#include "widgets/plots/plot_bands.h"
#include "widgets/plots/plot_ticker.h"
#include "widgets/plots/x_axis_choice.h"

#include <qcustomplot.h>

#include <QHash>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>
#include <utility>

namespace retort {
namespace {

Window windowOf(const QCPAxis& axis) {
    return {axis.range().lower, axis.range().upper};
}

} // namespace

struct PlotCanvas::Parts {
    QCustomPlot* plot = nullptr;
    QCPItemStraightLine* cursor = nullptr;
    QCPItemStraightLine* reference = nullptr; ///< null: none
    std::unique_ptr<PlotBands> bands;
    QHash<QString, QCPAbstractPlottable*> curves;
    QTimer replotTimer;
    bool isAllDirty = false;
    bool isXLabelled = true;
    XAxis xAxis = XAxis::step;
    std::optional<QPoint> panStart;
    std::optional<QPoint> pressedAt; ///< of the left button, within the axes
    std::optional<QPointF> mouse;

    QCPAxis& x() const { return *plot->xAxis; }
    QCPAxis& y() const { return *plot->yAxis; }
};

PlotCanvas::PlotCanvas(QWidget* parent) : QWidget(parent), m_parts(std::make_unique<Parts>()) {
    m_parts->plot = new QCustomPlot(this);
    m_parts->plot->setFocusPolicy(Qt::NoFocus);
    m_parts->plot->setMinimumSize(80, 50);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_parts->plot);
    m_parts->bands = std::make_unique<PlotBands>(*m_parts->plot);
    m_parts->replotTimer.setSingleShot(true);
    connect(&m_parts->replotTimer, &QTimer::timeout, this, &PlotCanvas::replotNow);
    createLayers();
    createCursor();
    connectMouse();
    setXAxis(XAxis::step);
    setLogarithmic(false);
    setColors(palette());
    setMargins();
}

PlotCanvas::~PlotCanvas() = default;

/// Buffers of their own for finished curves, live curves and the cursor, so that a tick of training or a move
/// of the mouse draws only what it changed.
void PlotCanvas::createLayers() {
    QCustomPlot& plot = *m_parts->plot;
    plot.setNotAntialiasedElements(QCP::aeGrid | QCP::aeAxes);
    plot.layer(QStringLiteral("main"))->setMode(QCPLayer::lmBuffered);
    for (const char* name : {"live", "cursor"}) {
        plot.addLayer(QLatin1String(name), plot.layer(QStringLiteral("main")), QCustomPlot::limAbove);
        plot.layer(QLatin1String(name))->setMode(QCPLayer::lmBuffered);
    }
    plot.setInteractions({});
    plot.axisRect()->setupFullAxesBox(false);
    for (QCPAxis* axis : {plot.xAxis2, plot.yAxis2})
        axis->setVisible(false);
}

void PlotCanvas::createCursor() {
    auto* cursor = new QCPItemStraightLine(m_parts->plot);
    cursor->setLayer(QStringLiteral("cursor"));
    cursor->setVisible(false);
    cursor->setAntialiased(false);
    m_parts->cursor = cursor;
}

void PlotCanvas::connectMouse() {
    QCustomPlot* plot = m_parts->plot;
    connect(plot, &QCustomPlot::mousePress, this, &PlotCanvas::onMousePressed);
    connect(plot, &QCustomPlot::mouseMove, this, &PlotCanvas::onMouseMoved);
    connect(plot, &QCustomPlot::mouseRelease, this, &PlotCanvas::onMouseReleased);
    connect(plot, &QCustomPlot::mouseWheel, this, &PlotCanvas::onWheelTurned);
    connect(plot, &QCustomPlot::mouseDoubleClick, this, &PlotCanvas::resetRequested);
    connect(plot->selectionRect(), &QCPSelectionRect::accepted, this, &PlotCanvas::onRectangle);
}

void PlotCanvas::addCurve(const Curve& curve, const CurveView& view) {
    QCPAbstractPlottable* plottable = drawCurve(curve, view, &m_parts->x(), &m_parts->y());
    plottable->setName(curve.label());
    plottable->setVisible(curve.isVisible);
    if (curve.isOwned()) plottable->removeFromLegend();
    m_parts->curves.insert(curve.id(), plottable);
    setCurveLive(curve.id(), curve.isLive);
}

void PlotCanvas::removeCurves() {
    m_parts->curves.clear();
    m_parts->plot->clearPlottables();
    replotAll();
}

void PlotCanvas::setCurveVisible(const QString& id, bool isVisible) {
    m_parts->curves.value(id)->setVisible(isVisible);
    replotAll();
}

void PlotCanvas::setCurveLive(const QString& id, bool isLive) {
    m_parts->curves.value(id)->setLayer(isLive ? QStringLiteral("live") : QStringLiteral("main"));
    replotAll();
}

void PlotCanvas::raiseCurve(const QString& id) {
    QCPAbstractPlottable* curve = m_parts->curves.value(id);
    curve->setLayer(curve->layer()); // what comes to a layer is drawn last
    replotAll();
}

void PlotCanvas::setXAxis(XAxis axis, bool isLogarithmic) {
    m_parts->xAxis = axis;
    m_parts->x().setScaleType(isLogarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_parts->x().setTicker(xTicker(axis, isLogarithmic));
    setXAxisLabelled(m_parts->isXLabelled);
}

void PlotCanvas::setLogarithmic(bool isLogarithmic) {
    m_parts->y().setScaleType(isLogarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_parts->y().setTicker(valueTicker(isLogarithmic));
    setMargins();
    replotAll();
}

void PlotCanvas::setXWindow(Window window) {
    m_parts->x().setRange(window.from, window.to);
    replotAll();
}

void PlotCanvas::setYWindow(Window window) {
    m_parts->y().setRange(window.from, window.to);
    replotAll();
}

Window PlotCanvas::xWindow() const {
    return windowOf(m_parts->x());
}

Window PlotCanvas::yWindow() const {
    return windowOf(m_parts->y());
}

void PlotCanvas::setXAxisLabelled(bool isLabelled) {
    m_parts->isXLabelled = isLabelled;
    m_parts->x().setTickLabels(isLabelled);
    m_parts->x().setLabel(isLabelled ? axisName(m_parts->xAxis) : QString());
    setMargins();
    replotAll();
}

void PlotCanvas::setCursor(std::optional<double> position) {
    QCPItemStraightLine& cursor = *m_parts->cursor;
    cursor.setVisible(position.has_value());
    cursor.point1->setTypeX(QCPItemPosition::ptPlotCoords);
    cursor.point1->setTypeY(QCPItemPosition::ptAxisRectRatio);
    cursor.point2->setTypeX(QCPItemPosition::ptPlotCoords);
    cursor.point2->setTypeY(QCPItemPosition::ptAxisRectRatio);
    cursor.point1->setCoords(position.value_or(0), 0);
    cursor.point2->setCoords(position.value_or(0), 1);
    m_parts->plot->layer(QStringLiteral("cursor"))->replot();
}

void PlotCanvas::setReference(double value) {
    QCPItemStraightLine*& line = m_parts->reference;
    if (line == nullptr) line = new QCPItemStraightLine(m_parts->plot);
    line->setLayer(QStringLiteral("grid"));
    for (QCPItemPosition* point : {line->point1, line->point2})
        point->setTypeX(QCPItemPosition::ptAxisRectRatio);
    line->point1->setCoords(0, value);
    line->point2->setCoords(1, value);
    setColors(palette());
}

void PlotCanvas::setBands(const std::vector<PlotBand>& bands) {
    m_parts->bands->set(bands);
    setMargins();
    replotAll();
}

void PlotCanvas::setBandsLabelled(bool areLabelled) {
    m_parts->bands->setLabelled(areLabelled);
    setMargins();
    replotAll();
}

void PlotCanvas::setColors(const QPalette& palette) {
    colorAxes(*m_parts->plot, palette);
    m_parts->bands->setColors(palette);
    for (QCPAxis* axis : {m_parts->plot->xAxis, m_parts->plot->yAxis}) {
        axis->setTickLength(0, 4);
        axis->setSubTickLength(0, 2);
    }
    const QColor text = palette.color(QPalette::Text);
    m_parts->cursor->setPen(blend(palette.color(QPalette::Base), text, 0.55));
    if (m_parts->reference != nullptr)
        m_parts->reference->setPen(QPen(blend(palette.color(QPalette::Base), text, 0.55), 1, Qt::DashLine));
    m_parts->plot->selectionRect()->setPen(palette.color(QPalette::Highlight));
    QColor fill = palette.color(QPalette::Highlight);
    fill.setAlpha(40);
    m_parts->plot->selectionRect()->setBrush(fill);
    replotAll();
}

/// Of fixed width at the left, for labels of the longest kind: plots below each other align without asking
/// each other, and nothing moves when a longer label appears.
void PlotCanvas::setMargins() {
    QCPAxisRect& rect = *m_parts->plot->axisRect();
    const QFontMetrics metrics(font());
    for (QCPAxis* axis : {m_parts->plot->xAxis, m_parts->plot->yAxis}) {
        axis->setTickLabelFont(font());
        axis->setLabelFont(font());
        axis->setTickLabelPadding(4);
        axis->setLabelPadding(1);
    }
    const int labels = m_parts->isXLabelled ? 2 * metrics.height() + 8 : 6;
    rect.setAutoMargins(QCP::msNone);
    rect.setMargins(QMargins(metrics.horizontalAdvance(QStringLiteral("0.00005")) + 10,
                             6 + m_parts->bands->stripHeight(), metrics.horizontalAdvance(u'0') * 4, labels));
    m_parts->x().ticker()->setTickCount(std::max(2, width() / (metrics.horizontalAdvance(u'0') * 12)));
    m_parts->y().ticker()->setTickCount(std::max(2, (height() - labels) / (metrics.height() * 5 / 2)));
}

void PlotCanvas::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    setMargins();
}

bool PlotCanvas::event(QEvent* event) {
    if (event->type() == QEvent::Leave) {
        m_parts->mouse.reset();
        Q_EMIT left();
    }
    if (event->type() == QEvent::FontChange) setMargins();
    return QWidget::event(event);
}

QRect PlotCanvas::axisRect() const {
    return m_parts->plot->axisRect()->rect();
}

QPointF PlotCanvas::pixelOf(double position, double value) const {
    return {m_parts->x().coordToPixel(position), m_parts->y().coordToPixel(value)};
}

Window PlotCanvas::around(double pixel, double radius) const {
    return {m_parts->x().pixelToCoord(pixel - radius), m_parts->x().pixelToCoord(pixel + radius)};
}

std::optional<QPointF> PlotCanvas::mouse() const {
    return m_parts->mouse;
}

void PlotCanvas::onMousePressed(QMouseEvent* event) {
    Q_EMIT pressed();
    m_parts->pressedAt.reset();
    if (event->button() == Qt::LeftButton && axisRect().contains(event->pos()))
        m_parts->pressedAt = event->pos();
    const bool isPan = event->button() == Qt::MiddleButton ||
                       (event->button() == Qt::LeftButton && event->modifiers() & Qt::ControlModifier);
    if (isPan) m_parts->panStart = event->pos();
    const bool isZoom = event->button() == Qt::LeftButton && !isPan;
    m_parts->plot->setSelectionRectMode(isZoom ? QCP::srmCustom : QCP::srmNone);
}

void PlotCanvas::onMouseMoved(QMouseEvent* event) {
    const QRect rect = axisRect();
    m_parts->mouse.reset();
    if (rect.contains(event->pos())) m_parts->mouse = event->position();
    if (m_parts->panStart) {
        const QPoint moved = event->pos() - *m_parts->panStart;
        m_parts->panStart = event->pos();
        Q_EMIT panned(-double(moved.x()) / rect.width(), double(moved.y()) / rect.height());
        return;
    }
    if (rect.contains(event->pos()))
        Q_EMIT hovered(m_parts->x().pixelToCoord(event->pos().x()));
    else
        Q_EMIT left();
}

void PlotCanvas::onMouseReleased(QMouseEvent* event) {
    const auto pressed = std::exchange(m_parts->pressedAt, std::nullopt);
    m_parts->panStart.reset();
    if (!pressed || event->modifiers() != Qt::NoModifier) return;
    if ((event->pos() - *pressed).manhattanLength() < 4) Q_EMIT clicked(event->position());
}

void PlotCanvas::onWheelTurned(QWheelEvent* event) {
    const QPointF place = event->position();
    const bool isVertical = event->modifiers() & Qt::ShiftModifier || place.x() < axisRect().left();
    const double turns = (event->angleDelta().y() + event->angleDelta().x()) / 120.0;
    Q_EMIT wheelTurned(std::pow(0.8, turns), m_parts->x().pixelToCoord(place.x()),
                       m_parts->y().pixelToCoord(place.y()), isVertical);
    event->accept();
}

void PlotCanvas::onRectangle(const QRect& rect) {
    const QRect seen = rect.normalized() & axisRect();
    if (seen.width() < 4 || seen.height() < 4) return;
    Q_EMIT rectangleChosen({m_parts->x().pixelToCoord(seen.left()), m_parts->x().pixelToCoord(seen.right())},
                           {m_parts->y().pixelToCoord(seen.bottom()), m_parts->y().pixelToCoord(seen.top())});
}

void PlotCanvas::replotAll() {
    m_parts->isAllDirty = true;
    m_parts->replotTimer.start(0);
}

void PlotCanvas::replotLive() {
    m_parts->replotTimer.start(0);
}

/// What came while the plot was hidden is drawn now, before it can be seen.
void PlotCanvas::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_parts->isAllDirty = true;
    replotNow();
}

void PlotCanvas::replotNow() {
    Q_EMIT aboutToDraw();
    m_parts->replotTimer.stop();
    if (!isVisible()) return;
    if (m_parts->isAllDirty)
        m_parts->plot->replot(QCustomPlot::rpQueuedRefresh);
    else
        m_parts->plot->layer(QStringLiteral("live"))->replot();
    m_parts->isAllDirty = false;
}

} // namespace retort
