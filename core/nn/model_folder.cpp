// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/model_folder.h"

#include "base/error.h"
#include "base/files.h"
#include "nn/safetensors.h"
#include "spec/run_spec_json.h"

#include <ATen/ATen.h>

namespace retort {
namespace fs = std::filesystem;
namespace {

Json config_of(const Gpt2Shape& shape) {
    return {{"architectures", {"GPT2LMHeadModel"}},
            {"model_type", "gpt2"},
            {"activation_function", "gelu_new"},
            {"layer_norm_epsilon", 1e-5},
            {"n_layer", shape.layers},
            {"n_embd", shape.width},
            {"n_head", shape.heads},
            {"n_inner", nullptr},
            {"n_positions", shape.positions},
            {"n_ctx", shape.positions},
            {"vocab_size", shape.vocab},
            {"tie_word_embeddings", shape.tied},
            {"bos_token_id", 1},
            {"eos_token_id", 2}};
}

[[noreturn]] void unfit(const fs::path& file, const std::string& why) {
    throw Error(ErrorKind::data,
                file.string() + " " + why + "; give a folder with a GPT-2 in Hugging Face's layout.");
}

void require(const Json& config, const char* key, const Json& value, const fs::path& file) {
    const auto found = config.find(key);
    if (found != config.end() && !found->is_null() && *found != value)
        unfit(file,
              "has " + std::string(key) + " " + found->dump() + " where Retort computes " + value.dump());
}

Gpt2Shape read_config(const fs::path& file) try {
    const Json config = Json::parse(read_file(file));
    require(config, "model_type", "gpt2", file);
    require(config, "activation_function", "gelu_new", file);
    require(config, "layer_norm_epsilon", 1e-5, file);
    Gpt2Shape shape{config.at("n_layer"),     config.at("n_embd"),
                    config.at("n_head"),      config.at("vocab_size"),
                    config.at("n_positions"), config.value("tie_word_embeddings", true)};
    require(config, "n_inner", 4 * shape.width, file);
    if (shape.layers < 1 || shape.width < 1 || shape.heads < 1 || shape.vocab < 1 || shape.positions < 1 ||
        shape.width % shape.heads != 0)
        unfit(file, "has sizes that make no model");
    return shape;
} catch (const Json::exception&) {
    unfit(file, "is no GPT-2 configuration");
}

} // namespace

void write_model(const fs::path& folder, const Gpt2Shape& shape, const std::vector<NamedTensor>& weights) {
    write_file_atomically(folder / "config.json", config_of(shape).dump(2) + "\n");
    write_safetensors(folder / "model.safetensors", weights, {{"format", "pt"}});
}

Gpt2 read_model(const fs::path& folder) {
    Gpt2Shape shape = read_config(folder / "config.json");
    std::vector<NamedTensor> weights = read_safetensors(folder / "model.safetensors");
    for (NamedTensor& entry : weights)
        if (entry.name != "lm_head.weight" && !entry.name.starts_with("transformer."))
            entry.name = "transformer." + entry.name;
    Gpt2 model(shape, 0);
    model.load(weights, (folder / "model.safetensors").string());
    return model;
}

} // namespace retort
