// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/alpha/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace retort {
namespace {

/// 0 before the ramp, 1 at its end.
double progress(double position, double begin, double length) {
    if (length <= 0) return position >= begin ? 1.0 : 0.0;
    return std::clamp((position - begin) / length, 0.0, 1.0);
}

double along(double from, double to, double done) {
    return from + (to - from) * done;
}

} // namespace

AppliedWeights ScheduledAlpha::weights(std::int64_t completed) const {
    // The first step stands at 0 and the last at 1.
    const double position =
        total_ > 1 ? static_cast<double>(completed) / static_cast<double>(total_ - 1) : 0.0;
    const double fall = progress(position, 1.0 - spec_.share, spec_.share);
    if (spec_.decay == AlphaDecay::cosine)
        return weights_of(along(spec_.value, spec_.end, (1.0 - std::cos(std::numbers::pi * fall)) / 2));
    const bool rises = spec_.decay == AlphaDecay::wsd && position < 1.0 - spec_.share;
    return weights_of(rises ? along(spec_.end, spec_.value, progress(position, 0.0, spec_.share))
                            : along(spec_.value, spec_.end, fall));
}

} // namespace retort
