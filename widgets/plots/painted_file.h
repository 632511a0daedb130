// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <functional>

class QPainter;

namespace retort {

/// Writes what `paint` draws, in points, on a white page of that size, by the ending: pdf, svg, or png at
/// 300 dpi. Whether it could be written.
[[nodiscard]] bool savePainted(const QString& file, const QString& ending, QSize points,
                               const std::function<void(QPainter& painter)>& paint);

} // namespace retort
