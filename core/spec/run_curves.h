// SPDX-License-Identifier: GPL-3.0-or-later
// All that a run measured, as plain values: what goes out to other programs and what comes in from them.
#pragma once

#include "spec/event.h"

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace retort {

struct RunCurves {
    struct Curve {
        SeriesKey key;
        std::vector<std::int64_t> steps; ///< rising, each once
        std::vector<double> values;      ///< as many; NaN and ±Inf are values
        bool operator==(const Curve&) const = default;
    };
    struct Tick {
        std::int64_t step = 0;
        std::int64_t tokens = 0; ///< trained on; 0 where that is not known
        double wall_seconds = 0; ///< since the run began; NaN where that is not known
    };

    double began = std::numeric_limits<double>::quiet_NaN(); ///< seconds since 1970; NaN: not known
    std::vector<Curve> curves;
    std::vector<Tick> clock; ///< by rising step
};

/// Names of the curves that an evaluation is: four ratios, and the counts from which its sums are made again.
namespace evaluation_series {
inline constexpr std::string_view nll = "nll"; ///< nats per token
inline constexpr std::string_view perplexity = "perplexity";
inline constexpr std::string_view bits_per_byte = "bits_per_byte";
inline constexpr std::string_view accuracy = "accuracy";
inline constexpr std::string_view tokens = "tokens"; ///< targets that were scored
inline constexpr std::string_view bytes = "bytes";
} // namespace evaluation_series

} // namespace retort
