// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/json_path.h"

#include <utility>

namespace retort {
namespace {

/// "/optim/lr" -> {"optim", "/lr"}.
std::pair<std::string, std::string_view> splitFirst(std::string_view pointer) {
    const auto slash = pointer.find('/', 1);
    const auto key = pointer.substr(1, slash == std::string_view::npos ? slash : slash - 1);
    return {std::string(key), slash == std::string_view::npos ? std::string_view() : pointer.substr(slash)};
}

} // namespace

const Json* valueAt(const Json& document, std::string_view pointer) {
    const Json* place = &document;
    while (!pointer.empty()) {
        const auto [key, rest] = splitFirst(pointer);
        if (!place->is_object()) return nullptr;
        const auto found = place->find(key);
        if (found == place->end()) return nullptr;
        place = &*found;
        pointer = rest;
    }
    return place;
}

void setAt(Json& document, std::string_view pointer, Json value) {
    if (pointer.empty()) {
        document = std::move(value);
        return;
    }
    if (!document.is_object()) document = Json::object();
    const auto [key, rest] = splitFirst(pointer);
    setAt(document[key], rest, std::move(value));
}

void eraseAt(Json& document, std::string_view pointer) {
    if (pointer.empty() || !document.is_object()) return;
    const auto [key, rest] = splitFirst(pointer);
    const auto found = document.find(key);
    if (found == document.end()) return;
    eraseAt(*found, rest);
    if (rest.empty() || (found->is_object() && found->empty())) document.erase(key);
}

void renameKey(Json& object, const std::string& from, const std::string& to) {
    Json renamed = Json::object();
    for (const auto& [key, value] : object.items())
        renamed[key == from ? to : key] = value;
    object = std::move(renamed);
}

} // namespace retort
