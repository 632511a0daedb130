// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/parallel_figure.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/bold_font.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/series_style.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr double gap = 5; ///< around words, in the page's units
constexpr std::size_t manyRuns = 60;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ParallelPlot)
};

QString tickText(const ParallelTick& tick) {
    if (tick.value) return QLocale().toString(*tick.value, 'g', 4);
    return tick.text.empty() ? dash() : QString::fromStdString(tick.text);
}

/// From blue, the best, to orange, the worst; grey without a result.
QColor colorOf(const ParallelFigure& figure, std::size_t run, const QPalette& palette) {
    const ParallelAxis& result = figure.axes.back();
    if (!result.values[run]) return blend(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.5);
    const bool dark = isDark(palette);
    const QColor best = SeriesStyle{0}.color(dark), worst = SeriesStyle{3}.color(dark);
    const double share = result.places[run];
    return blend(best, worst, figure.is_higher_better ? 1 - share : share);
}

QPolygonF lineOf(const ParallelFigure& figure, std::size_t run, const ParallelLayout& layout) {
    QPolygonF line;
    for (std::size_t axis = 0; axis < figure.axes.size(); ++axis)
        line << QPointF(layout.x(axis), layout.y(figure.axes[axis].places[run]));
    return line;
}

void drawRuns(QPainter& painter, const ParallelFigure& figure, const ParallelMarks& marks,
              const ParallelLayout& layout, const QPalette& palette) {
    const QColor base = palette.color(QPalette::Base), text = palette.color(QPalette::Text);
    const bool areMany = figure.runs.size() > manyRuns;
    for (const bool areKept : {false, true})
        for (std::size_t run = 0; run < figure.runs.size(); ++run) {
            if (is_kept(figure, run) != areKept || static_cast<int>(run) == marks.run) continue;
            QColor color = areKept ? colorOf(figure, run, palette) : blend(base, text, 0.14);
            if (areKept && areMany) color.setAlphaF(0.7f);
            painter.setPen(QPen(color, areKept && !areMany ? 1.5 : 1));
            painter.drawPolyline(lineOf(figure, run, layout));
        }
}

void drawMarked(QPainter& painter, const ParallelFigure& figure, const ParallelMarks& marks,
                const ParallelLayout& layout, const QPalette& palette) {
    if (marks.run < 0) return;
    const auto run = static_cast<std::size_t>(marks.run);
    const QPolygonF line = lineOf(figure, run, layout);
    painter.setPen(QPen(palette.color(QPalette::Base), 6));
    painter.drawPolyline(line);
    const QColor color = colorOf(figure, run, palette);
    painter.setPen(QPen(color, 3));
    painter.drawPolyline(line);
    painter.setBrush(color);
    for (const QPointF& point : line)
        painter.drawEllipse(point, 3.5, 3.5);
    painter.setBrush(Qt::NoBrush);
}

/// Beside the axis, on what covers the lines.
void drawTick(QPainter& painter, const ParallelTick& tick, double x, double y, double width,
              const QPalette& palette) {
    const QFontMetricsF metrics(painter.font());
    const QString words = metrics.elidedText(tickText(tick), Qt::ElideRight, width);
    const QRectF box(x + 5, y - metrics.height() / 2, metrics.horizontalAdvance(words) + gap,
                     metrics.height());
    QColor cover = palette.color(QPalette::Base);
    cover.setAlpha(190);
    painter.fillRect(box, cover);
    const QColor text = palette.color(QPalette::Text);
    painter.setPen(blend(palette.color(QPalette::Base), text, 0.6));
    painter.drawLine(QLineF(x - 3, y, x + 3, y));
    painter.setPen(text);
    painter.drawText(box.adjusted(gap / 2, 0, gap, 0), Qt::AlignVCenter | Qt::AlignLeft, words);
}

void drawBrush(QPainter& painter, const Interval& brush, double x, const ParallelLayout& layout,
               const QPalette& palette) {
    QColor fill = palette.color(QPalette::Highlight);
    painter.setPen(QPen(fill, 1));
    fill.setAlpha(70);
    painter.setBrush(fill);
    painter.drawRect(QRectF(QPointF(x - 6, layout.y(brush.high)), QPointF(x + 6, layout.y(brush.low))));
    painter.setBrush(Qt::NoBrush);
}

