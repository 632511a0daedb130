// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a run measured, as a table that any program reads.
#pragma once

#include "store/run_store.h"

#include <ostream>
#include <string>

namespace retort {

/// Long form: `step,tokens,wall_seconds,name,domain,value`, one line for each stored point and each ratio of
/// an evaluation (nll in nats per token, perplexity, bits_per_byte, accuracy), by step, within a step the
/// curves in the order of their first points, then the evaluations. Numbers have a decimal point and the
/// fewest digits that read back exactly; NaN, Infinity and -Infinity are spelled so. What is measured of an
/// expert or in a setting has it after its name, `nll/fr/uniform`, and so has a split other than that of
/// training for curves and of validation for evaluations. A step without a clock leaves those fields empty.
/// Throws Error{data} when there is no such run.
void write_metrics_csv(RunStore& store, const std::string& run_id, std::ostream& out);

} // namespace retort
