// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/modular/modular_scorer.h"

#include "nn/mixture.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace retort {
namespace {

using Places = std::vector<std::size_t>;
using Rows = std::vector<std::int64_t>;

Places places_of(const std::vector<std::string>& names, const std::vector<std::string>& all) {
    Places places;
    for (const std::string& name : names)
        places.push_back(static_cast<std::size_t>(std::ranges::find(all, name) - all.begin()));
    std::ranges::sort(places);
    return places;
}

at::Tensor selected(const at::Tensor& x, const Rows& rows) {
    if (x.size(0) == static_cast<std::int64_t>(rows.size())) return x; // all of them, in order
    return x.index_select(0, at::tensor(rows, at::kLong).to(x.device()));
}

std::vector<SequenceScore> by_sequence(const TokenScores& scores, std::int64_t sequences) {
    const at::Tensor nll = scores.nll.view({sequences, -1}).sum(1, false, at::kDouble),
                     correct = scores.correct.view({sequences, -1}).sum(1, false, at::kLong);
    std::vector<SequenceScore> all;
    for (std::int64_t i = 0; i < sequences; ++i)
        all.push_back({nll[i].item<double>(), correct[i].item<std::int64_t>()});
    return all;
}

} // namespace

ModularScorer::ModularScorer(const ModularModel& model, std::vector<GridSetting> settings,
                             Abstention abstention)
    : model_(model), settings_(std::move(settings)), abstention_(abstention) {
    for (const GridSetting& setting : settings_) {
        present_.push_back(places_of(setting.experts, model.shape().experts));
        const Places& present = present_.back();
        if (setting.mixing == Mixing::parameters && present.size() > 1)
            averaged_.try_emplace(present, model.averaged(present));
    }
}

Combination ModularScorer::of_several(Mixing mixing, const Places& experts, bool common) const {
    return {experts.size() == 1 ? Mixing::top1 : mixing, experts, common};
}

Combination ModularScorer::combination(std::size_t s, const RouteEvidence& evidence) const {
    const GridSetting& setting = settings_[s];
    const Places& present = present_[s];
    if (present.empty()) return {Mixing::top1, {}, true};
    if (setting.mixing != Mixing::top1 || present.size() == 1)
        return of_several(setting.mixing, present, setting.common);
    if (evidence.is_unknown && abstention_ == Abstention::common) return {Mixing::top1, {}, true};
    if (evidence.is_unknown && abstention_ == Abstention::mixture)
        return of_several(Mixing::posterior, present, setting.common);
    if (const auto expert = evidence.strongest(present)) return {Mixing::top1, {*expert}, setting.common};
    return of_several(Mixing::average, present, setting.common); // the right one is not there
}

/// One batch; hidden states of a body are made when they are first asked for, for all its sequences that any
/// setting needs.
class ModularScorer::Pass {
public:
    Pass(const ModularScorer& scorer, const Batch& batch, const ForwardContext& context)
        : scorer_(scorer), model_(scorer.model_), batch_(batch), context_(context) {}

    void want(const Combination& combination, std::int64_t row) { wanted_[combination].push_back(row); }

    /// By combination, in the order of want().
    std::map<Combination, std::vector<SequenceScore>> run() {
        std::map<Combination, std::vector<SequenceScore>> scores;
        for (const auto& [combination, rows] : wanted_)
            scores[combination] = by_sequence(score(combination, rows), std::ssize(rows));
        return scores;
    }

private:
    at::Tensor targets_of(const Rows& rows) const {
        return selected(batch_.targets.view({batch_.inputs.size(0), -1}), rows).reshape({-1});
    }

    TokenScores score(const Combination& c, const Rows& rows) {
        const at::Tensor targets = targets_of(rows);
        if (c.mixing == Mixing::parameters) return score_tokens(averaged_head(c, rows), targets);
        const bool mixes_hidden = c.mixing == Mixing::top1 || model_.shares_tables();
        if (c.mixing != Mixing::posterior && mixes_hidden) return score_tokens(head_of(c, rows), targets);
        return score_parts(c, rows, targets);
    }

    /// Each expert's own head, and their probabilities mixed.
    TokenScores score_parts(const Combination& c, const Rows& rows, const at::Tensor& targets) {
        std::vector<HeadInput> parts;
        std::vector<at::Tensor> nll;
        for (const std::size_t expert : c.experts)
            parts.push_back(head_of({Mixing::top1, {expert}, c.common}, rows));
        const auto count = std::ssize(parts);
        if (c.mixing == Mixing::average)
            return score_mixture(parts, at::full({count, targets.size(0)}, 1.0 / static_cast<double>(count)),
                                 targets);
        for (const HeadInput& part : parts)
            nll.push_back(score_tokens(part, targets).nll.view({std::ssize(rows), -1}));
        const at::Tensor weights = posterior_weights(at::stack(nll)).view({count, -1});
        return score_mixture(parts, weights.to(targets.device()), targets);
    }

