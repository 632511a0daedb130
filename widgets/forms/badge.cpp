// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/badge.h"

#include "widgets/forms/bold_font.h"

#include <QPainter>

namespace retort {

Badge::Badge(QWidget* parent) : TintedLabel({}, parent) {
    setFont(boldFont(font()));
    setContentsMargins(8, 2, 8, 2);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor tint = palette().color(QPalette::WindowText);
    painter.setPen(QPen(tint, 1));
    tint.setAlphaF(0.1F);
    painter.setBrush(tint);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);
    painter.end();
    TintedLabel::paintEvent(event);
}

} // namespace retort
