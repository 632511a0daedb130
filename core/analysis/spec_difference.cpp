// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/spec_difference.h"

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

std::vector<Difference> differences(const Json& left, const Json& right) {
    std::vector<Difference> found;
    collect(left, right, "", found);
    return found;
}

} // namespace retort
