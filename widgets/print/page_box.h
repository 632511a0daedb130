// SPDX-License-Identifier: GPL-3.0-or-later
// What pages are made of. Sizes are in points.
#pragma once

#include <QPointF>
#include <functional>
#include <memory>
#include <vector>

class QCPPainter;

namespace retort {

/// A line of text, a row of a table, a figure: stands on one page whole.
struct PageBox {
    double height = 0;
    double spaceBefore = 0;     ///< not at the top of a page
    bool staysWithNext = false; ///< on one page with the box that follows
    std::function<void(QCPPainter& painter, QPointF topLeft)> draw;
    std::shared_ptr<const PageBox> repeated =
        {}; ///< drawn above this one where it begins a page: a table's head
};

struct PlacedBox {
    double top = 0; ///< below the upper edge of the text
    PageBox box;
};
using Page = std::vector<PlacedBox>;

/// Breaks between boxes, never after one that stays with the next, unless a page cannot hold them together.
[[nodiscard]] std::vector<Page> paginate(const std::vector<PageBox>& boxes, double height);

} // namespace retort
