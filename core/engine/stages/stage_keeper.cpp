// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stages/stage_keeper.h"

#include "engine/modular/first_model.h"
#include "engine/training_data.h"
#include "nn/elastic_weights.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <regex>

namespace retort {
namespace {

std::vector<NamedTensor> copies(const std::vector<NamedTensor>& tensors) {
    std::vector<NamedTensor> all;
    for (const NamedTensor& entry : tensors)
        all.push_back({entry.name, entry.tensor.detach().clone()});
    return all;
}

/// By the end of a weight's name, because an expert may be called h or wte: transformer.h.0.attn…,
/// experts.en.h.0.…, wte.weight.
bool is_frozen(const FreezeSpec& freeze, const std::string& name) {
    static const std::regex embedding(R"((^|\.)(wte|wpe)\.weight$)");
    static const std::regex block(R"(\.h\.(\d+)\.(ln_[12]|(attn|mlp)\.c_\w+)\.\w+$)");
    if (std::regex_search(name, embedding)) return freeze.embeddings;
    std::smatch found;
    return std::regex_search(name, found, block) && std::stoll(found[1].str()) < freeze.layers;
}

constexpr const char* before_prefix = "before.";
constexpr const char* fisher_prefix = "fisher.";

void put(std::vector<NamedTensor>& all, const char* prefix, const std::vector<NamedTensor>& more) {
    for (const NamedTensor& entry : more)
        all.push_back({prefix + entry.name, entry.tensor});
}

std::vector<NamedTensor> taken(const std::vector<NamedTensor>& all, const std::string& prefix,
                               const std::vector<NamedTensor>& order) {
    std::vector<NamedTensor> found;
    for (const NamedTensor& weight : order)
        for (const NamedTensor& entry : all)
            if (entry.name == prefix + weight.name) found.push_back({weight.name, entry.tensor});
    return found;
}

} // namespace

StageKeeper::StageKeeper(const RunSpec& spec, const TokenStore& store, at::Device device)
    : spec_(spec), store_(store), device_(device), stages_(stages_of(spec)) {}

bool StageKeeper::ends_at(std::int64_t step) const {
    return ended_ < std::ssize(stages_) && stages_[static_cast<std::size_t>(ended_)].end <= step;
}

bool StageKeeper::ended_at(std::int64_t step) const {
    return ended_ > 0 && stages_[static_cast<std::size_t>(ended_ - 1)].end == step;
}

void StageKeeper::end_stage(Trainee& trainee, const Experts& experts, const ForwardContext& context) {
    const std::vector<NamedTensor> now = copies(trainee.weights());
    const bool is_last = is_in_last();
    std::vector<NamedTensor> of_stage;
    try {
        average(trainee);
        of_stage = fisher_of_stage(trainee, experts, context);
    } catch (...) {
        trainee.drop_gradients();
        trainee.load_weights(now, "The weights before the end of a stage");
        throw;
    }
    ++ended_;
    if (is_last) return;
    remember(trainee, std::move(of_stage));
    if (spec_.schedule.moments == StageMoments::fresh) trainee.optimizer().begin_anew();
    freeze_and_teach(trainee);
}

void StageKeeper::average(Trainee& trainee) const {
    const AverageSpec& average = spec_.remedies.average;
    if (ended_ == 0 || average.kind == StageAverage::none) return;
    const auto k = static_cast<double>(ended_ + 1);
    const double of_before = average.kind == StageAverage::running ? (k - 1) / k : average.share;
    std::vector<NamedTensor> mean = copies(trainee.weights());
    for (std::size_t i = 0; i < mean.size(); ++i)
        mean[i].tensor.lerp_(before_[i].tensor, of_before);
    trainee.load_weights(mean, "An average of stages");
}

at::Tensor StageKeeper::fisher_windows() const {
    if (spec_.remedies.ewc.strength == 0 || is_in_last()) return {};
    const std::string& domain = stages_[static_cast<std::size_t>(ended_)].domain;
    std::vector<SampledSequence> sequences;
    for (const std::int64_t window :
         spread_windows(store_, "train", domain, spec_.data.context, spec_.remedies.ewc.sequences))
        sequences.push_back({0, window});
    return read_windows(store_, "train", {domain}, spec_.data.context, sequences);
}

std::vector<NamedTensor> StageKeeper::fisher_of_stage(Trainee& trainee, const Experts& experts,
                                                      const ForwardContext& context) const {
    const at::Tensor windows = fisher_windows();
    if (!windows.defined()) return {};
    const auto readers =
        experts ? experts(ended_, windows.slice(1, 0, spec_.data.context)) : std::vector<std::int64_t>();
    return empirical_fisher(trainee, windows, readers, device_, context);
}

void StageKeeper::remember(const Trainee& trainee, std::vector<NamedTensor> of_stage) {
    const RemedySpec& remedies = spec_.remedies;
    const bool asked =
        remedies.average.kind != StageAverage::none || remedies.ewc.strength > 0 || remedies.lwf.weight > 0;
    if (asked) before_ = copies(trainee.weights());
    for (std::size_t i = 0; i < fisher_.size(); ++i)
        of_stage[i].tensor.add_(fisher_[i].tensor, remedies.ewc.decay);
    fisher_ = std::move(of_stage);
}

void StageKeeper::freeze_and_teach(Trainee& trainee) {
    const RemedySpec& remedies = spec_.remedies;
    if (remedies.freeze.layers > 0 || remedies.freeze.embeddings)
        trainee.set_learning(
            [learns = learning_weights(spec_), freeze = remedies.freeze](const std::string& name) {
                return (!learns || learns(name)) && !is_frozen(freeze, name);
            });
    if (remedies.lwf.weight == 0) return;
    before_model_ = trainee.model().clone();
    before_model_->convert([](const at::Tensor& tensor) { return tensor.detach().clone(); });
    before_model_->load(before_, "The student before");
}

std::string StageKeeper::sentence() const {
    const auto name = [&](std::int64_t stage) { return stages_[static_cast<std::size_t>(stage)].domain; };
    const std::string ended = "Stage " + std::to_string(ended_) + " of " + std::to_string(stages_.size()) +
                              " (" + name(ended_ - 1) + ") has ended";
    return ended_ == std::ssize(stages_) ? ended + "." : ended + "; " + name(ended_) + " comes next.";
}

std::string StageKeeper::folder_name() const {
    return std::to_string(ended_) + "-" + stages_[static_cast<std::size_t>(ended_ - 1)].domain;
}

StageKeeper::LentTeacher::LentTeacher(const LanguageModel* before, const Trainee::Micro& micro)
    : shares_(micro.shares), others_(micro.shares.front().teachers.size()) {
    if (before == nullptr) return;
    try {
        micro.team.run(shares_.size(), [&](std::size_t i) {
            const at::NoGradGuard no_grad;
            BatchShare& share = shares_[i];
            ForwardContext context; // a teacher has no dropout
            context.between_layers = micro.context.between_layers;
            auto experts = micro.experts;
            if (!experts.empty())
                experts = experts.subspan(static_cast<std::size_t>(share.first_sequence),
                                          static_cast<std::size_t>(share.batch.inputs.size(0)));
            const at::Tensor hidden = before->forward({share.batch.inputs, experts}, context);
            share.teachers.emplace_back(
                HeadInput{hidden.flatten(0, 1), before->head_weight(), before->head_bias()},
                share.batch.targets, false);
        });
    } catch (...) { // other students of the group go on with these shares
        take_back();
        throw;
    }
    place_ = others_;
}

StageKeeper::LentTeacher::~LentTeacher() {
    take_back();
}

void StageKeeper::LentTeacher::take_back() noexcept {
    for (BatchShare& share : shares_)
        share.teachers.erase(share.teachers.begin() +
                                 static_cast<std::ptrdiff_t>(std::min(others_, share.teachers.size())),
                             share.teachers.end());
}

std::optional<double> StageKeeper::pull(Trainee& trainee) const {
    if (fisher_.empty()) return {};
    return add_elastic_pull(trainee, spec_.remedies.ewc.strength, fisher_, before_);
}

Json StageKeeper::state() const {
    return {{"ended", ended_}};
}

std::vector<NamedTensor> StageKeeper::tensors() const {
    std::vector<NamedTensor> all;
    put(all, before_prefix, before_);
    put(all, fisher_prefix, fisher_);
    return all;
}

void StageKeeper::restore(const Json& state, const std::vector<NamedTensor>& tensors, Trainee& trainee) {
    ended_ = state.value("ended", std::int64_t{0});
    before_ = taken(tensors, before_prefix, trainee.weights());
    fisher_ = taken(tensors, fisher_prefix, trainee.weights());
    if (ended_ > 0 && ended_ < std::ssize(stages_)) freeze_and_teach(trainee);
}

} // namespace retort
