// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_bands.h"

#include "widgets/forms/accents.h"

#include <qcustomplot.h>

#include <cmath>

namespace retort {
namespace {

constexpr float bandShade = 0.07f;
constexpr float stripShade = 0.22f;

} // namespace

class BandItem final : public QCPAbstractItem {
public:
    explicit BandItem(QCustomPlot* plot) : QCPAbstractItem(plot) {
        setLayer(QStringLiteral("background"));
        setSelectable(false);
        setClipToAxisRect(false); // the names stand above it
    }
    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }

    std::vector<PlotBand> bands;
    QPalette palette;
    bool isLabelled = true;

    [[nodiscard]] int stripHeight() const {
        return !isLabelled || bands.empty() ? 0 : QFontMetrics(font()).height() + 2;
    }

protected:
    void draw(QCPPainter* painter) override {
        for (const PlotBand& band : bands)
            drawBand(*painter, band);
    }

private:
    [[nodiscard]] QFont font() const { return mParentPlot->xAxis->tickLabelFont(); }
    void drawBand(QCPPainter& painter, const PlotBand& band) const;
    void drawName(QCPPainter& painter, const PlotBand& band, QRectF stretch) const;
};

void BandItem::drawBand(QCPPainter& painter, const PlotBand& band) const {
    const QCPAxis& axis = *mParentPlot->xAxis;
    const QRectF axes = axis.axisRect()->rect();
    const bool isBeforeAxis = band.from <= axis.range().lower; // a logarithmic one has no place for 0
    const double from = isBeforeAxis ? axes.left() : axis.coordToPixel(band.from);
    const double to = band.to >= axis.range().upper ? axes.right() : axis.coordToPixel(band.to);
    if (to <= axes.left() || from >= axes.right()) return;
    QColor color = band.style.color(isDark(palette));
    color.setAlphaF(bandShade);
    const QRectF stretch(from, axes.top(), to - from, axes.height());
    painter.setAntialiasing(false);
    painter.fillRect(stretch, color);
    if (band.to < axis.range().upper) {
        painter.setPen(QPen(blend(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.4), 0));
        painter.drawLine(QLineF(to, axes.top() - stripHeight(), to, axes.bottom()));
    }
    if (isLabelled) drawName(painter, band, stretch);
}

void BandItem::drawName(QCPPainter& painter, const PlotBand& band, QRectF stretch) const {
    QColor color = band.style.color(isDark(palette));
    color.setAlphaF(stripShade);
    const QRectF strip(stretch.left(), stretch.top() - stripHeight(), stretch.width(), stripHeight());
    painter.fillRect(strip, color);
    painter.setFont(font());
    painter.setPen(palette.color(QPalette::Text));
    const QString name =
        QFontMetrics(font()).elidedText(band.label, Qt::ElideRight, static_cast<int>(strip.width()) - 4);
    painter.drawText(strip, Qt::AlignCenter, name);
}

PlotBands::PlotBands(QCustomPlot& plot) : m_item(new BandItem(&plot)) {}

void PlotBands::set(std::vector<PlotBand> bands) {
    m_item->bands = std::move(bands);
}

void PlotBands::setLabelled(bool isLabelled) {
    m_item->isLabelled = isLabelled;
}

void PlotBands::setColors(const QPalette& palette) {
    m_item->palette = palette;
}

int PlotBands::stripHeight() const {
    return m_item->stripHeight();
}

} // namespace retort
