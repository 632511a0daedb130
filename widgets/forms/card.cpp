// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/card.h"

#include "widgets/forms/accents.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace retort {
namespace {
constexpr double radius = 6;
}

Card::Card(const QString& title, QWidget* parent)
    : QWidget(parent), m_titleRow(new QHBoxLayout), m_body(new QVBoxLayout) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(m_titleRow);
    layout->addLayout(m_body, 1);
    m_body->setSpacing(8);
    if (title.isEmpty()) return;
    auto* label = new QLabel(QStringLiteral("<b>%1</b>").arg(title.toHtmlEscaped()), this);
    label->setWordWrap(true);
    m_titleRow->addWidget(label, 1);
    setAccessibleName(title);
}

void Card::addToTitle(QWidget* widget) {
    m_titleRow->addWidget(widget);
}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hairline(palette()), 1));
    painter.setBrush(blend(palette().color(QPalette::Window), palette().color(QPalette::Base), 0.6));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace retort
