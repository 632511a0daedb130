// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/modular/evaluate_modular.h"

#include "engine/modular/modular_scorer.h"
#include "engine/routing/routing_questions.h"
#include "engine/training_data.h"
#include "nn/trainee.h"
#include "spec/run_spec_fields.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <limits>
#include <numeric>

namespace retort {
namespace {

std::vector<GridSetting> settings_of(const ModularQuestion& question) {
    std::vector<GridSetting> settings = {main_setting(question.spec)};
    if (!question.with_grid) return settings;
    for (GridSetting& setting : grid_of(question.spec))
        settings.push_back(std::move(setting));
    return settings;
}

class ModularEvaluator {
public:
    ModularEvaluator(const ModularModel& model, const ModularQuestion& question, const TokenStore& store,
                     at::Device device, ShareTeam& team, const std::function<void()>& interrupt)
        : spec_(question.spec),
          routes_(question.routes),
          tokenizer_(question.routes.router() == nullptr ? std::filesystem::path() : question.tokenizer),
          store_(store),
          device_(device),
          team_(team),
          experts_(experts_of(spec_)),
          settings_(settings_of(question)),
          scorer_(model, settings_, spec_.evaluation->abstention) {
        context_.between_layers = interrupt;
        describe_routing(question.step);
    }

    ModularEvaluation run() {
        for (std::size_t domain = 0; domain < spec_.data.domains.size(); ++domain)
            evaluate_domain(domain);
        if (!tokenizer_.empty())
            result_.routing.examples = examples_of(*routes_.router(), Tokenizer(tokenizer_), store_,
                                                   spec_.data, result_.routing, std::move(routed_));
        return std::move(result_);
    }

private:
    void describe_routing(std::int64_t step) {
        RoutingEvaluation& routing = result_.routing;
        routing.kind = "modular";
        if (spec_.evaluation->route == RouteBy::router && spec_.router)
            routing.classifier = name_of(spec_.router->classifier);
        routing.length = spec_.data.context;
        routing.step = step;
        routing.rows = spec_.data.domains;
        routing.columns = experts_;
        routing.columns.emplace_back(unknown_domain);
        routing.counts.assign(routing.rows.size() * routing.columns.size(), 0);
        routing.forced = routing.counts;
        routing.unknown_auroc = routing.log_loss = routing.risk_area =
            std::numeric_limits<double>::quiet_NaN();
    }

    void evaluate_domain(std::size_t domain) {
        const std::string& name = spec_.data.domains[domain];
        rows_.assign(settings_.size() + experts_.size(), {});
        windows_ = evaluation_windows(store_, name, spec_.data.context, spec_.run.eval_tokens);
        read_ = 0;
        for (const at::Tensor& windows : evaluation_batches(store_, spec_, name))
            evaluate_batch(domain, windows);
        for (std::size_t s = 0; s < settings_.size(); ++s)
            finish(rows_[s], name, "", s == 0 ? "" : name_of(settings_[s], experts_));
        for (std::size_t e = 0; e < experts_.size(); ++e)
            if (EvaluationRow& row = rows_[settings_.size() + e]; row.tokens > 0)
                finish(row, name, experts_[e], "");
    }

    void finish(EvaluationRow& row, const std::string& domain, const std::string& expert,
                const std::string& setting) {
        row.domain = domain;
        row.expert = expert;
        row.setting = setting;
        result_.rows.push_back(std::move(row));
    }

    void evaluate_batch(std::size_t domain, const at::Tensor& windows) {
        const std::vector<BatchShare> shares = cut_batch(windows, team_, device_);
        const std::vector<std::string> labels(static_cast<std::size_t>(windows.size(0)),
                                              spec_.data.domains[domain]);
        const std::vector<RouteEvidence> evidence =
            routes_.decide(windows.slice(1, 0, spec_.data.context), labels);
        std::vector<std::vector<std::vector<SequenceScore>>> scores(shares.size());
        const auto of_share = [&](std::size_t i) {
            return std::span(evidence).subspan(static_cast<std::size_t>(shares[i].first_sequence),
                                               static_cast<std::size_t>(shares[i].batch.inputs.size(0)));
        };
        team_.run(shares.size(),
                  [&](std::size_t i) { scores[i] = scorer_.score(shares[i].batch, of_share(i), context_); });
        for (std::size_t i = 0; i < shares.size(); ++i)
            add(domain, shares[i].batch.targets.cpu(), of_share(i), scores[i]);
    }

    void add(std::size_t domain, const at::Tensor& targets, std::span<const RouteEvidence> evidence,
             const std::vector<std::vector<SequenceScore>>& scores) {
        const std::int64_t length = targets.numel() / std::ssize(evidence);
        const auto* ids = targets.data_ptr<std::int64_t>();
        for (std::size_t i = 0; i < evidence.size(); ++i, ids += length) {
            std::int64_t bytes = 0;
            for (std::int64_t t = 0; t < length; ++t)
                bytes += store_.piece_bytes()[static_cast<std::size_t>(ids[t])];
            for (std::size_t s = 0; s < settings_.size(); ++s)
                add(rows_[s], scores[s][i], length, bytes);
            count(domain, evidence[i]);
            const Combination main = scorer_.combination(0, evidence[i]);
            if (main.experts.size() == 1)
                add(rows_[settings_.size() + main.experts.front()], scores[0][i], length, bytes);
        }
    }

    static void add(EvaluationRow& row, const SequenceScore& score, std::int64_t tokens, std::int64_t bytes) {
        row.nll += score.nll;
        row.correct += score.correct;
        row.tokens += tokens;
        row.bytes += bytes;
    }

    void count(std::size_t domain, const RouteEvidence& evidence) {
        RoutingEvaluation& routing = result_.routing;
        std::vector<std::size_t> all(experts_.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        const std::size_t chosen = evidence.strongest(all).value_or(experts_.size()),
                          decided = evidence.is_unknown ? experts_.size() : chosen,
                          row = domain * routing.columns.size();
        ++routing.forced[row + chosen];
        ++routing.counts[row + decided];
        const std::int64_t window = windows_[read_++];
        if (!tokenizer_.empty())
            routed_.push_back({static_cast<std::int64_t>(domain), static_cast<std::int64_t>(decided), window,
                               evidence.scores});
    }

    const RunSpec& spec_;
    const SequenceRoutes& routes_;
    std::filesystem::path tokenizer_; ///< empty: no texts are kept
    const TokenStore& store_;
    at::Device device_;
    ShareTeam& team_;
    std::vector<std::string> experts_;
    std::vector<GridSetting> settings_;
    ModularScorer scorer_;
    ForwardContext context_;
    std::vector<EvaluationRow> rows_;   ///< of the domain under way: settings, then experts
    std::vector<std::int64_t> windows_; ///< of the domain under way
    std::size_t read_ = 0;              ///< of them
    std::vector<RoutedWindow> routed_;  ///< of all domains, where texts are kept
    ModularEvaluation result_;
};

} // namespace

ModularEvaluation evaluate_modular(const ModularModel& model, const ModularQuestion& question,
                                   const TokenStore& store, const std::string& device, ShareTeam& team,
                                   const std::function<void()>& interrupt) {
    return ModularEvaluator(model, question, store, at::Device(device), team, interrupt).run();
}

} // namespace retort
