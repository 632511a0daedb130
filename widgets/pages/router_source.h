// SPDX-License-Identifier: GPL-3.0-or-later
// What the Router page needs from a workspace.
#pragma once

#include "spec/routing.h"
#include "spec/run_record.h"
#include "widgets/tables/domain_features.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace retort {

struct NumberedMatrix {
    std::int64_t number = 0;      ///< by which its examples are asked for
    RoutingEvaluation evaluation; ///< may come without examples
};

/// What a router says of a text that a person has typed.
struct LiveDecision {
    std::vector<std::string> domains;  ///< that the router knows
    std::vector<double> probabilities; ///< as many; none for a text without tokens
    std::string decided;               ///< a domain, or "unknown" when it abstained
    double threshold = 0;              ///< of confidence, below which it abstains
    std::vector<std::string> pieces;   ///< text of each token; joined they are the text
    std::vector<TokenEvidence> evidence;
    std::string problem; ///< a sentence why there is no decision, else empty
};

/// All calls come from the window's thread and concern runs that the page was given.
class RouterSource {
public:
    using Decided = std::function<void(LiveDecision)>;
    using Examples = std::function<void(std::vector<RoutedExample>)>;

    virtual ~RouterSource() = default;
    /// All matrices of a run that are at hand, in any order; the page hears of more by updateRun().
    virtual std::vector<NumberedMatrix> matrices(const std::string& run) = 0;
    /// Those of a cell that were kept. The answer comes on the window's thread, at once or later; it does not
    /// come after the source has gone.
    virtual void examples(std::int64_t matrix, std::int64_t row, std::int64_t column, Examples answer) = 0;
    /// None where the classifier has no weights, or where they are not at hand; then as with matrices().
    virtual std::vector<DomainFeatures> topFeatures(const std::string& run) = 0;
    /// The answer comes on the window's thread, at once or later, in any order with others; it does not come
    /// after the source has gone. A source may leave out the answer to a text when a newer one was asked.
    virtual void decide(const std::string& run, const std::string& text, Decided answer) = 0;
};

} // namespace retort
