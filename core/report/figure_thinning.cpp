// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figure.h"

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

/// What is kept of one part of the x axis, as indices of points.
class Column {
public:
    explicit Column(std::size_t first) : first_(first), last_(first) {}

    void take(const FigureCurve& curve, std::size_t point) {
        last_ = point;
        keep_least(curve.low.empty() ? curve.values : curve.low, point, least_low_);
        keep_least(curve.values, point, least_);
        keep_greatest(curve.values, point, greatest_);
        keep_greatest(curve.high.empty() ? curve.values : curve.high, point, greatest_high_);
        if (!std::isfinite(curve.values[point])) gap_ = point;
    }
    [[nodiscard]] std::vector<std::size_t> points() const {
        std::vector<std::size_t> points = {first_, last_};
        for (const auto& point : {least_low_, least_, greatest_, greatest_high_, gap_})
            if (point) points.push_back(*point);
        std::ranges::sort(points);
        const auto rest = std::ranges::unique(points);
        points.erase(rest.begin(), rest.end());
        return points;
    }

private:
    using Place = std::optional<std::size_t>;

    static void keep_least(const std::vector<double>& values, std::size_t point, Place& place) {
        if (std::isfinite(values[point]) && (!place || values[point] < values[*place])) place = point;
    }
    static void keep_greatest(const std::vector<double>& values, std::size_t point, Place& place) {
        if (std::isfinite(values[point]) && (!place || values[point] > values[*place])) place = point;
    }

    std::size_t first_, last_;
    Place least_low_, least_, greatest_, greatest_high_, gap_;
};

std::vector<std::size_t> kept_points(const FigureCurve& curve, const CurveFigure& figure,
                                     std::size_t columns) {
    const auto place = [&](std::size_t point) {
        const double x = curve.position(point, figure.axis);
        return figure.x.is_logarithmic ? std::log(std::max(x, 1e-9)) : x;
    };
    const std::size_t size = curve.values.size();
    const double begin = place(0), width = (place(size - 1) - begin) / static_cast<double>(columns);
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < size;) {
        const double end = begin + (std::floor((place(i) - begin) / width) + 1) * width;
        Column column(i);
        do
            column.take(curve, i++);
        while (i < size && !(place(i) >= end));
        std::ranges::copy(column.points(), std::back_inserter(kept));
    }
    return kept;
}

template <class T>
std::vector<T> chosen(const std::vector<T>& values, const std::vector<std::size_t>& points) {
    std::vector<T> result;
    if (values.empty()) return result;
    for (const std::size_t point : points)
        result.push_back(values[point]);
    return result;
}

void thin(FigureCurve& curve, const CurveFigure& figure, std::size_t columns) {
    if (curve.values.size() <= 2 * columns) return;
    const std::vector<std::size_t> points = kept_points(curve, figure, columns);
    curve.steps = chosen(curve.steps, points);
    curve.tokens = chosen(curve.tokens, points);
    curve.wall_seconds = chosen(curve.wall_seconds, points);
    curve.values = chosen(curve.values, points);
    curve.low = chosen(curve.low, points);
    curve.high = chosen(curve.high, points);
}

} // namespace

Figure thinned(const Figure& figure, std::size_t columns) {
    Figure result = figure;
    if (auto* curves = std::get_if<CurveFigure>(&result.content))
        for (FigureCurve& curve : curves->curves)
            thin(curve, *curves, columns);
    return result;
}

} // namespace retort
