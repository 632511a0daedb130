// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers that claims are about, each of one finished run (see ClaimMetric in spec/claim_spec.h). NaN
// where the run has not measured it.
#pragma once

#include "spec/claim_spec.h"
#include "spec/event.h"
#include "spec/routing.h"

#include <cstdint>
#include <span>

namespace retort {

/// Of a loss metric; `rows` are those of the newest evaluation, settings and experts included.
[[nodiscard]] double loss_metric(const ClaimMetric& metric, const RunSpec& spec,
                                 std::span<const EvaluationRow> rows);

/// Sample variance (n − 1) of value − value before, over neighbouring steps; of a cross-entropy in nats², the
/// unrest of a training. NaN for fewer than two increments, and when one is not finite.
[[nodiscard]] double increment_variance(std::span<const std::int64_t> steps, std::span<const double> values);

/// Weighted by support, without abstention (headline_matrix), of inputs of the metric's length. By
/// cross-validation where there is one, because its folds are the seed's and so differ from seed to seed;
/// else of the validation text.
[[nodiscard]] double router_metric(const ClaimMetric& metric, std::span<const RoutingEvaluation> evaluations);

} // namespace retort
