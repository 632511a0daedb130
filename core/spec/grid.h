// SPDX-License-Identifier: GPL-3.0-or-later
// The evaluation grid of a modular model: which experts are there, whether the common one is, and how they
// are mixed.
#pragma once

#include "spec/run_spec.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

enum class Mixing {
    top1,      ///< the expert that the route names, among those present
    average,   ///< all present, with equal weights: hidden states, or of ple the probabilities
    posterior, ///< probabilities weighted by how well each read the text so far (Branch-Train-Merge,
               ///< arXiv 2208.03306), from equal priors
    parameters ///< one body whose parameters are the mean of theirs
};

template <>
struct EnumNames<Mixing> {
    static constexpr std::array<std::pair<Mixing, std::string_view>, 4> values = {
        {{Mixing::top1, "top1"},
         {Mixing::average, "average"},
         {Mixing::posterior, "posterior"},
         {Mixing::parameters, "parameters"}}};
};

/// Written `top1(en+fr)`, `average(all)+common`, or `common` for the common expert alone.
struct GridSetting {
    Mixing mixing = Mixing::top1;
    std::vector<std::string> experts; ///< present, in the model's order; none: the common expert alone
    bool common = false;
    bool operator==(const GridSetting&) const = default;
};

/// With `all` for all of `experts`.
[[nodiscard]] std::string name_of(const GridSetting& setting, const std::vector<std::string>& experts);

/// Nothing for text of another form; names of experts are not looked at, but `all` becomes `experts`.
[[nodiscard]] std::optional<GridSetting> parse_setting(std::string_view text,
                                                       const std::vector<std::string>& experts);

/// Names of the experts of a modular run.
[[nodiscard]] const std::vector<std::string>& experts_of(const RunSpec& spec);

/// What the model is evaluated as from step to step: all experts, and the common one where there is one.
[[nodiscard]] GridSetting main_setting(const RunSpec& spec);

/// What is wrong with an entry of `evaluation.grid`, as one sentence's end; empty: nothing.
[[nodiscard]] std::string fault_of_setting(std::string_view text, const RunSpec& spec);

/// The settings of `spec.evaluation->grid`, each once, in its order, those that the model cannot have left
/// out of the presets. `paper` has the 21 settings of arXiv 2407.19610's code for four domains, generalised.
[[nodiscard]] std::vector<GridSetting> grid_of(const RunSpec& spec);

} // namespace retort
