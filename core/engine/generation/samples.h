// SPDX-License-Identifier: GPL-3.0-or-later
// What a model under training makes of a text: a look at it that no loss gives.
#pragma once

#include "data/token_store.h"
#include "data/tokenizer.h"
#include "engine/modular/sequence_routes.h"
#include "nn/language_model.h"
#include "spec/event.h"
#include "spec/run_spec.h"

#include <functional>
#include <vector>

namespace retort {

/// For each domain of the data /run/samples tokens after the beginning of its validation text, drawn at
/// temperature 0.8 from the nucleus of 0.95. The draws are the same at every evaluation, so that what changes
/// is the model. On one thread of the CPU, in fp32. `routes` of a modular model's evaluation, else null.
/// `interrupt` may throw; it is called between domains.
[[nodiscard]] std::vector<TextSample> write_samples(const LanguageModel& model, const RunSpec& spec,
                                                    const TokenStore& store, const Tokenizer& tokenizer,
                                                    const SequenceRoutes* routes,
                                                    const std::function<void()>& interrupt);

} // namespace retort
