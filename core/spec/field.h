// SPDX-License-Identifier: GPL-3.0-or-later
// How a struct of the specification names its fields. One description serves every reader of it: JSON in and
// out, the limits that check() tests, and the form of the Design page.
//
//   template <class Visitor> void describe(Visitor& v, OptimSpec& s) {
//       v.field("lr", s.lr, at_least(0), {"Learning rate", "Peak rate, reached after warm-up."});
//   }
//
// A visitor has `field(name, value, limits, text)` for scalars, enums, strings and lists, `object(name,
// value, text)` for a nested struct and `optional_object` for one that may be absent.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

namespace retort {

/// Range of a number; lists apply it to each element, strings to their length.
struct Limits {
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    bool min_is_open = false;
    bool max_is_open = false;

    [[nodiscard]] constexpr bool contains(double value) const noexcept {
        return (min_is_open ? value > min : value >= min) && (max_is_open ? value < max : value <= max);
    }
};

[[nodiscard]] constexpr Limits any() noexcept {
    return {};
}
[[nodiscard]] constexpr Limits at_least(double min) noexcept {
    return {.min = min};
}
[[nodiscard]] constexpr Limits above(double min) noexcept {
    return {.min = min, .min_is_open = true};
}
[[nodiscard]] constexpr Limits between(double min, double max) noexcept {
    return {.min = min, .max = max};
}
/// Without its ends.
[[nodiscard]] constexpr Limits within(double min, double max) noexcept {
    return {.min = min, .max = max, .min_is_open = true, .max_is_open = true};
}
[[nodiscard]] constexpr Limits below_one() noexcept {
    return {.min = 0, .max = 1, .max_is_open = true};
}

/// What a person reads beside the field.
struct FieldText {
    std::string_view label;
    std::string_view help = {};
    std::string_view unit = {};
};

/// Specialised by each enum of the specification: its values with their names in a file.
/// `static constexpr std::array<std::pair<E, std::string_view>, N> values`.
template <class E>
struct EnumNames;

template <class E>
[[nodiscard]] constexpr std::string_view name_of(E value) noexcept {
    for (const auto& [candidate, name] : EnumNames<E>::values)
        if (candidate == value) return name;
    return "?";
}

/// The inverse of name_of(); nothing for a name that there is not.
template <class E>
[[nodiscard]] constexpr std::optional<E> value_named(std::string_view name) noexcept {
    for (const auto& [value, candidate] : EnumNames<E>::values)
        if (candidate == name) return value;
    return {};
}

} // namespace retort
