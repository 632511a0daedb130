// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace retort {

/// Items of two lines: the display text, and below it, dimmer, the text of `caption_role`. An item with
/// `problem_role` true has a warning sign; with `progress_role` above 0 (up to 1) a bar.
class TwoLineDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int caption_role = Qt::UserRole + 1;
    static constexpr int problem_role = Qt::UserRole + 2;
    static constexpr int progress_role = Qt::UserRole + 3;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
};

} // namespace retort
