// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/primary_button.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/bold_font.h"
#include "widgets/forms/symbol_icon.h"

#include <QPainter>

namespace retort {
namespace {

constexpr int icon_size = 16;
constexpr int gap = 6;
constexpr double radius = 5;

} // namespace

PrimaryButton::PrimaryButton(const char* icon, const QString& text, QWidget* parent)
    : QPushButton(symbolIcon(icon, QPalette::HighlightedText), text, parent) {
    setFont(boldFont(font()));
    setAttribute(Qt::WA_Hover);
}

QColor PrimaryButton::fill() const {
    const QColor color = palette().color(QPalette::Active, QPalette::Highlight);
    if (!isEnabled()) return hairline(palette());
    if (isDown()) return color.darker(125);
    return underMouse() ? color.darker(110) : color;
}

// Drawn here, because styles shade a button's colour until its text has no contrast.
void PrimaryButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill());
    painter.drawRoundedRect(box, radius, radius);
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::HighlightedText), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), radius - 2, radius - 2);
    }
    paintContents(painter);
}

void PrimaryButton::paintContents(QPainter& painter) {
    const QColor color =
        isEnabled() ? palette().color(QPalette::Active, QPalette::HighlightedText) : dimText(palette());
    const int width = icon_size + gap + fontMetrics().size(Qt::TextShowMnemonic, text()).width();
    const QRect contents((this->width() - width) / 2, 0, width + 2, height());
    const QRect symbol(contents.left(), (height() - icon_size) / 2, icon_size, icon_size);
    if (isEnabled()) icon().paint(&painter, symbol);
    const QRect words = isEnabled() ? contents.adjusted(icon_size + gap, 0, 0, 0) : contents;
    painter.setPen(color);
    painter.drawText(
        words, Qt::AlignVCenter | Qt::TextShowMnemonic | (isEnabled() ? Qt::AlignLeft : Qt::AlignHCenter),
        text());
}

} // namespace retort
