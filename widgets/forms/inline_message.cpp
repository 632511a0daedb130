// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/inline_message.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/symbol_icon.h"
#include "widgets/forms/tinted_label.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace retort {
namespace {

QColor problemTint(const QPalette& palette) {
    return readable(accents::vermillion, palette);
}

QColor successTint(const QPalette& palette) {
    return readable(accents::green, palette);
}

} // namespace

InlineMessage::InlineMessage(Kind kind, QWidget* parent)
    : QWidget(parent), m_kind(kind), m_icon(new QLabel(this)), m_text(new TintedLabel({}, this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_text->setTextFormat(Qt::PlainText);
    setKind(kind);
    hide();
}

void InlineMessage::setKind(Kind kind) {
    m_kind = kind;
    m_text->setTint(kind == Kind::problem ? problemTint : successTint);
    drawIcon();
}

void InlineMessage::setText(const QString& text) {
    m_text->setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
}

void InlineMessage::setWordWrap(bool wrap) {
    m_text->setWordWrap(wrap);
}

QString InlineMessage::text() const {
    return m_text->text();
}

void InlineMessage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) drawIcon();
    QWidget::changeEvent(event);
}

void InlineMessage::drawIcon() {
    const bool problem = m_kind == Kind::problem;
    const QColor color = (problem ? problemTint : successTint)(QGuiApplication::palette());
    const int size = fontMetrics().height();
    m_icon->setPixmap(symbolIcon(problem ? "warning" : "ok", color).pixmap(size, size));
}

} // namespace retort
