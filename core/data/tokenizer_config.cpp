// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tokenizer_config.h"

#include "base/error.h"
#include "base/files.h"
#include "spec/run_spec_json.h"

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr const char* config_name = "tokenizer_config.json";
// No fields of transformers, which keeps them and passes them over.
constexpr const char* origin_key = "imported_by";
constexpr const char* file_key = "imported_file";
constexpr const char* entries_key = "imported_entries";

/// A token is written as itself, or as an object with its content.
std::string token_of(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) return {};
    if (found->is_string()) return found->get<std::string>();
    if (!found->is_object()) return {};
    const auto content = found->find("content");
    return content != found->end() && content->is_string() ? content->get<std::string>() : "";
}

} // namespace

TokenizerConfig read_tokenizer_config(const fs::path& folder) {
    for (const char* name : {config_name, "special_tokens_map.json"}) {
        const fs::path file = folder / name;
        if (!fs::exists(file)) continue;
        const Json json = Json::parse(read_file(file), nullptr, false);
        if (!json.is_object())
            throw Error(ErrorKind::data, file.string() + " is no JSON object; correct it or take it away.");
        TokenizerConfig config{token_of(json, "bos_token"), token_of(json, "eos_token"),
                               json.contains(origin_key), token_of(json, file_key)};
        if (const auto entries = json.find(entries_key);
            entries != json.end() && entries->is_number_integer())
            config.entries = entries->get<std::int64_t>();
        if (!config.eos.empty() || config.is_imported) return config;
    }
    return {};
}

void write_tokenizer_config(const fs::path& folder, const TokenizerConfig& config) {
    Json json = {{"tokenizer_class", "PreTrainedTokenizerFast"}, {origin_key, "retort"}};
    if (!config.bos.empty()) json["bos_token"] = config.bos;
    if (!config.eos.empty()) json["eos_token"] = config.eos;
    if (!config.file.empty()) json[file_key] = config.file;
    if (config.entries > 0) json[entries_key] = config.entries;
    write_file_atomically(folder / config_name, json.dump(1) + "\n");
}

} // namespace retort
