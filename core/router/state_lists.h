// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of numbers as binary values of JSON, little-endian, and their way back, which trusts nothing.
#pragma once

#include "base/error.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace retort {

static_assert(std::endian::native == std::endian::little, "state is written as it lies in memory");

/// Throws Error{data}: the state of a router is not what was written.
[[noreturn]] inline void fail_on_state(const std::string& what) {
    throw Error(ErrorKind::data, "The router is damaged (" + what + "); train it again.");
}

inline void check_state(bool is_right, const std::string& what) {
    if (!is_right) fail_on_state(what);
}

template <class T>
[[nodiscard]] nlohmann::json packed(const std::vector<T>& list) {
    static_assert(std::is_arithmetic_v<T>);
    std::vector<std::uint8_t> bytes(list.size() * sizeof(T));
    if (!list.empty()) std::memcpy(bytes.data(), list.data(), bytes.size());
    return nlohmann::json::binary(std::move(bytes));
}

/// The list under `key`. Throws Error{data} when there is none.
template <class T>
[[nodiscard]] std::vector<T> unpacked(const nlohmann::json& state, const std::string& key) {
    check_state(state.is_object() && state.contains(key) && state[key].is_binary(), "no " + key);
    const auto& bytes = state[key].get_binary();
    check_state(bytes.size() % sizeof(T) == 0, key + " has half an element");
    std::vector<T> list(bytes.size() / sizeof(T));
    if (!list.empty()) std::memcpy(list.data(), bytes.data(), bytes.size());
    return list;
}

/// The same, of a known length.
template <class T>
[[nodiscard]] std::vector<T> unpacked(const nlohmann::json& state, const std::string& key,
                                      std::size_t length) {
    std::vector<T> list = unpacked<T>(state, key);
    check_state(list.size() == length,
                key + " has " + std::to_string(list.size()) + " elements, not " + std::to_string(length));
    return list;
}

/// A whole number under `key` from `least` on. Throws Error{data}.
[[nodiscard]] inline std::int64_t unpacked_count(const nlohmann::json& state, const std::string& key,
                                                 std::int64_t least = 0) {
    check_state(state.is_object() && state.contains(key) && state[key].is_number_integer(), "no " + key);
    const auto count = state[key].get<std::int64_t>();
    check_state(count >= least && count <= INT32_MAX, key + " is " + std::to_string(count));
    return count;
}

/// What every classifier writes under "classes" and "features".
struct ModelShape {
    std::size_t classes, features;
};
[[nodiscard]] inline ModelShape unpacked_shape(const nlohmann::json& state) {
    return {static_cast<std::size_t>(unpacked_count(state, "classes", 1)),
            static_cast<std::size_t>(unpacked_count(state, "features"))};
}

/// Checks that each element is in [least, end).
template <class T>
void check_range(std::span<const T> list, T least, T end, const std::string& what) {
    for (const T element : list)
        check_state(element >= least && element < end, what + " out of range");
}

} // namespace retort
