// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/shaded_cell.h"

#include "widgets/forms/accents.h"

#include <QPainter>
#include <cmath>

namespace retort {
namespace {

double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// Orange, which is told from every shade of blue, and wider where the keys are heard.
void drawFrame(QPainter& painter, const QRect& rect, const QStyleOptionViewItem& option) {
    const int width = option.state.testFlag(QStyle::State_HasFocus) ? 3 : 2;
    QPen pen(accents::orange, width);
    pen.setJoinStyle(Qt::MiterJoin);
    painter.setPen(pen);
    painter.drawRect(QRectF(rect).adjusted(width / 2.0, width / 2.0, -width / 2.0, -width / 2.0));
}

} // namespace

void ShadedCell::paint(QPainter* painter, const QStyleOptionViewItem& option,
                       const QModelIndex& index) const {
    const QVariant share = index.data(shadeRole);
    const QColor fill = share.isValid() ? shadeOf(share.toDouble(), option.palette)
                                        : option.palette.color(QPalette::AlternateBase);
    const QRect rect = option.rect.adjusted(1, 1, -1, -1);
    painter->save();
    painter->fillRect(rect, fill);
    const bool isRight = index.data(strongRole).toBool();
    QFont font = option.font;
    font.setBold(isRight);
    painter->setFont(font);
    painter->setPen(share.isValid() ? inkOn(fill) : dimText(option.palette));
    painter->drawText(rect, Qt::AlignCenter, index.data().toString());
    if (option.state.testFlag(QStyle::State_Selected)) drawFrame(*painter, rect, option);
    painter->restore();
}

QColor shadeOf(double share, const QPalette& palette) {
    // The square root, so that the few mistakes of a good router can be seen at all.
    const double strength = share <= 0 ? 0 : 0.06 + 0.94 * std::sqrt(share);
    return blend(palette.color(QPalette::Base), accents::blue, strength);
}

QColor inkOn(const QColor& fill) {
    const double light = luminance(fill);
    return (1.05 / (light + 0.05)) > ((light + 0.05) / 0.05) ? QColor(Qt::white) : QColor(Qt::black);
}

} // namespace retort
