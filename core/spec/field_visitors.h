// SPDX-License-Identifier: GPL-3.0-or-later
// The visitors of spec/field.h: JSON out, JSON in, limits, and the sections of a form.
#pragma once

#include "spec/check.h"
#include "spec/run_spec_json.h"

#include <algorithm>
#include <concepts>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace retort {

template <class T>
concept NamedEnum = std::is_enum_v<T>;
template <class T>
concept Number = std::is_arithmetic_v<T> && !std::same_as<T, bool>;
template <class T>
concept List = !std::same_as<T, std::string> && requires(T list) {
    list.begin();
    list.end();
};

[[nodiscard]] std::string shortest(double number);

template <class T>
[[nodiscard]] Json scalar_json(const T& value) {
    if constexpr (NamedEnum<T>)
        return std::string(name_of(value));
    else
        return value;
}

class JsonWriter {
public:
    explicit JsonWriter(Json& json) : json_(json) {}

    template <class T>
    void field(const char* name, const T& value, Limits, FieldText) {
        json_[name] = scalar_json(value);
    }
    template <class T>
    void object(const char* name, T& value, FieldText) {
        Json nested = Json::object();
        JsonWriter writer(nested);
        describe(writer, value);
        json_[name] = std::move(nested);
    }
    template <class T>
    void optional_object(const char* name, std::optional<T>& value, FieldText text) {
        if (value) object(name, *value, text);
    }

private:
    Json& json_;
};

class JsonReader {
public:
    JsonReader(const Json& json, std::string pointer, std::vector<Problem>& problems,
               std::set<std::string> known = {})
        : json_(json), pointer_(std::move(pointer)), problems_(problems), known_(std::move(known)) {}

    template <class T>
    void field(const char* name, T& value, Limits, FieldText) {
        const Json* json = find(name);
        if (json != nullptr) read(*json, pointer_ + "/" + name, value);
    }
    template <class T>
    void object(const char* name, T& value, FieldText) {
        const Json* json = find(name);
        if (json == nullptr) return;
        const std::string pointer = pointer_ + "/" + name;
        if (!json->is_object()) return report(pointer, "must be an object", *json);
        JsonReader reader(*json, pointer, problems_);
        describe(reader, value);
        reader.report_unknown_keys();
    }
    template <class T>
    void optional_object(const char* name, std::optional<T>& value, FieldText text) {
        const Json* json = find(name);
        if (json == nullptr || json->is_null()) return;
        value.emplace();
        object(name, *value, text);
    }
    void report_unknown_keys() const;

private:
    [[nodiscard]] const Json* find(const char* name);
    void report(const std::string& pointer, const std::string& expected, const Json& found);

    void read(const Json& json, const std::string& pointer, bool& value);
    void read(const Json& json, const std::string& pointer, std::int64_t& value);
    void read(const Json& json, const std::string& pointer, std::uint64_t& value);
    void read(const Json& json, const std::string& pointer, double& value);
    void read(const Json& json, const std::string& pointer, std::string& value);
    void read(const Json& json, const std::string& pointer, std::vector<std::string>& value);
    void read(const Json& json, const std::string& pointer, std::array<double, 2>& value);
    template <NamedEnum E>
    void read(const Json& json, const std::string& pointer, E& value) {
        const auto found =
            json.is_string() ? value_named<E>(json.get_ref<const std::string&>()) : std::nullopt;
        if (found) {
            value = *found;
            return;
        }
        std::string choices;
        for (const auto& [candidate, name] : EnumNames<E>::values)
            choices += (choices.empty() ? "" : ", ") + std::string(name);
        report(pointer, "must be one of " + choices, json);
    }

    const Json& json_;
    std::string pointer_;
    std::vector<Problem>& problems_;
    std::set<std::string> known_;
};

class LimitChecker {
public:
    LimitChecker(std::string pointer, std::vector<Problem>& problems)
        : pointer_(std::move(pointer)), problems_(problems) {}

    template <class T>
    void field(const char* name, const T& value, Limits limits, FieldText) {
        const std::string pointer = pointer_ + "/" + name;
        if constexpr (Number<T>)
            check_number(pointer, static_cast<double>(value), limits);
        else if constexpr (std::same_as<T, std::array<double, 2>>)
            for (std::size_t i = 0; i < 2; ++i)
                check_number(pointer + "/" + std::to_string(i), value[i], limits);
        else if constexpr (List<T> || std::same_as<T, std::string>)
            if (!limits.contains(static_cast<double>(value.size())))
                problems_.push_back({pointer, "must not be empty."});
    }
    template <class T>
    void object(const char* name, T& value, FieldText) {
        LimitChecker checker(pointer_ + "/" + name, problems_);
        describe(checker, value);
    }
    template <class T>
    void optional_object(const char* name, std::optional<T>& value, FieldText text) {
        if (value) object(name, *value, text);
    }

private:
    void check_number(const std::string& pointer, double value, Limits limits);

    std::string pointer_;
    std::vector<Problem>& problems_;
};

class SectionLister {
public:
    explicit SectionLister(SectionInfo& section) : section_(section) {}

    template <class T>
    void field(const char* name, const T& value, Limits limits, FieldText text) {
        FieldInfo info{section_.pointer + "/" + name,
                       type_of<T>(),
                       std::string(text.label),
                       std::string(text.help),
                       std::string(text.unit),
                       limits,
                       {},
                       scalar_json(value)};
        if constexpr (NamedEnum<T>)
            for (const auto& [candidate, choice] : EnumNames<T>::values)
                info.choices.emplace_back(choice);
        section_.fields.push_back(std::move(info));
    }
    template <class T>
    void object(const char* name, T& value, FieldText text) {
        SectionInfo nested{section_.pointer + "/" + name, std::string(text.label), {}, {}};
        SectionLister lister(nested);
        describe(lister, value);
        section_.sections.push_back(std::move(nested));
    }
    template <class T>
    void optional_object(const char* name, std::optional<T>& value, FieldText text) {
        if (value) object(name, *value, text);
    }

private:
    template <class T>
    [[nodiscard]] static constexpr FieldInfo::Type type_of() {
        using enum FieldInfo::Type;
        if constexpr (NamedEnum<T>)
            return choice;
        else if constexpr (std::same_as<T, bool>)
            return boolean;
        else if constexpr (std::integral<T>)
            return integer;
        else if constexpr (std::floating_point<T>)
            return real;
        else if constexpr (std::same_as<T, std::string>)
            return text;
        else if constexpr (std::same_as<T, std::vector<std::string>>)
            return text_list;
        else
            return real_list;
    }
    SectionInfo& section_;
};

} // namespace retort
