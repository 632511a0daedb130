// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/spec_difference.h"

#include <algorithm>
#include <map>
#include <set>

namespace retort {
namespace {

void collect(const Json& left, const Json& right, const std::string& pointer,
             std::vector<Difference>& found) {
    if (!left.is_object() || !right.is_object()) {
        if (left != right) found.push_back({pointer, left, right});
        return;
    }
    for (const auto& [key, value] : left.items()) {
        const std::string inner = pointer + "/" + escaped_key(key);
        if (right.contains(key))
            collect(value, right.at(key), inner, found);
        else
            found.push_back({inner, value, std::nullopt});
    }
    for (const auto& [key, value] : right.items())
        if (!left.contains(key)) found.push_back({pointer + "/" + escaped_key(key), std::nullopt, value});
}

using Leaves = std::map<std::string, const Json*>;

/// Fields that hold no other fields, and their order.
void list_leaves(const Json& json, const std::string& pointer, Leaves& leaves,
                 std::vector<std::string>& order) {
    if (json.is_object() && !json.empty()) {
        for (const auto& [key, value] : json.items())
            list_leaves(value, pointer + "/" + escaped_key(key), leaves, order);
        return;
    }
    leaves.emplace(pointer, &json);
    order.push_back(pointer);
}

DifferingField field_of(const std::vector<Leaves>& documents, const std::string& pointer) {
    DifferingField field{pointer, {}};
    for (const Leaves& leaves : documents) {
        const auto found = leaves.find(pointer);
        field.values.push_back(found == leaves.end() ? std::nullopt : std::optional(*found->second));
    }
    return field;
}

} // namespace

std::string escaped_key(std::string key) {
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (key[i] == '~')
            key.replace(i++, 1, "~0");
        else if (key[i] == '/')
            key.replace(i++, 1, "~1");
    }
    return key;
}

std::vector<DifferingField> differing_fields(const std::vector<const Json*>& documents) {
    std::vector<std::string> order;
    std::vector<Leaves> leaves(documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i)
        list_leaves(*documents[i], "", leaves[i], order);
    std::vector<DifferingField> differing;
    std::set<std::string> seen;
    for (const std::string& pointer : order) {
        if (!seen.insert(pointer).second) continue;
        DifferingField field = field_of(leaves, pointer);
        const auto is_first = [&](const std::optional<Json>& value) { return value == field.values.front(); };
        if (!std::ranges::all_of(field.values, is_first)) differing.push_back(std::move(field));
    }
    return differing;
}

std::vector<Difference> differences(const Json& left, const Json& right) {
    std::vector<Difference> found;
    collect(left, right, "", found);
    return found;
}

} // namespace retort
