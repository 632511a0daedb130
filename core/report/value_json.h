// SPDX-License-Identifier: GPL-3.0-or-later
// Values of this folder in and out of JSON by one description each:
//
//   void describe(auto& fields, FigureRun& run) { fields("id", run.id)("label", run.label); }
//
// JSON has no word for NaN and the infinities; they are "NaN", "Infinity" and "-Infinity".
#pragma once

#include "base/csv.h"
#include "spec/run_spec_json.h"

#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace retort::value_json {

struct Writer;
struct Reader;

template <class T>
concept Described = std::is_class_v<T> && requires(Writer& writer, T& value) {
    describe(writer, value);
};

inline Json written(double value) {
    return std::isfinite(value) ? Json(value) : Json(csv_number(value));
}
inline Json written(const Json& value) {
    return value;
}
template <class T>
requires std::is_integral_v<T> || std::is_same_v<T, std::string> Json written(const T& value) {
    return value;
}
template <class T>
Json written(const std::vector<T>& values);
template <class T>
Json written(const std::optional<T>& value);
template <Described T>
Json written(const T& value);

struct Writer {
    Json json = Json::object();
    template <class T>
    Writer& operator()(const char* key, const T& value) {
        json[key] = written(value);
        return *this;
    }
};

template <class T>
Json written(const std::vector<T>& values) {
    Json list = Json::array();
    for (const T& value : values)
        list.push_back(written(value));
    return list;
}
template <class T>
Json written(const std::optional<T>& value) {
    return value ? written(*value) : Json(nullptr);
}
template <Described T>
Json written(const T& value) {
    Writer writer;
    describe(writer, const_cast<T&>(value)); // a writer leaves it as it is
    return writer.json;
}

inline void read(const Json& json, double& value) {
    if (json.is_number()) {
        value = json.get<double>();
        return;
    }
    const auto text = json.get<std::string>();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (text == "NaN")
        value = std::numeric_limits<double>::quiet_NaN();
    else if (text == "Infinity" || text == "-Infinity")
        value = text == "Infinity" ? infinity : -infinity;
    else
        throw std::invalid_argument("\"" + text + "\" is no number");
}
inline void read(const Json& json, Json& value) {
    value = json;
}
template <class T>
requires std::is_integral_v<T> || std::is_same_v<T, std::string>
void read(const Json& json, T& value) {
    value = json.get<T>();
}
template <class T>
void read(const Json& json, std::vector<T>& values);
template <class T>
void read(const Json& json, std::optional<T>& value);
template <Described T>
void read(const Json& json, T& value);

struct Reader {
    const Json& json;
    template <class T>
    Reader& operator()(const char* key, T& value) {
        read(json.at(key), value);
        return *this;
    }
};

template <class T>
void read(const Json& json, std::vector<T>& values) {
    if (!json.is_array()) throw std::invalid_argument("a list was expected in the place of " + json.dump());
    values.clear();
    for (const Json& one : json) {
        T value{};
        read(one, value);
        values.push_back(std::move(value));
    }
}
template <class T>
void read(const Json& json, std::optional<T>& value) {
    value.reset();
    if (json.is_null()) return;
    T there{};
    read(json, there);
    value = std::move(there);
}
template <Described T>
void read(const Json& json, T& value) {
    Reader reader{json};
    describe(reader, value);
}

/// Runs `reading` and turns what the JSON library throws into std::invalid_argument.
template <class Reading>
auto checked(const Reading& reading) {
    try {
        return reading();
    } catch (const Json::exception& error) {
        throw std::invalid_argument(error.what());
    }
}

} // namespace retort::value_json
