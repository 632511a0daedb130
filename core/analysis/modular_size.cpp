// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/modular_size.h"

#include "analysis/model_size.h"
#include "spec/grid.h"

namespace retort {

ModularSize modular_size(const RunSpec& spec) {
    const ModularSpec& modular = *spec.modular;
    const std::int64_t vocab = spec.data.tokenizer.vocab, width = spec.model.width;
    const bool is_ple = modular.architecture == Architecture::ple;
    ModularSize size;
    size.experts = static_cast<std::int64_t>(experts_of(spec).size());
    size.tables = is_ple ? size.experts : 1;
    size.embedding = vocab * width;
    if (!spec.model.tied) size.head = vocab * width + (modular.head_bias && !is_ple ? vocab : 0);
    size.body = parameter_count(spec.model, 0, spec.data.context).total;
    if (modular.architecture == Architecture::moe_ce) size.common = size.body;
    if (!is_ple) size.dead = (size.experts + (size.common > 0 ? 1 : 0)) * size.embedding;
    return size;
}

bool has_expert_runs(const RunSpec& spec) {
    return spec.modular && spec.modular->architecture == Architecture::ple && spec.modular->base.empty();
}

} // namespace retort
