// SPDX-License-Identifier: GPL-3.0-or-later
// Who reads a sequence of a modular model: what the label, the router or a wish to be wrong says for each.
#pragma once

#include "router/router.h"
#include "spec/run_spec.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace at {
class Tensor;
}

namespace retort {

/// What speaks for each expert to read one sequence.
struct RouteEvidence {
    std::vector<double> scores; ///< by expert; all 0 when nothing speaks for any
    bool is_unknown = false;    ///< the router abstained

    /// The strongest among `present` (places of experts, not empty), the first of equals; nothing when
    /// nothing speaks for any of them.
    [[nodiscard]] std::optional<std::size_t> strongest(std::span<const std::size_t> present) const;
};

/// Reading is thread-safe.
class SequenceRoutes {
public:
    /// `router_folder` may be empty when `by` is not the router. Throws Error{data} when the router was
    /// trained on other domains than the experts'.
    SequenceRoutes(const RunSpec& spec, RouteBy by, const std::filesystem::path& router_folder);

    /// For each row of `inputs` [B, T] int64, whose domains are `labels`. With a router of unit batch, one
    /// decision for each `router.batch` rows that follow each other.
    [[nodiscard]] std::vector<RouteEvidence> decide(const at::Tensor& inputs,
                                                    std::span<const std::string> labels) const;
    /// Null where none is asked.
    [[nodiscard]] const Router* router() const { return router_ ? &*router_ : nullptr; }

private:
    [[nodiscard]] RouteEvidence of_label(const std::string& label) const;
    [[nodiscard]] RouteEvidence of_router(const at::Tensor& rows) const;

    std::vector<std::string> experts_;
    RouteBy by_;
    std::int64_t unit_; ///< rows that the router decides for together
    std::optional<Router> router_;
    std::vector<std::size_t> known_; ///< the router's class of each expert
};

} // namespace retort
