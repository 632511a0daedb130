// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygonF>
#include <vector>

class QColor;
class QPainter;
class QRect;

namespace retort {

/// Shades what lies between two edges, column by column of the screen's pixels, because a filled path along
/// noise takes a hundred times as long. Where an edge turns within a column its outermost place counts.
/// `area` and the edges, each a line or more by rising x, are in the painter's coordinates, which must not be
/// scaled.
void shadeBetween(QPainter& painter, const QRect& area, const std::vector<QPolygonF>& high,
                  const std::vector<QPolygonF>& low, const QColor& shade);

} // namespace retort
