// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/parallel_axes.h"

#include "analysis/ranks.h"
#include "analysis/spec_difference.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace retort {
namespace {

constexpr double logarithmic_ratio = 20;
constexpr double floor_of_numbers = 0.12; ///< of the axis, below which stand the runs without a value
constexpr std::size_t most_distinct_ticks = 8;

using Cells = std::vector<std::optional<Json>>; ///< of each run; none: it has no such field

/// Fields by pointer, in the order of `pointers`.
struct Fields {
    std::vector<std::string> pointers;
    std::map<std::string, Cells> cells;
};

bool is_seed(const std::string& pointer) {
    return pointer.ends_with("/seed");
}

void collect(const Json& value, const std::string& pointer, std::size_t run, std::size_t runs,
             Fields& fields) {
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items())
            collect(inner, pointer + "/" + escaped_key(key), run, runs, fields);
        return;
    }
    Cells& cells = fields.cells[pointer];
    if (cells.empty()) {
        cells.resize(runs);
        fields.pointers.push_back(pointer);
    }
    cells[run] = value;
}

bool do_differ(const Cells& cells) {
    return std::ranges::any_of(cells, [&](const auto& cell) { return cell != cells.front(); });
}

std::string text_of(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

bool are_numbers(const Cells& cells) {
    return std::ranges::all_of(cells, [](const auto& cell) { return !cell || cell->is_number(); });
}

/// Where numbers stand on an axis.
class NumberScale {
public:
    NumberScale(const std::vector<double>& numbers, bool has_absent)
        : floor_(has_absent ? floor_of_numbers : 0) {
        low_ = std::ranges::min(numbers);
        high_ = std::ranges::max(numbers);
        is_logarithmic_ = low_ > 0 && high_ >= logarithmic_ratio * low_;
    }
    [[nodiscard]] bool is_logarithmic() const { return is_logarithmic_; }
    [[nodiscard]] double place(double value) const {
        if (low_ == high_) return (floor_ + 1) / 2;
        return floor_ + (1 - floor_) * (scaled(value) - scaled(low_)) / (scaled(high_) - scaled(low_));
    }
    /// Where the values lie that round numbers divide: about five of them.
    [[nodiscard]] std::vector<double> round_numbers() const {
        return is_logarithmic_ ? round_decades() : round_steps();
    }

private:
    [[nodiscard]] double scaled(double value) const { return is_logarithmic_ ? std::log(value) : value; }
    [[nodiscard]] std::vector<double> round_steps() const {
        const double rough = (high_ - low_) / 4, power = std::pow(10, std::floor(std::log10(rough)));
        const double share = rough / power, step = power * (share > 5   ? 10
                                                            : share > 2 ? 5
                                                            : share > 1 ? 2
                                                                        : 1);
        std::vector<double> numbers;
        for (double i = std::ceil(low_ / step); i * step <= high_; ++i)
            numbers.push_back(i * step);
        return numbers;
    }
    [[nodiscard]] std::vector<double> round_decades() const {
        std::vector<double> numbers;
        for (double power = std::floor(std::log10(low_)); power <= std::log10(high_); ++power)
            if (std::pow(10, power) >= low_) numbers.push_back(std::pow(10, power));
        return numbers;
    }

    double floor_, low_, high_;
    bool is_logarithmic_;
};

/// All distinct numbers where there are few, as a sweep chooses them; else the ends and round ones between.
std::vector<double> ticks_of(const std::vector<double>& numbers, const NumberScale& scale) {
    const std::set<double> distinct(numbers.begin(), numbers.end());
    if (distinct.size() <= most_distinct_ticks) return {distinct.begin(), distinct.end()};
    constexpr double room = 0.07;
    std::vector<double> ticks = {*distinct.begin()};
    for (const double number : scale.round_numbers())
        if (scale.place(number) > scale.place(ticks.back()) + room && scale.place(number) < 1 - room)
            ticks.push_back(number);
    ticks.push_back(*distinct.rbegin());
    return ticks;
}

void place_numbers(ParallelAxis& axis) {
    std::vector<double> numbers;
    for (const auto& value : axis.values)
        if (value) numbers.push_back(*value);
    const bool has_absent = numbers.size() < axis.values.size();
    if (has_absent) axis.ticks.push_back({0, {}, {}});
    axis.places.assign(axis.values.size(), 0);
    if (numbers.empty()) return;
    const NumberScale scale(numbers, has_absent);
    axis.is_logarithmic = scale.is_logarithmic();
    for (const double tick : ticks_of(numbers, scale))
        axis.ticks.push_back({scale.place(tick), tick, {}});
    for (std::size_t run = 0; run < axis.values.size(); ++run)
        if (axis.values[run]) axis.places[run] = scale.place(*axis.values[run]);
}

/// In the order of the letters, without a value first.
void place_words(ParallelAxis& axis) {
    const std::set<std::string> words(axis.texts.begin(), axis.texts.end());
    std::map<std::string, double> places;
    for (const std::string& word : words) {
        const auto place = static_cast<double>(places.size());
        places[word] = words.size() == 1 ? 0.5 : place / static_cast<double>(words.size() - 1);
        axis.ticks.push_back({places[word], {}, word});
    }
    for (const std::string& word : axis.texts)
        axis.places.push_back(places[word]);
}

ParallelAxis axis_of(const std::string& pointer, const Cells& cells) {
    ParallelAxis axis;
    axis.pointer = pointer;
    for (const auto& cell : cells) {
        axis.texts.push_back(cell ? text_of(*cell) : std::string());
        axis.values.push_back(cell && cell->is_number() ? std::optional(cell->get<double>()) : std::nullopt);
    }
    are_numbers(cells) ? place_numbers(axis) : place_words(axis);
    return axis;
}

ParallelAxis result_axis(std::span<const SweepRun> runs) {
    ParallelAxis axis;
    for (const SweepRun& run : runs) {
        axis.texts.push_back(run.result ? Json(*run.result).dump() : std::string());
        axis.values.push_back(run.result && std::isfinite(*run.result) ? run.result : std::nullopt);
    }
    place_numbers(axis);
    return axis;
}

std::optional<double> correlation_of(const ParallelAxis& axis, const ParallelAxis& result) {
    std::vector<double> x, y;
    for (std::size_t run = 0; run < axis.values.size(); ++run)
        if (axis.values[run] && result.values[run]) {
            x.push_back(*axis.values[run]);
            y.push_back(*result.values[run]);
        }
    return rank_correlation(x, y);
}

} // namespace

std::vector<ParallelAxis> parallel_axes(std::span<const SweepRun> runs) {
    if (runs.empty()) return {};
    Fields fields;
    for (std::size_t run = 0; run < runs.size(); ++run)
        collect(runs[run].spec, "", run, runs.size(), fields);
    const ParallelAxis result = result_axis(runs);
    std::vector<ParallelAxis> axes;
    for (const std::string& pointer : fields.pointers) {
        const Cells& cells = fields.cells[pointer];
        if (is_seed(pointer) || !do_differ(cells)) continue;
        axes.push_back(axis_of(pointer, cells));
        axes.back().correlation = correlation_of(axes.back(), result);
    }
    axes.push_back(result);
    return axes;
}

} // namespace retort
