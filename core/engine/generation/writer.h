// SPDX-License-Identifier: GPL-3.0-or-later
// Who writes a text of a modular model.
#pragma once

#include "data/tokenizer.h"
#include "engine/modular/sequence_routes.h"
#include "nn/decoder.h"
#include "spec/generation.h"

#include <memory>
#include <string>
#include <vector>

namespace retort {

struct Writer {
    GenerationRoute route;
    std::shared_ptr<const ModularModel> averaged; ///< in the model's place where parameters are averaged
    std::vector<DecodingPart> parts;
    PartMixing mixing = PartMixing::equal;
};

/// `setting` as GenerationRequest has it, `prompt` without BOS. Throws Error{usage} that lists what the run
/// has where it has no such expert or setting.
[[nodiscard]] Writer choose_writer(const ModularModel& model, const RunSpec& spec,
                                   const SequenceRoutes& routes, const std::string& setting,
                                   const std::vector<std::int32_t>& prompt);

} // namespace retort
