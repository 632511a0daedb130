// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/field_visitors.h"

#include <charconv>
#include <cmath>

namespace retort {
namespace {

/// Whole numbers may be written as 5e5 too.
bool is_whole(const Json& json) {
    if (json.is_number_integer()) return true;
    if (!json.is_number_float()) return false;
    const double value = json.get<double>();
    return std::abs(value) < 0x1.0p53 && std::trunc(value) == value;
}

std::string range_text(Limits limits) {
    std::string lower = (limits.min_is_open ? "above " : "at least ") + shortest(limits.min);
    std::string upper = (limits.max_is_open ? "below " : "at most ") + shortest(limits.max);
    if (std::isinf(limits.max)) return lower;
    return std::isinf(limits.min) ? upper : lower + " and " + upper;
}

} // namespace

std::string shortest(double number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

const Json* JsonReader::find(const char* name) {
    known_.insert(name);
    const auto found = json_.find(name);
    return found == json_.end() ? nullptr : &*found;
}

void JsonReader::report_unknown_keys() const {
    for (const auto& [key, value] : json_.items()) {
        if (known_.contains(key)) continue;
        std::string names;
        for (const std::string& name : known_)
            names += (names.empty() ? "" : ", ") + name;
        problems_.push_back(
            {pointer_ + "/" + key, "is not a known field; remove it or use one of " + names + "."});
    }
}

void JsonReader::report(const std::string& pointer, const std::string& expected, const Json& found) {
    std::string text = found.dump();
    if (text.size() > 60) text = text.substr(0, 57) + "...";
    problems_.push_back({pointer, expected + ", but is " + text + "."});
}

void JsonReader::read(const Json& json, const std::string& pointer, bool& value) {
    if (!json.is_boolean()) return report(pointer, "must be true or false", json);
    value = json.get<bool>();
}

void JsonReader::read(const Json& json, const std::string& pointer, std::int64_t& value) {
    if (!is_whole(json)) return report(pointer, "must be a whole number", json);
    value = json.get<std::int64_t>();
}

void JsonReader::read(const Json& json, const std::string& pointer, std::uint64_t& value) {
    if (!is_whole(json) || json.get<double>() < 0)
        return report(pointer, "must be a whole number of at least 0", json);
    value = json.get<std::uint64_t>();
}

void JsonReader::read(const Json& json, const std::string& pointer, double& value) {
    if (!json.is_number()) return report(pointer, "must be a number", json);
    value = json.get<double>();
}

void JsonReader::read(const Json& json, const std::string& pointer, std::string& value) {
    if (!json.is_string()) return report(pointer, "must be text in quotes", json);
    value = json.get<std::string>();
}

void JsonReader::read(const Json& json, const std::string& pointer, std::vector<std::string>& value) {
    const auto is_text = [](const Json& element) { return element.is_string(); };
    if (!json.is_array() || !std::ranges::all_of(json, is_text))
        return report(pointer, "must be a list of texts", json);
    value = json.get<std::vector<std::string>>();
}

void JsonReader::read(const Json& json, const std::string& pointer, std::array<double, 2>& value) {
    const auto is_number = [](const Json& element) { return element.is_number(); };
    if (!json.is_array() || json.size() != 2 || !std::ranges::all_of(json, is_number))
        return report(pointer, "must be a list of two numbers", json);
    value = json.get<std::array<double, 2>>();
}

void LimitChecker::check_number(const std::string& pointer, double value, Limits limits) {
    if (!limits.contains(value))
        problems_.push_back({pointer, "must be " + range_text(limits) + ", but is " + shortest(value) + "."});
}

} // namespace retort
