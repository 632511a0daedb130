// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/section_header.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/field_text.h"

#include <QPainter>
#include <QStyleOptionFocusRect>

namespace retort {

SectionHeader::SectionHeader(const QString& title, bool isNested, QWidget* parent) : QAbstractButton(parent) {
    setText(title);
    setCheckable(true);
    setChecked(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(title);
    QFont bold = font();
    bold.setBold(true);
    if (!isNested) bold.setPointSizeF(bold.pointSizeF() * 1.1);
    setFont(bold);
}

void SectionHeader::setCounts(int changed, int problems) {
    m_changed = changed;
    m_problems = problems;
    setAccessibleDescription(problemCount(problems) + QStringLiteral(", ") + tr("%1 changed").arg(changed));
    update();
}

QSize SectionHeader::sizeHint() const {
    return {fontMetrics().horizontalAdvance(text()) + 40, fontMetrics().height() + 10};
}

void SectionHeader::paintArrow(QPainter& painter) const {
    const double middle = height() / 2.0;
    const QPolygonF open({{2.0, middle - 2.0}, {6.0, middle + 2.0}, {10.0, middle - 2.0}});
    const QPolygonF closed({{4.0, middle - 4.0}, {8.0, middle}, {4.0, middle + 4.0}});
    painter.setPen(QPen(dimText(palette()), 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(isChecked() ? open : closed);
}

int SectionHeader::paintCount(QPainter& painter, int right, const QString& text, const QColor& color) const {
    QFont small = font();
    small.setBold(false);
    small.setPointSizeF(small.pointSizeF() * 0.88);
    painter.setFont(small);
    painter.setPen(readable(color, palette()));
    const int width = painter.fontMetrics().horizontalAdvance(text);
    painter.drawText(QRect(right - width, 0, width, height()), Qt::AlignVCenter, text);
    return right - width - 10;
}

void SectionHeader::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintArrow(painter);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rect().adjusted(18, 0, 0, 0), Qt::AlignVCenter, text());
    int right = width() - 4;
    if (m_problems > 0) right = paintCount(painter, right, problemCount(m_problems), accents::vermillion);
    if (m_changed > 0) paintCount(painter, right, tr("%1 changed").arg(m_changed), accents::orange);
    if (!hasFocus()) return;
    QStyleOptionFocusRect option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
}

} // namespace retort
