// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_clock.h"

#include <QSharedPointer>

class QCPAxisTicker;

namespace retort {

/// Short labels of equal look in all plots (0.0005, 5e-7, 20k, 1:30), so that left margins can be fixed.
[[nodiscard]] QSharedPointer<QCPAxisTicker> xTicker(XAxis axis, bool isLogarithmic);

/// A logarithmic axis gets true decades with 1-2-5 between them, and even steps where it spans less than one.
[[nodiscard]] QSharedPointer<QCPAxisTicker> valueTicker(bool isLogarithmic);

} // namespace retort
