// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/flow_layout.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace retort {

FlowLayout::FlowLayout(QWidget* parent) : QLayout(parent) {
    setContentsMargins({});
    setSpacing(4);
}

FlowLayout::~FlowLayout() {
    qDeleteAll(m_items);
}

QLayoutItem* FlowLayout::takeAt(int index) {
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const QLayoutItem* item : m_items)
        if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

/// Low items stand in the middle of their row.
int FlowLayout::arrange(const QRect& rect, bool move) const {
    int x = rect.x(), y = rect.y(), rowHeight = 0;
    std::vector<std::pair<QLayoutItem*, int>> row; // with their left edges
    const auto endRow = [&] {
        for (const auto& [item, left] : row)
            if (const QSize size = item->sizeHint(); move)
                item->setGeometry({QPoint(left, y + (rowHeight - size.height()) / 2), size});
        row.clear();
        y += std::exchange(rowHeight, 0);
        x = rect.x();
    };
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty()) continue;
        const QSize size = item->sizeHint();
        if (x > rect.x() && x + size.width() > rect.x() + rect.width()) endRow();
        row.emplace_back(item, x);
        x += size.width() + spacing();
        rowHeight = std::max(rowHeight, size.height());
    }
    endRow();
    return y - rect.y();
}

} // namespace retort