QString correlationText(const ParallelAxis& axis) {
    return axis.correlation ? Text::tr("ρ = %1").arg(decimalText(*axis.correlation, 2)) : QString();
}

void drawHeading(QPainter& painter, const ParallelFigure& figure, std::size_t axis,
                 const ParallelLayout& layout, const QPalette& palette) {
    const QFont plain = painter.font();
    const bool isResult = axis + 1 == figure.axes.size();
    const double width = layout.spacing() - gap, line = QFontMetricsF(plain).height();
    const QRectF box(layout.x(axis) - width / 2, layout.axes().top() - 2 * line - gap, width, line);
    painter.setPen(palette.color(QPalette::Text));
    painter.setFont(isResult ? boldFont(plain) : plain);
    painter.drawText(box, Qt::AlignCenter,
                     QFontMetricsF(painter.font())
                         .elidedText(QString::fromStdString(axis_name(figure, axis)), Qt::ElideLeft, width));
    painter.setFont(plain);
    painter.setPen(dimText(palette));
    painter.drawText(box.translated(0, line), Qt::AlignCenter, correlationText(figure.axes[axis]));
}

void drawAxis(QPainter& painter, const ParallelFigure& figure, const ParallelMarks& marks, std::size_t axis,
              const ParallelLayout& layout, const QPalette& palette) {
    const double x = layout.x(axis);
    const bool isCurrent = static_cast<int>(axis) == marks.axis;
    const QColor line = isCurrent ? palette.color(QPalette::Highlight)
                                  : blend(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.6);
    painter.setPen(QPen(line, isCurrent ? 2.5 : 1));
    painter.drawLine(QLineF(x, layout.axes().top(), x, layout.axes().bottom()));
    for (const ParallelTick& tick : figure.axes[axis].ticks)
        drawTick(painter, tick, x, layout.y(tick.place), layout.spacing() - 16, palette);
    if (axis < figure.kept.size() && figure.kept[axis])
        drawBrush(painter, *figure.kept[axis], x, layout, palette);
    drawHeading(painter, figure, axis, layout, palette);
}

} // namespace

QString valueText(const ParallelFigure& figure, std::size_t axis, std::size_t run) {
    const ParallelAxis& of = figure.axes[axis];
    if (of.values[run]) return numberText(*of.values[run]);
    return of.texts[run].empty() ? dash() : QString::fromStdString(of.texts[run]);
}

ParallelLayout::ParallelLayout(const ParallelFigure& figure, const QRectF& page, const QFont& font)
    : m_count(std::max<std::size_t>(1, figure.axes.size())) {
    const double line = QFontMetricsF(font).height();
    const double half = page.width() / static_cast<double>(m_count) / 2;
    m_axes = page.adjusted(half, 2 * line + 3 * gap, -half, -line);
}

double ParallelLayout::spacing() const {
    return m_count < 2 ? 2 * m_axes.left() : m_axes.width() / static_cast<double>(m_count - 1);
}

double ParallelLayout::x(std::size_t axis) const {
    return m_axes.left() + static_cast<double>(axis) * (m_count < 2 ? 0 : spacing());
}

double ParallelLayout::placeAt(double y) const {
    constexpr double reach = 4; // of the ends
    if (y <= m_axes.top() + reach) return 1;
    return y >= m_axes.bottom() - reach ? 0 : (m_axes.bottom() - y) / m_axes.height();
}

int ParallelLayout::axisAt(double at, double reach) const {
    for (std::size_t axis = 0; axis < m_count; ++axis)
        if (std::abs(x(axis) - at) <= reach) return static_cast<int>(axis);
    return -1;
}

void drawParallel(QPainter& painter, const ParallelFigure& figure, const ParallelMarks& marks,
                  const ParallelLayout& layout, const QPalette& palette) {
    painter.setRenderHint(QPainter::Antialiasing);
    drawRuns(painter, figure, marks, layout, palette);
    drawMarked(painter, figure, marks, layout, palette);
    for (std::size_t axis = 0; axis < figure.axes.size(); ++axis)
        drawAxis(painter, figure, marks, axis, layout, palette);
}

} // namespace retort
