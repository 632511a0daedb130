// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/line_plot.h"

#include "widgets/plots/curve_table.h"
#include "widgets/plots/figure_export.h"
#include "widgets/plots/legend_bar.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/plot_canvas.h"
#include "widgets/plots/value_range.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

// Smooth edges of more curves than these cost more than a frame has.
constexpr std::size_t manyCurves = 20;

/// "3.412 ± 0.014" where the band is even around the value, else "30.32 (29.90–30.75)".
QString bandText(double value, double low, double high) {
    const QString text = numberText(value);
    if (std::abs((high - value) - (value - low)) < 1e-9 * std::abs(high - low) || high == low)
        return high > low ? LinePlot::tr("%1 ± %2").arg(text, numberText((high - low) / 2, 2)) : text;
    return LinePlot::tr("%1 (%2–%3)").arg(text, numberText(low), numberText(high));
}

} // namespace

LinePlot::LinePlot(const QString& title, const QString& unit, PlotGroup* group, QWidget* parent)
    : QWidget(parent),
      m_title(title),
      m_unit(unit),
      m_ownGroup(group == nullptr ? std::make_unique<PlotGroup>() : nullptr),
      m_group(group == nullptr ? m_ownGroup.get() : group) {
    m_view.xAxis = m_group->xAxis();
    m_view.isXLogarithmic = m_group->isXLogarithmic();
    createParts();
    connectGroup();
    connectCanvas();
    applyPalette();
    describe();
}

LinePlot::~LinePlot() {
    m_canvas->removeCurves();
}

void LinePlot::createParts() {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(m_title);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_legend = new LegendBar(m_title, m_unit, this);
    m_canvas = new PlotCanvas(this);
    m_canvas->setXAxis(m_view.xAxis, m_view.isXLogarithmic);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3, 3, 3, 3);
    layout->setSpacing(0);
    layout->addWidget(m_legend);
    layout->addWidget(m_canvas, 1);
    m_describing.setSingleShot(true);
    connect(&m_describing, &QTimer::timeout, this, [this] { setAccessibleDescription(description()); });
    connect(m_legend, &LegendBar::toggled, this, &LinePlot::setCurveVisible);
    connect(m_legend, &LegendBar::isolationRequested, this, &LinePlot::isolate);
}

void LinePlot::connectGroup() {
    m_canvas->setBands(m_group->bands());
    connect(m_group, &PlotGroup::bandsChanged, this, [this] { m_canvas->setBands(m_group->bands()); });
    connect(m_group, &PlotGroup::xAxisChanged, this, &LinePlot::onXAxisChanged);
    connect(m_group, &PlotGroup::windowChanged, this, &LinePlot::onWindowChanged);
    connect(m_group, &PlotGroup::zoomReset, this, [this] { m_areValuesZoomed = false; });
    connect(m_group, &PlotGroup::cursorMoved, this, [this] {
        m_canvas->setCursor(m_group->cursor());
        updateReadout();
    });
}

void LinePlot::connectCanvas() {
    connect(m_canvas, &PlotCanvas::aboutToDraw, this, &LinePlot::catchUp);
    connect(m_canvas, &PlotCanvas::hovered, m_group,
            [this](double position) { m_group->setCursor(position); });
    connect(m_canvas, &PlotCanvas::left, m_group, [this] { m_group->setCursor(std::nullopt); });
    connect(m_canvas, &PlotCanvas::clicked, this, &LinePlot::pickAt);
    connect(m_canvas, &PlotCanvas::pressed, this, [this] { setFocus(Qt::MouseFocusReason); });
    connect(m_canvas, &PlotCanvas::resetRequested, m_group, &PlotGroup::resetZoom);
    connect(m_canvas, &PlotCanvas::rectangleChosen, this, [this](Window x, Window y) {
        zoomValues(y);
        m_group->zoomTo(x);
    });
    connect(m_canvas, &PlotCanvas::wheelTurned, this,
            [this](double factor, double x, double y, bool isVertical) {
                if (isVertical)
                    zoomValues(zoomed(yWindow(), factor, y, m_view.isLogarithmic));
                else
                    m_group->zoomAround(factor, x);
            });
    connect(m_canvas, &PlotCanvas::panned, this, [this](double x, double y) {
        if (m_areValuesZoomed) zoomValues(moved(yWindow(), y, m_view.isLogarithmic));
        m_group->pan(x);
    });
}

