// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/modular_model.h"

#include "nn/distillation_head.h"
#include "nn/modular_folder.h"
#include "spec/grid.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <numeric>

namespace retort {
namespace {

using Rows = std::vector<std::int64_t>;

bool follow_each_other(const Rows& rows) {
    for (std::size_t i = 1; i < rows.size(); ++i)
        if (rows[i] != rows[i - 1] + 1) return false;
    return true;
}

at::Tensor index_of(const Rows& rows, const at::Tensor& like) {
    return at::tensor(rows, at::kLong).to(like.device());
}

at::Tensor rows_of(const at::Tensor& x, const Rows& rows) {
    if (follow_each_other(rows)) return x.slice(0, rows.front(), rows.back() + 1);
    return x.index_select(0, index_of(rows, x));
}

/// The same pass for some of the sequences.
ForwardContext context_of(const ForwardContext& context, const Rows& rows) {
    ForwardContext part = context;
    part.sequences.clear();
    for (const std::int64_t row : rows)
        part.sequences.push_back(context.sequences.empty()
                                     ? context.first_sequence + row
                                     : context.sequences[static_cast<std::size_t>(row)]);
    return part;
}

/// Undoes the order in which groups were put one after the other.
at::Tensor in_order(const at::Tensor& grouped, const Rows& order) {
    if (follow_each_other(order)) return grouped;
    Rows place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        place[static_cast<std::size_t>(order[i])] = static_cast<std::int64_t>(i);
    return grouped.index_select(0, index_of(place, grouped));
}

} // namespace

ModularShape modular_shape_of(const RunSpec& spec, std::int64_t vocab) {
    const ModularSpec& modular = *spec.modular;
    return {shape_of(spec.model, vocab, spec.data.context), modular.architecture, experts_of(spec),
            modular.head_bias && modular.architecture != Architecture::ple, modular.common_weight};
}

ModularModel::ModularModel(const ModularShape& shape, std::uint64_t seed, ModelInit init, ExpertInit begin)
    : shape_(shape) {
    const std::size_t tables = shares_tables() ? 1 : shape.experts.size();
    for (std::size_t i = 0; i < tables; ++i)
        tables_.push_back(TokenTables::fresh(shape.body.vocab, shape.body.width, shape.body.tied,
                                             shape.head_bias, init, seed));
    const auto add = [&](const std::string& prefix) {
        bodies_.emplace_back(shape.body, seed, begin == ExpertInit::own ? prefix : "");
    };
    for (const std::string& expert : shape.experts)
        add("experts." + expert + ".");
    if (has_common()) add("common.");
}

std::unique_ptr<LanguageModel> ModularModel::clone() const {
    return std::make_unique<ModularModel>(*this);
}

at::Tensor ModularModel::hidden(std::size_t body, const at::Tensor& tokens,
                                const ForwardContext& context) const {
    return bodies_[body].forward(tables_of(body).embed(tokens, context), context);
}

double ModularModel::common_weight_beside(std::size_t experts) const {
    const double w = shape_.common_weight, odds = w / (1 - w);
    return experts == 1 ? w : odds / (static_cast<double>(experts) + odds);
}

HeadInput ModularModel::head(std::size_t body, const at::Tensor& hidden) const {
    const TokenTables& tables = tables_of(body);
    return {hidden, tables.head_weight(), tables.bias};
}

at::Tensor ModularModel::routed(const at::Tensor& embedded, std::span<const std::int64_t> experts,
                                const ForwardContext& context) const {
    std::vector<at::Tensor> parts;
    Rows order;
    for (std::size_t expert = 0; expert < shape_.experts.size(); ++expert) {
        Rows rows;
        for (std::size_t row = 0; row < experts.size(); ++row)
            if (experts[row] == static_cast<std::int64_t>(expert))
                rows.push_back(static_cast<std::int64_t>(row));
        if (rows.empty()) continue;
        parts.push_back(bodies_[expert].forward(rows_of(embedded, rows), context_of(context, rows)));
        order.insert(order.end(), rows.begin(), rows.end());
    }
    return parts.size() == 1 ? parts.front() : in_order(at::cat(parts), order);
}

at::Tensor ModularModel::forward(const ModelInput& input, const ForwardContext& context) const {
    const at::Tensor embedded = tables_.front().embed(input.tokens, context);
    const at::Tensor own = routed(embedded, input.experts, context);
    if (!has_common()) return own;
    ForwardContext of_common = context;
    of_common.site = "common.";
    return at::lerp(own, bodies_.back().forward(embedded, of_common), shape_.common_weight);
}

void ModularModel::visit(const std::function<void(const std::string&, at::Tensor&)>& visit) {
    const auto prefix = [&](std::size_t body) {
        return body < shape_.experts.size() ? "experts." + shape_.experts[body] + "." : "common.";
    };
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        const std::string owner = shares_tables() ? "" : prefix(i);
        tables_[i].visit(owner + "wte.weight", owner + "lm_head.", visit);
    }
    for (std::size_t i = 0; i < bodies_.size(); ++i)
        bodies_[i].visit(
            [&](const std::string& name, at::Tensor& tensor) { visit(prefix(i) + name, tensor); });
}

std::vector<NamedTensor> ModularModel::parameters() const {
    std::vector<NamedTensor> all;
    ModularModel copy = *this;
    copy.visit([&](const std::string& name, at::Tensor& tensor) { all.push_back({name, tensor}); });
    return all;
}

void ModularModel::convert(const std::function<at::Tensor(const at::Tensor&)>& convert) {
    visit([&](const std::string&, at::Tensor& tensor) { tensor = convert(tensor); });
}

void ModularModel::write(const std::filesystem::path& folder, const std::vector<NamedTensor>& weights) const {
    write_modular_model(folder, shape_, weights);
}

ModularModel ModularModel::averaged(const std::vector<std::size_t>& experts) const {
    const at::NoGradGuard no_grad;
    ModularModel mean = *this;
    mean.shape_.experts = {"average"};
    mean.bodies_ = {bodies_[experts.front()]};
    if (has_common()) mean.bodies_.push_back(bodies_.back());
    if (!shares_tables()) mean.tables_ = {tables_[experts.front()]};
    const std::string prefix = "experts.average.";
    const std::vector<NamedTensor> all = parameters();
    mean.visit([&](const std::string& name, at::Tensor& tensor) {
        if (!name.starts_with(prefix)) return;
        at::Tensor sum;
        for (const std::size_t expert : experts) {
            const std::string own = "experts." + shape_.experts[expert] + "." + name.substr(prefix.size());
            const at::Tensor value = std::ranges::find(all, own, &NamedTensor::name)->tensor.detach();
            sum = sum.defined() ? sum + value : value;
        }
        tensor = experts.size() == 1 ? sum : sum / static_cast<double>(experts.size());
    });
    return mean;
}

} // namespace retort
