// SPDX-License-Identifier: GPL-3.0-or-later
// The models of a run as a person compares them, and sizes as a person reads them.
#pragma once

#include "analysis/model_size.h"
#include "spec/run_spec.h"

#include <QString>

#include <vector>

namespace retort {

struct ModelOutline {
    QString title;
    ModelSpec model; ///< of a modular model, of each expert
    QString origin;  ///< where a finished model comes from; its shape is not known here then
    ModelSize size;
    std::int64_t active = 0; ///< parameters that one token passes
    FlopCount flops;         ///< per token

    [[nodiscard]] bool isKnown() const { return origin.isEmpty(); }
};

/// The teacher first where the run asks one, then what is trained; none for a router. Requires a run without
/// problems.
[[nodiscard]] std::vector<ModelOutline> modelOutlines(const RunSpec& spec);

/// 124439808 -> "124 M"; three digits.
[[nodiscard]] QString shortCount(double count);

/// 1536000 -> "1.54 MB".
[[nodiscard]] QString shortBytes(double bytes);

} // namespace retort
