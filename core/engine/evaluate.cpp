// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate.h"

#include "engine/training_data.h"
#include "nn/trainee.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace retort {
namespace {

void add_scores(EvaluationRow& row, const TokenScores& scores, const at::Tensor& targets,
                std::span<const std::int64_t> piece_bytes) {
    row.nll += scores.nll.sum(at::kDouble).item<double>();
    row.correct += scores.correct.sum().item<std::int64_t>();
    row.tokens += targets.numel();
    const auto* ids = targets.data_ptr<std::int64_t>();
    for (std::int64_t i = 0; i < targets.numel(); ++i)
        row.bytes += piece_bytes[static_cast<std::size_t>(ids[i])];
}

EvaluationRow evaluate_domain(const Trainee& trainee, const RunSpec& spec, const TokenStore& store,
                              const std::string& domain, at::Device device, ShareTeam& team,
                              const ForwardContext& context) {
    EvaluationRow row;
    row.domain = domain;
    for (const at::Tensor& windows : evaluation_batches(store, spec, domain)) {
        const std::vector<BatchShare> shares = cut_batch(windows, team, device);
        std::vector<TokenScores> scores(shares.size());
        team.run(shares.size(), [&](std::size_t i) {
            scores[i] =
                score_tokens(trainee.score_input({shares[i].batch.inputs}, context), shares[i].batch.targets);
        });
        for (std::size_t i = 0; i < shares.size(); ++i)
            add_scores(row, scores[i], shares[i].batch.targets.cpu(), store.piece_bytes());
    }
    return row;
}

} // namespace

std::vector<EvaluationRow> evaluate(const Trainee& trainee, const RunSpec& spec, const TokenStore& store,
                                    const std::string& device, ShareTeam& team,
                                    const std::function<void()>& interrupt) {
    ForwardContext context;
    context.between_layers = interrupt;
    std::vector<EvaluationRow> rows;
    for (const std::string& domain : spec.data.domains)
        rows.push_back(evaluate_domain(trainee, spec, store, domain, at::Device(device), team, context));
    return rows;
}

} // namespace retort
