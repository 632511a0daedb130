// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/architecture_diagram.h"

#include "analysis/modular_size.h"
#include "widgets/forms/accents.h"
#include "widgets/forms/architecture_layout.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

using Kind = ArchitectureBox::Kind;

constexpr double round = 4;
constexpr int least_width = 240;

class DiagramPainter {
public:
    DiagramPainter(QPainter& painter, const QPalette& palette) : m_painter(painter), m_palette(palette) {}

    void draw(const ArchitectureLayout& layout) {
        m_painter.setPen(QPen(hairline(m_palette), 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(layout.frame, round, round);
        for (const QLineF& arrow : layout.arrows)
            drawArrow(arrow);
        for (const ArchitectureBox& box : layout.boxes)
            drawBox(box);
    }

private:
    void drawArrow(const QLineF& line) {
        const QColor color = dimText(m_palette);
        m_painter.setPen(QPen(color, 1));
        m_painter.setBrush(color);
        m_painter.drawLine(line.p1(), line.p2() + QPointF(0, 3));
        m_painter.drawPolygon(QPolygonF({line.p2(), line.p2() + QPointF(-3, 5), line.p2() + QPointF(3, 5)}));
    }

    [[nodiscard]] QColor accentOf(Kind kind) const {
        switch (kind) {
        case Kind::expert:
            return accents::blue;
        case Kind::common:
            return accents::green;
        default:
            return accents::orange;
        }
    }

    void drawBox(const ArchitectureBox& box) {
        const QColor accent = accentOf(box.kind), ground = m_palette.color(QPalette::Base);
        const bool isStep = box.kind == Kind::step;
        QPen pen(box.isActive && !isStep ? accent : hairline(m_palette), box.isActive && !isStep ? 1.6 : 1);
        if (isStep) pen.setStyle(Qt::DashLine);
        m_painter.setPen(pen);
        m_painter.setBrush(isStep ? ground : blend(ground, accent, box.isActive ? 0.3 : 0.08));
        const double radius = isStep ? box.area.height() / 2 : round;
        m_painter.drawRoundedRect(box.area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        drawText(box);
    }

    /// The count below the name, or beside it where the box is low.
    void drawText(const ArchitectureBox& box) {
        const QFontMetricsF metrics(m_painter.font());
        const double line = metrics.height(), room = box.area.width() - 6;
        const bool isHigh = box.area.height() >= 2 * line;
        QStringList lines = {box.name};
        if (!box.count.isEmpty() && isHigh) lines << box.count;
        if (!box.count.isEmpty() && !isHigh) lines[0] += QStringLiteral("  ") + box.count;
        QRectF place(box.area.left(), box.area.center().y() - line * static_cast<double>(lines.size()) / 2,
                     box.area.width(), line);
        m_painter.setPen(m_palette.color(QPalette::WindowText));
        for (const QString& text : std::as_const(lines)) {
            m_painter.drawText(place, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideMiddle, room));
            place.translate(0, line);
        }
    }

    QPainter& m_painter;
    const QPalette& m_palette;
};

/// Each sentence once: all experts have the same count.
QString describe(const RunSpec& spec, const ArchitectureLayout& layout) {
    QStringList sentences;
    for (const ArchitectureBox& box : layout.boxes)
        if (!sentences.contains(box.help)) sentences << box.help;
    const ModularSize size = modular_size(spec);
    const auto number = [](std::int64_t count) { return QLocale().toString(static_cast<qlonglong>(count)); };
    sentences << ArchitectureDiagram::tr("In all %1 parameters, of which one token passes %2.")
                     .arg(number(size.total()), number(size.active()));
    return sentences.join(u' ');
}

} // namespace

ArchitectureDiagram::ArchitectureDiagram(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("architectureDiagram"));
    setAccessibleName(tr("Drawing of the modular model"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::MinimumExpanding);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ArchitectureDiagram::setRun(const RunSpec& spec) {
    m_spec = spec;
    setAccessibleDescription(describe(spec, layOutArchitecture(spec, QRectF(0, 0, 320, 320), metrics())));
    updateGeometry();
    update();
}

QFontMetricsF ArchitectureDiagram::metrics() const {
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.92);
    return QFontMetricsF(small, this);
}

/// Above the line that says what the colours mean.
QRectF ArchitectureDiagram::area() const {
    return QRectF(rect()).adjusted(1, 1, -1, -metrics().height() - 5);
}

int ArchitectureDiagram::heightForWidth(int width) const {
    if (!m_spec) return 0;
    return static_cast<int>(
        std::ceil(architectureHeight(*m_spec, width - 2, metrics()) + metrics().height() + 6));
}

QSize ArchitectureDiagram::minimumSizeHint() const {
    return {least_width, heightForWidth(std::max(width(), least_width))};
}

QSize ArchitectureDiagram::sizeHint() const {
    return {320, heightForWidth(std::max(width(), least_width)) + 40};
}

bool ArchitectureDiagram::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || !m_spec) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (const ArchitectureBox& box : layOutArchitecture(*m_spec, area(), metrics()).boxes)
        if (box.area.contains(help->pos())) {
            QToolTip::showText(help->globalPos(), box.help, this, box.area.toRect());
            return true;
        }
    QToolTip::hideText();
    return true;
}

void ArchitectureDiagram::paintEvent(QPaintEvent*) {
    if (!m_spec) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.92);
    painter.setFont(small);
    DiagramPainter(painter, palette()).draw(layOutArchitecture(*m_spec, area(), metrics()));
    painter.setPen(dimText(palette()));
    painter.drawText(rect(), Qt::AlignHCenter | Qt::AlignBottom, tr("Strong colours: what one token passes"));
}

} // namespace retort
