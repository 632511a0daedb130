// SPDX-License-Identifier: GPL-3.0-or-later
// The router of a finished run with its tokenizer: text in, decision out.
#pragma once

#include "data/tokenizer.h"
#include "router/router.h"
#include "spec/artifact.h"
#include "spec/run_record.h"

#include <string_view>
#include <utility>

namespace retort {

struct RoutedText {
    RoutingDecision decision;
    std::int64_t tokens = 0;
    std::vector<std::string> pieces;     ///< text of the first tokens, at most 2 kB
    std::vector<TokenEvidence> evidence; ///< for the likeliest domain, within these
};

/// Reading is thread-safe.
class TrainedRouter {
public:
    /// Throws Error{usage} when the run is none of the task router, Error{data} when it has not finished or
    /// its files are gone.
    TrainedRouter(const RunRecord& run, ArtifactStore& artifacts);

    /// Throws Error{data} for text that is not UTF-8.
    [[nodiscard]] RoutingDecision decide(std::string_view text) const;
    /// The same with what a person wants to see.
    [[nodiscard]] RoutedText explain(std::string_view text) const;

    [[nodiscard]] const Router& router() const { return router_; }
    /// The features that speak most for a domain, as text.
    [[nodiscard]] std::vector<std::pair<std::string, double>> top_features(std::int64_t domain,
                                                                           std::size_t most) const;

private:
    [[nodiscard]] std::vector<std::int32_t> encode(std::string_view text) const;

    Router router_;
    Tokenizer tokenizer_;
};

} // namespace retort
