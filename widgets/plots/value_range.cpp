// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/value_range.h"

#include "widgets/plots/curve.h"

#include <QCoreApplication>
#include <cmath>

namespace retort {
namespace {

double toAxis(double value, bool isLogarithmic) {
    return isLogarithmic ? std::log(value) : value;
}

Window fromAxis(double from, double to, bool isLogarithmic) {
    return isLogarithmic ? Window{std::exp(from), std::exp(to)} : Window{from, to};
}

/// Mean of the finite values among [begin, end).
double meanOf(const Curve& curve, std::size_t begin, std::size_t end) {
    double sum = 0;
    int count = 0;
    for (const double value : curve.values().values().subspan(begin, end - begin)) {
        if (!std::isfinite(value)) continue;
        sum += value;
        ++count;
    }
    return sum / count;
}

} // namespace

std::optional<Window> fittingWindow(const Extent& extent, bool isLogarithmic) {
    if (isLogarithmic ? !extent.has_positive() : !extent.has_finite()) return {};
    const double low = toAxis(isLogarithmic ? extent.min_positive : extent.min, isLogarithmic);
    const double high = toAxis(extent.max, isLogarithmic);
    const double span = high - low;
    const double lone = isLogarithmic ? 0.5 : std::max(std::abs(high) * 0.1, 1e-12);
    const double air = span > 0 ? span * 0.06 : lone;
    return fromAxis(low - air, high + air, isLogarithmic);
}

bool isGoodFit(Window shown, Window wanted, bool isLogarithmic) {
    if (isLogarithmic && shown.from <= 0) return false;
    const double shownFrom = toAxis(shown.from, isLogarithmic), shownTo = toAxis(shown.to, isLogarithmic);
    const double wantedFrom = toAxis(wanted.from, isLogarithmic), wantedTo = toAxis(wanted.to, isLogarithmic);
    const double air = (wantedTo - wantedFrom) * 0.05;
    const bool holds = shownFrom <= wantedFrom + air && shownTo >= wantedTo - air;
    return holds && wantedTo - wantedFrom > 0.7 * (shownTo - shownFrom);
}

Window zoomed(Window window, double factor, double value, bool isLogarithmic) {
    const double from = toAxis(window.from, isLogarithmic), to = toAxis(window.to, isLogarithmic);
    const double middle = toAxis(value, isLogarithmic);
    return fromAxis(middle + (from - middle) * factor, middle + (to - middle) * factor, isLogarithmic);
}

Window moved(Window window, double share, bool isLogarithmic) {
    const double from = toAxis(window.from, isLogarithmic), to = toAxis(window.to, isLogarithmic);
    const double by = share * (to - from);
    return fromAxis(from + by, to + by, isLogarithmic);
}

QString trendText(const Curve& curve) {
    const std::size_t size = curve.size();
    if (size < 10) return {};
    const std::size_t tail = size / 5;
    const double before = meanOf(curve, size - 2 * tail, size - tail), now = meanOf(curve, size - tail, size);
    const double change = (now - before) / std::max(std::abs(before), 1e-300);
    if (!(std::abs(change) > 0.002)) return QCoreApplication::translate("retort::LinePlot", ", level");
    return change < 0 ? QCoreApplication::translate("retort::LinePlot", ", falling")
                      : QCoreApplication::translate("retort::LinePlot", ", rising");
}

} // namespace retort
