// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec.h"

#include <QString>

namespace retort {

/// The loss of a run in rich text.
struct LossText {
    QString symbols; ///< L = α · CE(y, q) + (1 − α) · KL(p ‖ q)
    QString numbers; ///< the same with the values of the run, or the rule by which alpha moves
    QString legend;  ///< what the letters mean
};

/// Requires a run without problems.
[[nodiscard]] LossText lossText(const RunSpec& spec);

} // namespace retort
