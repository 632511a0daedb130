// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/two_line_delegate.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/symbol_icon.h"

#include <QApplication>
#include <QPainter>

namespace retort {
namespace {

constexpr int padding = 6;
constexpr int bar_height = 3;

QColor textColor(const QStyleOptionViewItem& option) {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    return option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
}

QColor captionColor(const QStyleOptionViewItem& option) {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor ground = option.palette.color(selected ? QPalette::Highlight : QPalette::Base);
    return blend(ground, textColor(option), selected ? 0.8 : 0.66);
}

QFont captionFont(const QStyleOptionViewItem& option) {
    QFont font = option.font;
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

void paintLine(QPainter* painter, const QRect& rect, const QString& text) {
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

void paintBar(QPainter* painter, const QStyleOptionViewItem& option, double progress) {
    const QRect inner = option.rect.adjusted(padding, 0, -padding, 0);
    QRectF bar(inner.left(), option.rect.bottom() - bar_height - 1, inner.width(), bar_height);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor ground = option.palette.color(selected ? QPalette::Highlight : QPalette::Base);
    painter->setPen(Qt::NoPen);
    painter->setBrush(blend(ground, textColor(option), selected ? 0.35 : 0.15));
    painter->drawRoundedRect(bar, 1.5, 1.5);
    bar.setWidth(bar.width() * std::clamp(progress, 0.0, 1.0));
    painter->setBrush(selected ? textColor(option) : accents::blue);
    painter->drawRoundedRect(bar, 1.5, 1.5);
}

} // namespace

void TwoLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given,
                            const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    option.text.clear();
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect inner = option.rect.adjusted(padding, padding, -padding, -padding);
    if (index.data(problem_role).toBool()) {
        const int size = option.fontMetrics.height();
        const QRect sign(inner.right() - size, inner.top(), size, size);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const QColor color = selected ? textColor(option) : readable(accents::vermillion, option.palette);
        symbolIcon("warning", color).paint(painter, sign);
        inner.setRight(sign.left() - 4);
    }
    painter->setFont(option.font);
    painter->setPen(textColor(option));
    paintLine(painter, QRect(inner.left(), inner.top(), inner.width(), option.fontMetrics.height()),
              index.data().toString());
    painter->setFont(captionFont(option));
    painter->setPen(captionColor(option));
    const int top = inner.top() + option.fontMetrics.height() + 2;
    paintLine(painter, QRect(inner.left(), top, inner.width(), painter->fontMetrics().height()),
              index.data(caption_role).toString());
    const QVariant progress = index.data(progress_role);
    if (progress.isValid() && progress.toDouble() > 0) paintBar(painter, option, progress.toDouble());
    painter->restore();
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const int lines = option.fontMetrics.height() + QFontMetrics(captionFont(option)).height() + 2;
    const int bar = index.data(progress_role).isValid() ? bar_height + 1 : 0;
    return {100, lines + 2 * padding + bar};
}

void TwoLineDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                           const QModelIndex&) const {
    const int height = editor->sizeHint().height();
    editor->setGeometry(option.rect.left() + 2, option.rect.top() + 2, option.rect.width() - 4, height);
}

} // namespace retort
