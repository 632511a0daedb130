// SPDX-License-Identifier: GPL-3.0-or-later
// The model that a run begins with, dense or modular, and which of its weights learn.
#pragma once

#include "engine/train.h"
#include "nn/language_model.h"
#include "spec/run_spec.h"

#include <functional>
#include <memory>

namespace retort {

/// Fresh weights, the experts of ple put together, or a finished modular model with experts added, replaced
/// or left out; fp32 on the CPU. Throws Error{data} when a part is missing or does not fit.
[[nodiscard]] std::unique_ptr<LanguageModel> first_model(const RunSpec& spec, const TrainingInputs& inputs,
                                                         std::int64_t vocab);

/// Whether a weight of that name is trained. Where only some experts learn, the others and all that is shared
/// stay to the byte.
[[nodiscard]] std::function<bool(const std::string& name)> learning_weights(const RunSpec& spec);

} // namespace retort