    /// Head on the mean of hidden states.
    HeadInput head_of(const Combination& c, const Rows& rows) {
        if (c.experts.empty()) return on(model_, model_.common(), hidden(model_.common(), rows));
        at::Tensor sum = hidden(c.experts.front(), rows);
        for (std::size_t i = 1; i < c.experts.size(); ++i)
            sum = sum + hidden(c.experts[i], rows);
        const std::size_t count = c.experts.size();
        if (count > 1) sum = sum / static_cast<double>(count);
        return on(model_, c.experts.front(), c.common ? with_common(sum, rows, count) : sum);
    }

    at::Tensor with_common(const at::Tensor& mean, const Rows& rows, std::size_t experts) {
        return at::lerp(mean, hidden(model_.common(), rows), model_.common_weight_beside(experts));
    }

    HeadInput averaged_head(const Combination& c, const Rows& rows) {
        const ModularModel& mean = scorer_.averaged_.at(c.experts);
        const at::Tensor h = mean.hidden(0, selected(batch_.inputs, rows), context_);
        return on(mean, 0, c.common ? with_common(h, rows, 1) : h);
    }

    static HeadInput on(const ModularModel& model, std::size_t body, const at::Tensor& hidden) {
        return model.head(body, hidden.flatten(0, 1));
    }

    /// [rows, T, D]. The body reads all the rows that any wanted combination needs of it at once.
    at::Tensor hidden(std::size_t body, const Rows& rows) {
        if (!made_.contains(body)) {
            Rows needed = rows_needing(body);
            at::Tensor states = model_.hidden(body, selected(batch_.inputs, needed), context_);
            made_.emplace(body, Made{std::move(needed), std::move(states)});
        }
        const Made& made = made_.at(body);
        if (made.rows == rows) return made.states;
        Rows places;
        for (const std::int64_t row : rows)
            places.push_back(std::ranges::lower_bound(made.rows, row) - made.rows.begin());
        return made.states.index_select(0, at::tensor(places, at::kLong).to(made.states.device()));
    }

    Rows rows_needing(std::size_t body) const {
        Rows all;
        for (const auto& [c, rows] : wanted_) {
            const bool reads = body == model_.common() && model_.has_common()
                                   ? c.common
                                   : std::ranges::count(c.experts, body) > 0;
            if (reads && (c.mixing != Mixing::parameters || body == model_.common()))
                all.insert(all.end(), rows.begin(), rows.end());
        }
        std::ranges::sort(all);
        const auto repeated = std::ranges::unique(all);
        all.erase(repeated.begin(), repeated.end());
        return all;
    }

    struct Made {
        Rows rows;
        at::Tensor states;
    };
    const ModularScorer& scorer_;
    const ModularModel& model_;
    const Batch& batch_;
    const ForwardContext& context_;
    std::map<Combination, Rows> wanted_;
    std::map<std::size_t, Made> made_; ///< by body
};

std::vector<std::vector<SequenceScore>> ModularScorer::score(const Batch& batch,
                                                             std::span<const RouteEvidence> evidence,
                                                             const ForwardContext& context) const {
    const at::NoGradGuard no_grad;
    Pass pass(*this, batch, context);
    std::map<Combination, std::map<std::size_t, std::size_t>> place; // of a sequence among those of its own
    for (std::size_t s = 0; s < settings_.size(); ++s)
        for (std::size_t i = 0; i < evidence.size(); ++i)
            place[combination(s, evidence[i])].emplace(i, 0);
    for (auto& [combination, sequences] : place) {
        std::size_t next = 0;
        for (auto& [i, at] : sequences) {
            at = next++;
            pass.want(combination, static_cast<std::int64_t>(i));
        }
    }
    const auto scores = pass.run();
    std::vector<std::vector<SequenceScore>> all(settings_.size());
    for (std::size_t s = 0; s < settings_.size(); ++s)
        for (std::size_t i = 0; i < evidence.size(); ++i) {
            const Combination c = combination(s, evidence[i]);
            all[s].push_back(scores.at(c)[place.at(c).at(i)]);
        }
    return all;
}

} // namespace retort
