// SPDX-License-Identifier: GPL-3.0-or-later
// Experts behind a router (arXiv 2407.19610). With e the body that reads a sequence, c the common body and w
// its weight:
//   PLE      logits = head_e(body_e(embedding_e(tokens)))        each expert a whole model
//   JEET     logits = head(body_e(embedding(tokens)))
//   MoE-CE   logits = head((1 − w) · body_e(embedding(tokens)) + w · body_c(embedding(tokens)))
#pragma once

#include "nn/gpt2.h"

#include <optional>
#include <string>
#include <vector>

namespace retort {

struct HeadInput;

struct ModularShape {
    Gpt2Shape body; ///< of every expert; vocab, positions and tied belong to the tables
    Architecture architecture = Architecture::jeet;
    std::vector<std::string> experts;
    bool head_bias = false;
    double common_weight = 0.5;
    bool operator==(const ModularShape&) const = default;
};

[[nodiscard]] ModularShape modular_shape_of(const RunSpec& spec, std::int64_t vocab);

/// Bodies are numbered: the experts in their order, then the common one.
class ModularModel : public LanguageModel {
public:
    /// Fresh weights: tables as a dense model of this seed; bodies likewise when `begin` is shared, so that
    /// one expert is the dense model, else from streams named experts.<name>.… and common.….
    ModularModel(const ModularShape& shape, std::uint64_t seed, ModelInit init = ModelInit::gpt2,
                 ExpertInit begin = ExpertInit::shared);
    [[nodiscard]] std::unique_ptr<LanguageModel> clone() const override;

    [[nodiscard]] const ModularShape& shape() const { return shape_; }
    [[nodiscard]] std::size_t bodies() const { return bodies_.size(); }
    [[nodiscard]] bool has_common() const { return shape_.architecture == Architecture::moe_ce; }
    [[nodiscard]] std::size_t common() const { return shape_.experts.size(); }
    /// Whether all bodies share the embedding and the head.
    [[nodiscard]] bool shares_tables() const { return shape_.architecture != Architecture::ple; }

    /// Hidden states [B, T, D] of one body alone; as in forward() for the same sequences.
    [[nodiscard]] at::Tensor hidden(std::size_t body, const at::Tensor& tokens,
                                    const ForwardContext& context) const;
    /// Weight of the common expert's hidden states beside the mean of so many experts': it weighs as much to
    /// each of them as it does beside one.
    [[nodiscard]] double common_weight_beside(std::size_t experts) const;
    /// A head on hidden states [N, D] of that body.
    [[nodiscard]] HeadInput head(std::size_t body, const at::Tensor& hidden) const;
    /// Each sequence through its expert and, in MoE-CE, the common one. Not for PLE, which is never trained
    /// as a whole.
    [[nodiscard]] at::Tensor forward(const ModelInput& input, const ForwardContext& context) const override;
    [[nodiscard]] const at::Tensor& head_weight() const override { return tables_.front().head_weight(); }
    [[nodiscard]] at::Tensor head_bias() const override { return tables_.front().bias; }

    /// wte.weight, lm_head.weight, lm_head.bias, experts.<name>.wpe.weight, …, common.…; PLE has its tables
    /// as experts.<name>.wte.weight, ….
    [[nodiscard]] std::vector<NamedTensor> parameters() const override;
    void convert(const std::function<at::Tensor(const at::Tensor&)>& convert) override;
    /// See nn/modular_folder.h.
    void write(const std::filesystem::path& folder, const std::vector<NamedTensor>& weights) const override;

    /// A model with one expert, named `average`, whose parameters are the means of those of `experts`.
    [[nodiscard]] ModularModel averaged(const std::vector<std::size_t>& experts) const;

private:
    [[nodiscard]] const TokenTables& tables_of(std::size_t body) const {
        return tables_[shares_tables() ? 0 : body];
    }
    [[nodiscard]] at::Tensor routed(const at::Tensor& embedded, std::span<const std::int64_t> experts,
                                    const ForwardContext& context) const;
    void visit(const std::function<void(const std::string& name, at::Tensor& tensor)>& visit);

    ModularShape shape_;
    std::vector<TokenTables> tables_; ///< one, or one for each expert
    std::vector<TransformerBody> bodies_;
};

} // namespace retort
