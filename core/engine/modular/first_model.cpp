// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/modular/first_model.h"

#include "base/error.h"
#include "nn/model_folder.h"
#include "nn/modular_folder.h"
#include "spec/grid.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <map>

namespace retort {
namespace {

using Weights = std::map<std::string, at::Tensor>;

void put(Weights& weights, const std::vector<NamedTensor>& more) {
    for (const NamedTensor& entry : more)
        weights[entry.name] = entry.tensor;
}

std::vector<NamedTensor> listed(const Weights& weights) {
    std::vector<NamedTensor> all;
    for (const auto& [name, tensor] : weights)
        all.push_back({name, tensor});
    return all;
}

/// A dense model's weights under the names of an expert that is a whole model.
std::vector<NamedTensor> as_expert(const Gpt2& model, const std::string& expert) {
    const std::string prefix = "experts." + expert + ".", dense = "transformer.";
    std::vector<NamedTensor> all = model.parameters();
    for (NamedTensor& entry : all)
        entry.name = prefix + (entry.name.starts_with(dense) ? entry.name.substr(dense.size()) : entry.name);
    return all;
}

void put_separate_experts(const TrainingInputs& inputs, Weights& weights) {
    for (const auto& [expert, folder] : inputs.experts)
        put(weights, as_expert(read_model(folder), expert));
}

void check_base(const ModularShape& base, const ModularShape& wanted, const TrainingInputs& inputs) {
    if (base.body == wanted.body && base.architecture == wanted.architecture &&
        base.head_bias == wanted.head_bias && base.common_weight == wanted.common_weight)
        return;
    throw Error(ErrorKind::data,
                "The base in " + inputs.base.string() +
                    " has another architecture or shape than this run asks for; take over its "
                    "/model and /modular.");
}

/// The fresh model with everything that the base and the files have.
std::unique_ptr<LanguageModel> built_on_base(ModularModel fresh, const RunSpec& spec,
                                             const TrainingInputs& inputs) {
    const ModularModel base = read_modular_model(inputs.base);
    const ModularShape& shape = fresh.shape();
    check_base(base.shape(), shape, inputs);
    Weights weights;
    put(weights, fresh.parameters());
    put(weights, base.parameters());
    put_separate_experts(inputs, weights);
    std::vector<std::string> known = base.shape().experts, named;
    const std::string shared = shared_identity(base.parameters());
    for (const std::string& path : spec.modular->files) {
        const ExpertFile file = read_expert_file(path);
        check_fits(file, shape, shared, path);
        if (std::ranges::count(named, file.name) > 0)
            throw Error(ErrorKind::data, "Two files hold the expert " + file.name + "; give one of them.");
        put(weights, file.weights);
        known.push_back(file.name);
        named.push_back(file.name);
    }
    for (const std::string& expert : shape.experts)
        if (std::ranges::count(known, expert) == 0 && std::ranges::count(spec.modular->train, expert) == 0)
            throw Error(ErrorKind::data,
                        "The base has no expert " + expert +
                            "; train it (/modular/train) or give its file (/modular/files).");
    fresh.load(listed(weights), inputs.base.string());
    return std::make_unique<ModularModel>(std::move(fresh));
}

} // namespace

std::unique_ptr<LanguageModel> first_model(const RunSpec& spec, const TrainingInputs& inputs,
                                           std::int64_t vocab) {
    if (!spec.modular)
        return std::make_unique<Gpt2>(shape_of(spec.model, vocab, spec.data.context), spec.seed,
                                      spec.model.init);
    ModularModel fresh(modular_shape_of(spec, vocab), spec.seed, spec.model.init, spec.modular->init);
    if (!inputs.base.empty()) return built_on_base(std::move(fresh), spec, inputs);
    Weights weights;
    put(weights, fresh.parameters());
    put_separate_experts(inputs, weights);
    fresh.load(listed(weights), "A model of experts");
    return std::make_unique<ModularModel>(std::move(fresh));
}

std::function<bool(const std::string&)> learning_weights(const RunSpec& spec) {
    if (!spec.modular || spec.modular->train.empty()) return {};
    return [train = spec.modular->train](const std::string& name) {
        return std::ranges::any_of(
            train, [&](const std::string& expert) { return name.starts_with("experts." + expert + "."); });
    };
}

} // namespace retort
