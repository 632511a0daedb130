// SPDX-License-Identifier: GPL-3.0-or-later
// What a trainee needs of a model, dense or modular. Weights are shared by copies of a model's tensors:
// clone() copies the structure, not the memory.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace retort {

class KeyValueCache;

struct NamedTensor {
    std::string name;
    at::Tensor tensor;
};

/// Rows that were taken from an embedding. They are leaves of the graph: after the backward pass their
/// gradients are what the table's would hold, which is zero for all tokens but these.
struct EmbeddedRows {
    at::Tensor table;  ///< [V, D]
    at::Tensor tokens; ///< [B, T] int64
    at::Tensor rows;   ///< [B, T, D]
};

/// How one forward pass is made.
struct ForwardContext {
    double dropout = 0;     ///< 0 in evaluation
    std::uint64_t seed = 0; ///< of the dropout streams
    std::uint64_t step = 0; ///< micro-batches before this one: the counter of the dropout streams
    std::int64_t first_sequence =
        0; ///< of this share within the micro-batch: where the dropout streams begin
    /// Numbers of the sequences within the micro-batch, where they do not follow each other from
    /// first_sequence.
    std::vector<std::int64_t> sequences = {};
    std::string site = {};                ///< before the names of the dropout streams
    KeyValueCache* cache = nullptr;       ///< of the body that reads; null: nothing was read before
    /// Where an embedding's gradient is left row by row (TokenTables::embed); null: it is the table's.
    std::vector<EmbeddedRows>* embedded = nullptr;
    std::function<void()> between_layers; ///< may throw to abandon the pass, forward or backward
};

/// Tokens [B, T] int64 and, for a modular model, the expert that reads each sequence.
struct ModelInput {
    const at::Tensor& tokens;
    std::span<const std::int64_t> experts = {};
};

class LanguageModel {
public:
    virtual ~LanguageModel() = default;
    [[nodiscard]] virtual std::unique_ptr<LanguageModel> clone() const = 0;

    /// Hidden states [B, T, D] as the head reads them.
    [[nodiscard]] virtual at::Tensor forward(const ModelInput& input,
                                             const ForwardContext& context) const = 0;
    /// [V, D] and, where there is one, [V].
    [[nodiscard]] virtual const at::Tensor& head_weight() const = 0;
    [[nodiscard]] virtual at::Tensor head_bias() const { return {}; }

    [[nodiscard]] virtual std::vector<NamedTensor> parameters() const = 0;
    /// Replaces every tensor by `convert` of it, e.g. to another type or device.
    virtual void convert(const std::function<at::Tensor(const at::Tensor&)>& convert) = 0;
    /// Writes a model of this shape with these weights, which need not be its own, into an existing folder.
    virtual void write(const std::filesystem::path& folder,
                       const std::vector<NamedTensor>& weights) const = 0;

    /// Copies values in by name. Throws Error{data} that names the first missing key or wrong shape.
    void load(const std::vector<NamedTensor>& weights, const std::string& source);

protected:
    LanguageModel() = default;
    LanguageModel(const LanguageModel&) = default;
    LanguageModel& operator=(const LanguageModel&) = default;
};

} // namespace retort
