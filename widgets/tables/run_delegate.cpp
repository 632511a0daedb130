// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/run_delegate.h"

#include "widgets/plots/series_style.h"
#include "widgets/tables/run_table_model.h"

#include <QPainter>
#include <algorithm>

namespace retort {

void RunDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.column() == RunTableModel::Star) {
        option->displayAlignment = Qt::AlignCenter;
        option->palette.setColor(QPalette::Text,
                                 QColor::fromRgb(isDark(option->palette) ? 0xE69F00 : 0xA66F00));
    }
    if (!index.parent().isValid() && index.model()->hasChildren(index.siblingAtColumn(0)))
        option->font.setBold(true);
}

void RunDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    QStyledItemDelegate::paint(painter, option, index);
    const QVariant done = index.data(RunTableModel::ProgressRole);
    if (!done.isValid()) return;
    QRectF bar(option.rect.left() + 3, option.rect.bottom() - 3, option.rect.width() - 6, 2);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    QColor color = option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    color.setAlpha(40);
    painter->fillRect(bar, color);
    bar.setWidth(bar.width() * std::clamp(done.toDouble(), 0.0, 1.0));
    painter->fillRect(bar,
                      option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Highlight));
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    constexpr int air = 9;
    return {QStyledItemDelegate::sizeHint(option, index).width() + 4, option.fontMetrics.height() + air};
}

} // namespace retort
