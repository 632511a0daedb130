// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/modular/sequence_routes.h"

#include "base/error.h"
#include "spec/grid.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace retort {
namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace

std::optional<std::size_t> RouteEvidence::strongest(std::span<const std::size_t> present) const {
    const auto best = std::ranges::max_element(present, {}, [&](std::size_t i) { return scores[i]; });
    return scores[*best] > 0 ? std::optional(*best) : std::nullopt;
}

SequenceRoutes::SequenceRoutes(const RunSpec& spec, RouteBy by, const std::filesystem::path& router_folder)
    : experts_(experts_of(spec)),
      by_(by),
      unit_(spec.router && spec.router->unit == RouterUnit::batch ? spec.router->batch : 1) {
    if (by_ != RouteBy::router) return;
    router_ = Router::read(router_folder);
    const auto& domains = router_->domains();
    for (const std::string& expert : experts_) {
        const auto found = std::ranges::find(domains, expert);
        if (found == domains.end())
            throw Error(ErrorKind::data, "The router knows " + joined(domains) + " but not the expert " +
                                             expert + "; train one on the domains of all experts.");
        known_.push_back(static_cast<std::size_t>(found - domains.begin()));
    }
}

RouteEvidence SequenceRoutes::of_label(const std::string& label) const {
    RouteEvidence evidence{std::vector<double>(experts_.size()), false};
    const auto found = std::ranges::find(experts_, label);
    if (found == experts_.end()) return evidence;
    const auto right = static_cast<std::size_t>(found - experts_.begin());
    evidence.scores[by_ == RouteBy::wrong ? (right + 1) % experts_.size() : right] = 1;
    return evidence;
}

RouteEvidence SequenceRoutes::of_router(const at::Tensor& rows) const {
    const at::Tensor tokens = rows.to(at::kCPU, at::kInt).contiguous();
    const RoutingDecision decision =
        router_->decide({tokens.data_ptr<std::int32_t>(), static_cast<std::size_t>(tokens.numel())});
    RouteEvidence evidence{{}, !decision.domain};
    for (const std::size_t place : known_)
        evidence.scores.push_back(decision.probabilities[place]);
    return evidence;
}

std::vector<RouteEvidence> SequenceRoutes::decide(const at::Tensor& inputs,
                                                  std::span<const std::string> labels) const {
    std::vector<RouteEvidence> all;
    if (by_ != RouteBy::router) {
        for (const std::string& label : labels)
            all.push_back(of_label(label));
        return all;
    }
    for (std::int64_t begin = 0; begin < inputs.size(0); begin += unit_) {
        const std::int64_t end = std::min(inputs.size(0), begin + unit_);
        all.insert(all.end(), static_cast<std::size_t>(end - begin), of_router(inputs.slice(0, begin, end)));
    }
    return all;
}

} // namespace retort
