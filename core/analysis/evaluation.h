// SPDX-License-Identifier: GPL-3.0-or-later
// Ratios from the sums of an evaluation. Sums are stored and sent, ratios are made here and nowhere else, so
// that the window, the store and the files agree to the last digit. A ratio over nothing is NaN.
#pragma once

#include "spec/event.h"

#include <span>
#include <string_view>
#include <vector>

namespace retort {

[[nodiscard]] double nats_per_token(const EvaluationRow& row);
/// exp(nats per token); compares only across models of one tokenizer.
[[nodiscard]] double perplexity(const EvaluationRow& row);
/// Bits per UTF-8 byte; compares across tokenizers.
[[nodiscard]] double bits_per_byte(const EvaluationRow& row);
/// Share of targets that the model ranks first, in [0, 1].
[[nodiscard]] double accuracy(const EvaluationRow& row);

/// Mean over the rows, one for each domain, of nats per token: every domain counts the same.
[[nodiscard]] double macro_mean(std::span<const EvaluationRow> rows);

/// The rows that speak for the whole model: of the validation split, of no single expert and no setting.
[[nodiscard]] std::vector<EvaluationRow> headline(std::span<const EvaluationRow> rows);

/// What each expert read of the validation split, summed over the domains, in the order in which the experts
/// come; empty without experts. The rows name an expert and no domain.
[[nodiscard]] std::vector<EvaluationRow> read_by_experts(std::span<const EvaluationRow> rows);

/// What the best checkpoint minimises, in nats per token: `macro` (the mean over domains), `worst` (the
/// largest) or the domain of that name. NaN when a row that counts is NaN or the domain is not there.
[[nodiscard]] double best_criterion(std::string_view best, std::span<const EvaluationRow> rows);

} // namespace retort