void LinePlot::setReference(double value) {
    m_reference = value;
    m_canvas->setReference(value);
}

void LinePlot::setTitle(const QString& title, const QString& unit) {
    m_title = title;
    m_unit = unit;
    m_legend->setTitle(title, unit);
    setAccessibleName(title);
}

void LinePlot::addCurve(const CurveInfo& info) {
    auto curve = std::make_unique<Curve>(info.id, info.label, info.style, info.clock);
    curve->isVisible = info.isVisible;
    curve->isLive = info.isLive;
    curve->isSmoothable = info.isSmoothable;
    curve->owner = info.owner;
    curve->strong = info.strong;
    m_isLive |= info.isLive;
    m_canvas->addCurve(*curve, m_view);
    if (!curve->isOwned()) m_legend->addEntry(info.id, info.label, info.style, info.isVisible);
    m_byId.insert(info.id, curve.get());
    m_curves.push_back(std::move(curve));
    m_view.isCrowded = m_curves.size() > manyCurves;
}

void LinePlot::removeCurves() {
    m_canvas->removeCurves();
    m_legend->removeEntries();
    m_byId.clear();
    m_curves.clear();
    m_isLive = false;
    m_picked.clear();
    describe();
}

void LinePlot::append(const QString& id, std::int64_t step, double value) {
    Curve& curve = *m_byId.value(id);
    curve.append(step, value, m_view);
    m_group->include(curve.positions().back(), m_isLive);
    curve.isLive ? m_canvas->replotLive() : m_canvas->replotAll();
    m_isStale = true;
    if (!m_describing.isActive()) m_describing.start(1000);
}

void LinePlot::setPoints(const QString& id, CurvePoints points) {
    Curve& curve = *m_byId.value(id);
    curve.assign(std::move(points), m_view);
    includeExtent(curve);
    m_canvas->replotAll();
    m_isStale = true;
    if (!m_describing.isActive()) m_describing.start(1000);
}

void LinePlot::truncateAfter(std::int64_t step) {
    for (const auto& curve : m_curves)
        curve->truncateAfter(step, m_view);
    includeAll();
    fitValues(true);
    m_canvas->replotAll();
}

void LinePlot::setLive(bool isLive) {
    if (isLive == m_isLive) return;
    m_isLive = isLive;
    for (const auto& curve : m_curves) {
        curve->isLive = isLive;
        m_canvas->setCurveLive(curve->id(), isLive);
    }
    includeAll();
}

void LinePlot::setLogarithmic(bool isLogarithmic) {
    if (isLogarithmic == m_view.isLogarithmic) return;
    m_view.isLogarithmic = isLogarithmic;
    m_areValuesZoomed = false;
    if (m_view.isSmoothed()) deriveCurves();
    m_canvas->setLogarithmic(isLogarithmic);
    fitValues(true);
    Q_EMIT logarithmicChanged(isLogarithmic);
}

void LinePlot::setSmoothing(double weight) {
    if (weight == m_view.smoothing) return;
    m_view.smoothing = weight;
    deriveCurves();
    m_canvas->replotAll();
    updateReadout();
}

void LinePlot::setCurveVisible(const QString& id, bool isVisible) {
    for (const auto& curve : m_curves) {
        if (curve->id() != id && curve->owner != id) continue;
        curve->isVisible = isVisible;
        m_canvas->setCurveVisible(curve->id(), isVisible);
    }
    m_legend->setChecked(id, isVisible);
    fitValues(true);
    describe();
    Q_EMIT curveVisibilityChanged(id, isVisible);
}

void LinePlot::isolate(const QString& id) {
    const auto isOther = [&](const auto& curve) {
        return curve->isVisible && curve->id() != id && curve->owner != id;
    };
    const bool isAlone = m_byId.value(id)->isVisible && std::ranges::none_of(m_curves, isOther);
    for (const auto& curve : m_curves)
        if (!curve->isOwned()) setCurveVisible(curve->id(), isAlone || curve->id() == id);
}

void LinePlot::setXAxisLabelled(bool isLabelled) {
    m_canvas->setXAxisLabelled(isLabelled);
}

