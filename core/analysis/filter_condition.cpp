// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/filter_condition.h"

#include "analysis/ascii_text.h"
#include "analysis/near_names.h"
#include "spec/imported_run.h"
#include "spec/run_spec_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace retort {
namespace {

using Kind = RunField::Kind;
using Texts = std::vector<std::string>;

constexpr std::array<std::pair<std::string_view, FilterSign>, 8> sign_names = {{{"=", FilterSign::equal},
                                                                                {"==", FilterSign::equal},
                                                                                {"!=", FilterSign::unequal},
                                                                                {"<", FilterSign::less},
                                                                                {"<=", FilterSign::at_most},
                                                                                {">", FilterSign::greater},
                                                                                {">=", FilterSign::at_least},
                                                                                {"~", FilterSign::contains}}};

bool is_order(FilterSign sign) {
    return sign != FilterSign::equal && sign != FilterSign::unequal && sign != FilterSign::contains;
}

double multiplier_of(char last) {
    switch (last) {
    case '%':
        return 0.01;
    case 'k':
        return 1e3;
    case 'M':
        return 1e6;
    case 'G':
        return 1e9;
    default:
        return 0;
    }
}

std::optional<double> number_in(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const double multiplier = text.empty() ? 0 : multiplier_of(text.back());
    if (multiplier != 0) text.remove_suffix(1);
    double number = 0;
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || stop != text.data() + text.size() || text.empty()) return {};
    return multiplier != 0 ? number * multiplier : number;
}

std::optional<bool> truth_in(std::string_view text) {
    for (const char* yes : {"true", "yes", "1"})
        if (same_text(text, yes)) return true;
    for (const char* no : {"false", "no", "0"})
        if (same_text(text, no)) return false;
    return {};
}

template <class T>
bool in_order(FilterSign sign, const T& a, const T& b) {
    switch (sign) {
    case FilterSign::less:
        return a < b;
    case FilterSign::at_most:
        return a <= b;
    case FilterSign::greater:
        return a > b;
    case FilterSign::at_least:
        return a >= b;
    default:
        return a == b;
    }
}

bool is_nothing(const RunValue& value) {
    const auto* list = std::get_if<Texts>(&value);
    const auto* text = std::get_if<std::string>(&value);
    return std::holds_alternative<std::monostate>(value) || (list != nullptr && list->empty()) ||
           (text != nullptr && text->empty());
}

/// Whether any of the texts of a value, of which a text and a choice have one, fits.
bool any_text(const RunValue& value, const std::function<bool(const std::string&)>& fits) {
    if (const auto* list = std::get_if<Texts>(&value)) return std::ranges::any_of(*list, fits);
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr && fits(*text);
}

std::string quoted(const std::string& text) {
    return "“" + text + "”";
}

ConditionReading compare_number(const RunField& field, FilterSign sign, const std::string& value) {
    if (sign == FilterSign::contains)
        return {{}, "~ looks into texts, and " + field.path + " is a number; compare it by =, < or >.", true};
    const auto wanted = number_in(value);
    if (!wanted)
        return {{},
                quoted(value) + " is no number, as " + field.path + " is; write one, as in " + field.path +
                    " < 40.",
                false};
    return {[read = field.read, sign, wanted = *wanted](const RunRecord& run) {
                const RunValue value_of_run = read(run);
                const auto* number = std::get_if<double>(&value_of_run);
                if (number == nullptr) return false;
                if (std::isnan(wanted)) return std::isnan(*number) && sign == FilterSign::equal;
                return in_order(sign, *number, wanted);
            },
            {},
            false};
}

ConditionReading compare_truth(const RunField& field, FilterSign sign, const std::string& value) {
    if (sign != FilterSign::equal)
        return {{}, field.path + " is true or false; compare it by = or !=.", true};
    const auto wanted = truth_in(value);
    if (!wanted)
        return {{},
                quoted(value) + " is neither true nor false, as " + field.path + " is; write one of them.",
                false};
    return {[read = field.read, wanted = *wanted](const RunRecord& run) {
                const RunValue value_of_run = read(run);
                const auto* truth = std::get_if<bool>(&value_of_run);
                return truth != nullptr && *truth == wanted;
            },
            {},
            false};
}

