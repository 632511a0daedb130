// SPDX-License-Identifier: GPL-3.0-or-later
// What every classifier of a router can do. Classes are 0 … classes - 1.
#pragma once

#include "router/sparse_rows.h"
#include "spec/router_spec.h"

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <stop_token>

namespace retort {

struct LabelledRows {
    const SparseRows& rows;
    std::span<const std::int32_t> labels; ///< a class for each row
    std::int64_t classes = 0;
};

class ClassifierModel {
public:
    virtual ~ClassifierModel() = default;

    /// Learns from scratch. The same rows, labels and seed give the same model. Throws Error{interrupted} on
    /// a stop, Error{data} where a class has no row.
    virtual void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) = 0;

    /// Adds up to 1; `out` has `classes` elements. Thread-safe.
    virtual void probabilities(const SparseRow& row, std::span<double> out) const = 0;

    /// Weights of a linear classifier for one class, by feature; empty for the others.
    [[nodiscard]] virtual std::span<const double> weights(std::int64_t) const { return {}; }

    /// restore(state()) gives the same decisions. Long lists are binary values (little-endian); "classes" and
    /// "features" are numbers. restore() throws Error{data} on what state() never gives.
    [[nodiscard]] virtual nlohmann::json state() const = 0;
    virtual void restore(const nlohmann::json& state) = 0;
};

/// Of a specification: classifier and its own fields.
[[nodiscard]] std::unique_ptr<ClassifierModel> make_classifier(const RouterSpec& spec);

} // namespace retort
