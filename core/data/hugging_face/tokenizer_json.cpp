// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hugging_face/tokenizer_json.h"

#include "base/error.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace retort::hugging_face {
namespace {

// Not the ordered kind, which looks for a key from the beginning: a vocabulary has very many.
using Object = nlohmann::json;

constexpr std::int32_t most_ids = 4'000'000;

/// A part of the file with the words for what is wrong in it.
class Part {
public:
    Part(const Object& json, std::string name, const std::string& file)
        : json_(json), name_(std::move(name)), file_(file) {
        if (!json.is_object()) fault("is no object");
    }

    [[noreturn]] void fault(const std::string& what) const {
        throw Error(ErrorKind::data, "The tokenizer " + file_ + " cannot be used: its " + name_ + " " + what +
                                         "; correct the file or choose another.");
    }
    [[noreturn]] void refuse(const std::string& what) const {
        throw Error(ErrorKind::data, "The tokenizer " + file_ + " cannot be used: its " + name_ + " " + what +
                                         ", which Retort cannot do as that library does; choose another.");
    }

    [[nodiscard]] bool has(const char* key) const {
        const auto found = json_.find(key);
        return found != json_.end() && !found->is_null();
    }
    [[nodiscard]] const Object& at(const char* key) const {
        const auto found = json_.find(key);
        if (found == json_.end()) fault(std::string("has no \"") + key + "\"");
        return *found;
    }
    [[nodiscard]] Part part(const char* key, const std::string& name) const { return {at(key), name, file_}; }
    [[nodiscard]] std::string text(const char* key) const {
        if (!at(key).is_string()) fault(std::string("has a \"") + key + "\" that is no string");
        return at(key).get<std::string>();
    }
    [[nodiscard]] bool flag(const char* key, bool when_absent) const {
        if (!has(key)) return when_absent;
        if (!at(key).is_boolean()) fault(std::string("has a \"") + key + "\" that is neither true nor false");
        return at(key).get<bool>();
    }
    [[nodiscard]] std::int64_t number(const char* key) const {
        if (!at(key).is_number_integer()) fault(std::string("has a \"") + key + "\" that is no whole number");
        return at(key).get<std::int64_t>();
    }
    /// Elements of a list of objects.
    [[nodiscard]] std::vector<Part> parts(const char* key, const std::string& name) const {
        if (!at(key).is_array()) fault(std::string("has a \"") + key + "\" that is no list");
        std::vector<Part> parts;
        for (const Object& element : at(key))
            parts.emplace_back(element, name, file_);
        return parts;
    }

private:
    const Object& json_;
    std::string name_;
    const std::string& file_;
};

/// The steps of a part that may be one step, a Sequence of them (also one inside another), or null.
void collect_steps(const Part& part, const char* list, const std::string& name, std::vector<Part>& steps) {
    if (part.text("type") != "Sequence") return steps.push_back(part);
    for (const Part& step : part.parts(list, name))
        collect_steps(step, list, name, steps);
}

std::vector<Part> steps_of(const Part& root, const char* key, const char* list) {
    std::vector<Part> steps;
    if (root.has(key)) collect_steps(root.part(key, key), list, key, steps);
    return steps;
}

/// The string that a Replace looks for.
std::string pattern_of(const Part& step, const std::string& name) {
    const Part pattern = step.part("pattern", name + "'s Replace pattern");
    if (!pattern.has("String")) pattern.refuse("is a regular expression");
    std::string text = pattern.text("String");
    if (text.empty()) pattern.fault("is empty");
    return text;
}

std::vector<NormalizerStep> read_normalizer(const Part& root) {
    std::vector<NormalizerStep> steps;
    for (const Part& step : steps_of(root, "normalizer", "normalizers")) {
        const std::string type = step.text("type");
        if (type == "Prepend")
            steps.push_back({NormalizerStep::Kind::prepend, {}, step.text("prepend")});
        else if (type == "Replace")
            steps.push_back(
                {NormalizerStep::Kind::replace, pattern_of(step, "normalizer"), step.text("content")});
        else
            step.refuse("is of the type " + type);
    }
    return steps;
}

std::optional<ByteLevelSplit> read_pre_tokenizer(const Part& root) {
    std::optional<ByteLevelSplit> split;
    for (const Part& step : steps_of(root, "pre_tokenizer", "pretokenizers")) {
        const std::string type = step.text("type");
        if (type != "ByteLevel") step.refuse("is of the type " + type);
        if (split) step.refuse("has several steps");
        split = {step.flag("add_prefix_space", true), step.flag("use_regex", true)};
    }
    return split;
}

DecoderStep read_decoder_step(const Part& step) {
    using Kind = DecoderStep::Kind;
    const std::string type = step.text("type");
    if (type == "Replace") return {Kind::replace, pattern_of(step, "decoder"), step.text("content")};
    if (type == "ByteFallback") return {Kind::byte_fallback};
    if (type == "Fuse") return {Kind::fuse};
    if (type == "ByteLevel") return {Kind::byte_level};
    if (type != "Strip") step.refuse("is of the type " + type);
    const std::int64_t start = step.number("start"), stop = step.number("stop");
    if (start < 0 || stop < 0) step.fault("strips fewer than no characters");
    return {Kind::strip,
            {},
            step.text("content"),
            static_cast<std::size_t>(start),
            static_cast<std::size_t>(stop)};
}

std::optional<std::vector<DecoderStep>> read_decoder(const Part& root) {
    if (!root.has("decoder")) return {};
    std::vector<DecoderStep> steps;
    for (const Part& step : steps_of(root, "decoder", "decoders"))
        steps.push_back(read_decoder_step(step));
    return steps;
}

void set_token(const Part& part, std::vector<std::string>& tokens, const std::string& text, std::int64_t id) {
    if (id < 0 || id >= most_ids) part.fault("gives \"" + text + "\" the id " + std::to_string(id));
    if (text.empty()) part.fault("has an entry without a text");
    const auto place = static_cast<std::size_t>(id);
    if (place >= tokens.size()) tokens.resize(place + 1);
    if (!tokens[place].empty() && tokens[place] != text)
        part.fault("gives the id " + std::to_string(id) + " to both \"" + tokens[place] + "\" and \"" + text +
                   "\"");
    tokens[place] = text;
}

void read_vocabulary(const Part& model, TokenizerFile& file) {
    if (!model.at("vocab").is_object() || model.at("vocab").empty()) model.fault("has no vocabulary");
    for (const auto& [text, id] : model.at("vocab").items()) {
        if (!id.is_number_integer()) model.fault("gives \"" + text + "\" an id that is no whole number");
        set_token(model, file.tokens, text, id.get<std::int64_t>());
        file.model.ids[text] = id.get<std::int32_t>();
    }
}

/// "a b", as files were written until 2024, or ["a", "b"].
std::pair<std::string, std::string> read_pair(const Part& model, const Object& merge, std::size_t number) {
    const std::string where = "merge " + std::to_string(number + 1);
    if (merge.is_string()) {
        const std::string text = merge.get<std::string>();
        const std::size_t space = text.find(' ');
        if (space == text.npos || text.find(' ', space + 1) != text.npos)
            model.fault("has a " + where + " that is not of two parts");
        return {text.substr(0, space), text.substr(space + 1)};
    }
    const auto is_string = [](const Object& part) { return part.is_string(); };
    if (!merge.is_array() || merge.size() != 2 || !std::ranges::all_of(merge, is_string))
        model.fault("has a " + where + " that is not of two parts");
    return {merge[0].get<std::string>(), merge[1].get<std::string>()};
}

bool is_version_line(const Object& merge) {
    return merge.is_string() && merge.get_ref<const std::string&>().starts_with("#version");
}

void read_merges(const Part& model, BpeModel& bpe) {
    if (!model.at("merges").is_array()) model.fault("has \"merges\" that are no list");
    const auto id_of = [&](const std::string& text) {
        const auto found = bpe.ids.find(text);
        if (found == bpe.ids.end()) model.fault("merges to or from \"" + text + "\", which is no entry");
        return found->second;
    };
    for (const Object& merge : model.at("merges")) {
        if (is_version_line(merge)) continue;
        const auto [left, right] = read_pair(model, merge, bpe.merges.size());
        bpe.merges.push_back({id_of(left), id_of(right), id_of(left + right)});
    }
}

void read_model(const Part& root, TokenizerFile& file) {
    const Part model = root.part("model", "model");
    // The oldest files have no type; those of BPE have merges.
    const std::string type = model.has("type") ? model.text("type") : model.has("merges") ? "BPE" : "unnamed";
    if (type != "BPE") model.refuse("is of the type " + type);
    if (model.has("dropout") && model.at("dropout") != 0) model.refuse("drops merges at random");
    for (const char* affix : {"continuing_subword_prefix", "end_of_word_suffix"})
        if (model.has(affix) && !model.text(affix).empty()) model.refuse(std::string("has a ") + affix);
    read_vocabulary(model, file);
    read_merges(model, file.model);
    file.model.fuse_unknown = model.flag("fuse_unk", false);
    file.model.byte_fallback = model.flag("byte_fallback", false);
    file.model.ignore_merges = model.flag("ignore_merges", false);
    if (!model.has("unk_token")) return;
    const auto unknown = file.model.ids.find(model.text("unk_token"));
    if (unknown != file.model.ids.end()) file.model.unknown = unknown->second;
}

void read_added(const Part& root, TokenizerFile& file) {
    if (!root.has("added_tokens")) return;
    for (const Part& part : root.parts("added_tokens", "list of added tokens")) {
        AddedToken token;
        token.content = part.text("content");
        const std::int64_t id = part.number("id");
        const auto known = file.model.ids.find(token.content);
        if (known != file.model.ids.end() && known->second != id)
            part.fault("gives \"" + token.content + "\" another id than the vocabulary");
        set_token(part, file.tokens, token.content, id);
        if (part.flag("single_word", false))
            part.refuse("asks for \"" + token.content + "\" as a whole word");
        token.id = static_cast<std::int32_t>(id);
        token.takes_left_space = part.flag("lstrip", false);
        token.takes_right_space = part.flag("rstrip", false);
        token.is_special = part.flag("special", false);
        token.is_normalized = part.flag("normalized", !token.is_special);
        file.added.push_back(std::move(token));
    }
}

Object parse(const std::string& bytes, const std::string& name) {
    try {
        return Object::parse(bytes);
    } catch (const Object::exception& error) { // also of a string that is no UTF-8
        throw Error(ErrorKind::data, "The tokenizer " + name + " cannot be used: its JSON breaks (" +
                                         std::string(error.what()) +
                                         "); correct the file or choose another.");
    }
}

} // namespace

TokenizerFile read_tokenizer_json(const std::string& bytes, const std::string& name) {
    const Object json = parse(bytes, name);
    const Part root(json, "content", name);
    TokenizerFile file;
    read_model(root, file);
    read_added(root, file);
    file.normalizer = read_normalizer(root);
    file.byte_level = read_pre_tokenizer(root);
    file.decoder = read_decoder(root);
    return file;
}

} // namespace retort::hugging_face
