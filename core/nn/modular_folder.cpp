// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/modular_folder.h"

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "nn/safetensors.h"
#include "spec/run_spec_fields.h"
#include "spec/run_spec_json.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr const char* model_type = "retort-modular";
constexpr const char* common_file = "common.safetensors";
constexpr const char* shared_file = "shared.safetensors";

[[noreturn]] void unfit(const fs::path& file, const std::string& why, const std::string& advice) {
    throw Error(ErrorKind::data, file.string() + " " + why + "; " + advice);
}

Json json_of(const ModularShape& shape) {
    return {{"model_type", model_type},
            {"architecture", name_of(shape.architecture)},
            {"experts", shape.experts},
            {"common_weight", shape.common_weight},
            {"head_bias", shape.head_bias},
            {"n_layer", shape.body.layers},
            {"n_embd", shape.body.width},
            {"n_head", shape.body.heads},
            {"n_positions", shape.body.positions},
            {"vocab_size", shape.body.vocab},
            {"tie_word_embeddings", shape.body.tied}};
}

ModularShape shape_from(const Json& json, const fs::path& file) try {
    ModularShape shape;
    const auto architecture = value_named<Architecture>(json.at("architecture").get<std::string>());
    if (json.at("model_type") != model_type || !architecture)
        throw Json::other_error::create(501, "", nullptr);
    shape.architecture = *architecture;
    shape.experts = json.at("experts").get<std::vector<std::string>>();
    shape.common_weight = json.at("common_weight");
    shape.head_bias = json.at("head_bias");
    shape.body = {json.at("n_layer"),    json.at("n_embd"),      json.at("n_head"),
                  json.at("vocab_size"), json.at("n_positions"), json.at("tie_word_embeddings")};
    return shape;
} catch (const Json::exception&) {
    unfit(file, "is no modular model of Retort", "give the folder of a run with the task modular.");
}

std::vector<NamedTensor> named(const std::vector<NamedTensor>& weights, const std::string& prefix) {
    std::vector<NamedTensor> found;
    std::ranges::copy_if(weights, std::back_inserter(found),
                         [&](const NamedTensor& entry) { return entry.name.starts_with(prefix); });
    return found;
}

std::vector<NamedTensor> shared_weights(const std::vector<NamedTensor>& weights) {
    std::vector<NamedTensor> shared = named(weights, "wte.");
    for (NamedTensor& entry : named(weights, "lm_head."))
        shared.push_back(std::move(entry));
    return shared;
}

std::string expert_file(const std::string& name) {
    return "expert." + name + ".safetensors";
}

void append(std::vector<NamedTensor>& all, std::vector<NamedTensor> more) {
    std::ranges::move(more, std::back_inserter(all));
}

} // namespace

std::string shared_identity(const std::vector<NamedTensor>& weights) {
    const std::vector<NamedTensor> shared = shared_weights(weights);
    if (shared.empty()) return {};
    Sha256 hash;
    for (const NamedTensor& entry : shared) {
        const at::Tensor here = entry.tensor.detach().cpu().contiguous();
        hash.update(entry.name);
        hash.update({static_cast<const std::byte*>(here.data_ptr()), here.nbytes()});
    }
    return hash.hex();
}

void write_modular_model(const fs::path& folder, const ModularShape& shape,
                         const std::vector<NamedTensor>& weights) {
    write_file_atomically(folder / "config.json", json_of(shape).dump(2) + "\n");
    const std::string shared = shared_identity(weights);
    if (!shared.empty()) write_safetensors(folder / shared_file, shared_weights(weights));
    if (const auto common = named(weights, "common."); !common.empty())
        write_safetensors(folder / common_file, common);
    for (const std::string& expert : shape.experts) {
        ModularShape alone = shape;
        alone.experts = {expert};
        write_safetensors(folder / expert_file(expert), named(weights, "experts." + expert + "."),
                          {{"retort", json_of(alone).dump()}, {"shared", shared}});
    }
}

bool is_modular_folder(const fs::path& folder) {
    const fs::path config = folder / "config.json";
    if (!fs::exists(config)) return false;
    const Json json = Json::parse(read_file(config), nullptr, false);
    return json.is_object() && json.value("model_type", "") == model_type;
}

ModularModel read_modular_model(const fs::path& folder) {
    const fs::path config = folder / "config.json";
    const ModularShape shape = shape_from(Json::parse(read_file(config), nullptr, false), config);
    std::vector<NamedTensor> weights;
    const bool shares = shape.architecture != Architecture::ple;
    if (shares) append(weights, read_safetensors(folder / shared_file));
    if (shape.architecture == Architecture::moe_ce) append(weights, read_safetensors(folder / common_file));
    const std::string shared = shared_identity(weights);
    for (const std::string& name : shape.experts) {
        const fs::path file = folder / expert_file(name);
        ExpertFile expert = read_expert_file(file);
        check_fits(expert, shape, shared, file);
        append(weights, std::move(expert.weights));
    }
    ModularModel model(shape, 0);
    model.load(weights, folder.string());
    return model;
}

ExpertFile read_expert_file(const fs::path& file) {
    const char* advice = "give an expert.<name>.safetensors of a modular model.";
    const auto metadata = read_safetensors_metadata(file);
    const auto found = metadata.find("retort");
    if (found == metadata.end()) unfit(file, "is no expert of Retort", advice);
    ExpertFile expert;
    expert.shape = shape_from(Json::parse(found->second, nullptr, false), file);
    if (expert.shape.experts.size() != 1) unfit(file, "does not hold one expert", advice);
    expert.name = expert.shape.experts.front();
    if (const auto shared = metadata.find("shared"); shared != metadata.end()) expert.shared = shared->second;
    expert.weights = read_safetensors(file);
    return expert;
}

void check_fits(const ExpertFile& expert, const ModularShape& shape, const std::string& shared,
                const fs::path& file) {
    const auto text = [](const Gpt2Shape& body) {
        return std::to_string(body.layers) + " layers of width " + std::to_string(body.width) + ", " +
               std::to_string(body.heads) + " heads, " + std::to_string(body.positions) +
               " positions and a vocabulary of " + std::to_string(body.vocab);
    };
    if (!(expert.shape.body == shape.body))
        unfit(file,
              "holds an expert with " + text(expert.shape.body) + " where the model has " + text(shape.body),
              "take one of the same shape.");
    if ((expert.shape.architecture == Architecture::ple) != (shape.architecture == Architecture::ple))
        unfit(file, "holds an expert of " + std::string(name_of(expert.shape.architecture)),
              "ple's experts are whole models and those of jeet and moe-ce are not; take one of the same "
              "kind.");
    if (expert.shared != shared)
        unfit(file, "holds an expert that was trained with another embedding and head",
              "train it against this model with `retortctl experts add`.");
}

} // namespace retort
