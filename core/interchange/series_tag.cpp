// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/series_tag.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace retort {
namespace {

constexpr std::string_view expert_mark = "expert:", setting_mark = "setting:";

constexpr std::array<std::pair<char, std::string_view>, 3> escapes = {
    {{'%', "%25"}, {'/', "%2F"}, {':', "%3A"}}};

std::string escaped(std::string_view part) {
    std::string text;
    for (const char c : part) {
        const auto found = std::ranges::find(escapes, c, [](const auto& escape) { return escape.first; });
        text += found == escapes.end() ? std::string(1, c) : std::string(found->second);
    }
    return text;
}

std::string unescaped(std::string_view part) {
    std::string text;
    while (!part.empty()) {
        const auto found = std::ranges::find_if(
            escapes, [&](const auto& escape) { return part.starts_with(escape.second); });
        const bool is_found = found != escapes.end();
        text += is_found ? found->first : part.front();
        part.remove_prefix(is_found ? found->second.size() : 1);
    }
    return text;
}

/// Takes the part before the next '/' from the front of a tag.
std::string_view take_part(std::string_view& tag) {
    const auto slash = tag.find('/');
    const std::string_view part = tag.substr(0, slash);
    tag.remove_prefix(slash == std::string_view::npos ? tag.size() : slash + 1);
    return part;
}

} // namespace

std::string tag_of(const SeriesKey& key) {
    std::string tag = escaped(key.split) + '/' + escaped(key.name);
    if (!key.domain.empty()) tag += '/' + escaped(key.domain);
    if (!key.expert.empty()) tag += '/' + std::string(expert_mark) + escaped(key.expert);
    if (!key.setting.empty()) tag += '/' + std::string(setting_mark) + escaped(key.setting);
    return tag;
}

SeriesKey key_of_own_tag(std::string_view tag) {
    SeriesKey key;
    key.split = unescaped(take_part(tag));
    key.name = unescaped(take_part(tag));
    while (!tag.empty()) {
        const std::string_view part = take_part(tag);
        if (part.starts_with(expert_mark))
            key.expert = unescaped(part.substr(expert_mark.size()));
        else if (part.starts_with(setting_mark))
            key.setting = unescaped(part.substr(setting_mark.size()));
        else
            key.domain = unescaped(part);
    }
    return key;
}

std::string split_named(std::string_view name) {
    std::string word(name);
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
    if (word == "train" || word == "training") return "train";
    if (word == "valid" || word == "validation" || word == "val" || word == "eval") return "valid";
    return word == "test" ? word : std::string();
}

SeriesKey key_of_foreign_tag(std::string_view tag, std::string_view folder) {
    const bool has_parts = tag.find('/') != std::string_view::npos;
    const std::string own = has_parts ? split_named(tag.substr(0, tag.find('/'))) : std::string();
    const std::string split = own.empty() ? std::string(folder) : own;
    SeriesKey key{std::string(tag), {}, {}, {}, split.empty() ? "train" : split};
    if (own == "train")
        key.name = tag.substr(tag.find('/') + 1);
    else if (own.empty() && key.split != "train")
        key.name = key.split + '/' + key.name;
    return key;
}

} // namespace retort