/// As much of the time as was written, so that a day is equal to each of its hours.
ConditionReading compare_time(const RunField& field, FilterSign sign, const std::string& value) {
    const bool is_time = value.size() >= 4 && value.find_first_not_of("0123456789-:TZ.") == std::string::npos;
    if (!is_time)
        return {{},
                quoted(value) + " is no date, as " + field.path +
                    " is; write it as 2026-11-20 or as 2026-11-20T18:30, in UTC.",
                false};
    return {[read = field.read, sign, value](const RunRecord& run) {
                return any_text(read(run), [&](const std::string& time) {
                    return sign == FilterSign::contains ? contains_text(time, value)
                                                        : in_order(sign, time.substr(0, value.size()), value);
                });
            },
            {},
            false};
}

std::string unknown_choice(const RunField& field, const std::string& value) {
    const Texts near = near_names(value, field.values, 1);
    const std::string all = one_of(field.values);
    return field.path + " is never " + quoted(value) +
           (near.empty() ? "; write " + all + "."
                         : "; write " + near.front() + ", or another of " + all + ".");
}

ConditionReading compare_text(const RunField& field, FilterSign sign, const std::string& value) {
    if (is_order(sign)) return {{}, field.path + " has no order; compare it by =, != or ~.", true};
    const auto is_value = [&](const std::string& choice) { return same_text(choice, value); };
    if (field.kind == Kind::choice && sign == FilterSign::equal &&
        std::ranges::none_of(field.values, is_value))
        return {{}, unknown_choice(field, value), false};
    return {[read = field.read, sign, value](const RunRecord& run) {
                return any_text(read(run), [&](const std::string& text) {
                    return sign == FilterSign::contains ? contains_text(text, value) : same_text(text, value);
                });
            },
            {},
            false};
}

/// `sign` is not !=, which is the opposite of =.
ConditionReading compare(const RunField& field, FilterSign sign, const std::string& value) {
    switch (field.kind) {
    case Kind::number:
        return compare_number(field, sign, value);
    case Kind::truth:
        return compare_truth(field, sign, value);
    case Kind::time:
        return compare_time(field, sign, value);
    case Kind::text:
    case Kind::choice:
    case Kind::list:
        break;
    }
    return compare_text(field, sign, value);
}

/// Choices may be called none, too.
ConditionReading compare_nothing(const RunField& field) {
    return {[read = field.read](const RunRecord& run) {
                const RunValue value = read(run);
                return is_nothing(value) ||
                       any_text(value, [](const std::string& text) { return same_text(text, "none"); });
            },
            {},
            false};
}

} // namespace

std::optional<FilterSign> filter_sign(std::string_view sign) {
    const auto found = std::ranges::find(sign_names, sign, &std::pair<std::string_view, FilterSign>::first);
    return found == sign_names.end() ? std::nullopt : std::optional(found->second);
}

ConditionReading read_condition(const RunField& field, FilterSign sign, const std::string& value,
                                bool is_quoted) {
    const bool is_none =
        !is_quoted && same_text(value, "none") && !is_order(sign) && sign != FilterSign::contains;
    const FilterSign plain = sign == FilterSign::unequal ? FilterSign::equal : sign;
    ConditionReading reading = is_none ? compare_nothing(field) : compare(field, plain, value);
    if (sign == FilterSign::unequal && reading.condition)
        reading.condition = [same = std::move(reading.condition)](const RunRecord& run) {
            return !same(run);
        };
    return reading;
}

bool is_called(const RunRecord& run, std::string_view word) {
    return contains_text(run.marks.name, word) || contains_text(run.label(), word) ||
           contains_text(task_name(run), word) || contains_text(name_of(run.status), word) ||
           std::ranges::any_of(run.marks.tags,
                               [&](const std::string& tag) { return contains_text(tag, word); });
}

} // namespace retort
