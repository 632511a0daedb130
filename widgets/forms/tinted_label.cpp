// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/tinted_label.h"

#include "widgets/forms/accents.h"

#include <QEvent>
#include <QGuiApplication>

namespace retort {

TintedLabel::TintedLabel(const QString& text, QWidget* parent, Tint tint)
    : QLabel(text, parent), m_tint(tint != nullptr ? tint : dimText) {
    applyTint();
}

void TintedLabel::setTint(Tint tint) {
    m_tint = tint;
    applyTint();
}

void TintedLabel::setScale(double scale, bool bold) {
    QFont font;
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setBold(bold);
    setFont(font);
}

void TintedLabel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) applyTint();
    QLabel::changeEvent(event);
}

void TintedLabel::applyTint() {
    // From the application's palette: the label's own already holds the tint.
    const QColor color = m_tint(QGuiApplication::palette());
    QPalette tinted = palette();
    if (tinted.color(QPalette::Active, QPalette::WindowText) == color) return;
    tinted.setColor(QPalette::WindowText, color);
    setPalette(tinted);
}

} // namespace retort