void LinePlot::setBandsLabelled(bool areLabelled) {
    m_canvas->setBandsLabelled(areLabelled);
}

Window LinePlot::xWindow() const {
    return m_canvas->xWindow();
}

Window LinePlot::yWindow() const {
    return m_canvas->yWindow();
}

void LinePlot::zoomValues(Window window) {
    m_areValuesZoomed = true;
    m_canvas->setYWindow(window);
}

void LinePlot::deriveCurves() {
    for (const auto& curve : m_curves)
        curve->derive(m_view);
}

/// The first positive place is where a logarithmic axis begins.
void LinePlot::includeExtent(const Curve& curve) {
    const auto positions = curve.positions();
    if (positions.empty()) return;
    const auto first = std::ranges::upper_bound(positions, 0.0);
    if (first != positions.end()) m_group->include(*first, m_isLive);
    m_group->include(positions.back(), m_isLive);
}

void LinePlot::includeAll() {
    for (const auto& curve : m_curves)
        includeExtent(*curve);
}

void LinePlot::onXAxisChanged() {
    m_view.xAxis = m_group->xAxis();
    m_view.isXLogarithmic = m_group->isXLogarithmic();
    m_canvas->setXAxis(m_view.xAxis, m_view.isXLogarithmic);
    deriveCurves();
    includeAll();
}

void LinePlot::onWindowChanged() {
    m_canvas->setXWindow(m_group->window());
    fitValues(true);
}

Extent LinePlot::shownExtent() const {
    Extent extent;
    for (const auto& curve : m_curves)
        if (curve->isVisible) extent.add(curve->extent(m_group->window()));
    return extent;
}

/// The values' window follows the curves. While they grow it only widens, unless they fill it badly.
void LinePlot::fitValues(bool mayShrink) {
    if (m_areValuesZoomed) return;
    const auto fitting = fittingWindow(shownExtent(), m_view.isLogarithmic);
    if (!fitting) return;
    if (mayShrink || !isGoodFit(yWindow(), *fitting, m_view.isLogarithmic)) m_canvas->setYWindow(*fitting);
}

/// Once a frame, not once a point.
void LinePlot::catchUp() {
    if (!m_isStale) return;
    m_isStale = false;
    fitValues(false);
    updateReadout();
}

void LinePlot::updateReadout() {
    for (const auto& curve : m_curves)
        if (!curve->isOwned()) m_legend->setValue(curve->id(), valueText(*curve));
    updateReadoutBox();
}

QString LinePlot::valueText(const Curve& curve) const {
    if (curve.size() == 0) return dash();
    const auto cursor = m_group->cursor();
    const std::size_t index = cursor ? curve.nearest(*cursor).value_or(0) : curve.size() - 1;
    if (curve.hasBand()) return bandText(curve.values()[index], curve.low()[index], curve.high()[index]);
    const QString value = numberText(curve.values()[index]);
    if (curve.smoothed().size() == 0) return value;
    return tr("%1 (%2)", "smoothed value, value").arg(numberText(curve.smoothed()[index]), value);
}

QString LinePlot::readout() const {
    return m_legend->text();
}

void LinePlot::describe() {
    setAccessibleDescription(description());
}

QString LinePlot::description() const {
    QStringList sentences;
    for (const auto& curve : m_curves) {
        if (!curve->isVisible || curve->isOwned() || curve->size() == 0) continue;
        const std::size_t last = curve->size() - 1;
        sentences << tr("%1 %2 at step %3")
                             .arg(curve->label(), numberText(curve->values()[last]))
                             .arg(curve->steps()[last]) +
                         trendText(*curve);
    }
    if (sentences.isEmpty()) return tr("No curves. Press T for the data as a table.");
    return tr("%1. Press T for the data as a table.").arg(sentences.join(QStringLiteral("; ")));
}

void LinePlot::showDataTable() {
    openCurveTable(*this);
}

void LinePlot::exportFigure() {
    askAndSaveFigure(this, m_title,
                     [this](const FigureTarget& target) { return saveFigure(laterFigureOf(*this), target); });
}

void LinePlot::applyPalette() {
    m_view.isDark = isDark(palette());
    m_canvas->setColors(palette());
}

} // namespace retort
