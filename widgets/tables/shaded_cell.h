// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QStyledItemDelegate>

class QTableView;

namespace retort {

inline constexpr int shadeRole = Qt::UserRole;      ///< 0 to 1; none: a cell beside the others, as of sums
inline constexpr int strongRole = Qt::UserRole + 1; ///< whether the text is bold
inline constexpr int framedRole = Qt::UserRole + 2; ///< whether a frame sets the cell off from the others

/// Cells of a heat map. The colour of a selection would hide the shade, so that the current cell has a frame
/// instead.
class ShadedCell final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

/// The looks and the keys of every heat map: shaded cells that fill the width, one of them current; T, or the
/// context menu, opens them as a list.
void setUpHeatMap(QTableView& table);

/// Fill of a cell by its share: from the palette's base to the blue of Okabe and Ito.
[[nodiscard]] QColor shadeOf(double share, const QPalette& palette);
/// Black or white, whichever is read more easily on `fill` (contrast as WCAG 2 defines it).
[[nodiscard]] QColor inkOn(const QColor& fill);

} // namespace retort
