// SPDX-License-Identifier: GPL-3.0-or-later
// Which window of which domain each sequence of a batch is. A pure function of (seed, schedule, window
// counts) and of how much was drawn, so that a restart in mid-epoch is exact.
#pragma once

#include "base/philox.h"
#include "spec/run_spec.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace retort {

struct SampledSequence {
    std::int64_t domain = 0; ///< index into the sampler's domains
    std::int64_t window = 0;
    bool operator==(const SampledSequence&) const = default;
};

/// One thread at a time.
class Sampler {
public:
    struct Options {
        std::uint64_t seed = 1;
        ScheduleSpec schedule;
        std::vector<std::string> domains;
        std::vector<std::int64_t> windows; ///< of the train split, in the order of domains; each at least 1
        std::int64_t batch = 1;            ///< sequences of a micro-batch
        std::int64_t accumulate = 1;       ///< micro-batches of an optimiser step
        std::int64_t total_steps = 1;      ///< for `sequential`, which shares them equally
        double replay = 0; ///< of `sequential`: share of a stage's sequences that are of earlier stages
    };
    /// Throws Error{data} when a domain has no window.
    explicit Sampler(Options options);

    /// Sequences of the next micro-batch, `batch` of them. Each domain's windows come in a permutation of
    /// their own for each epoch, keyed by the domain's name and not by its place.
    ///
    /// - balanced: batch / domains of each domain, in domain order; what does not divide goes round in turn;
    /// - random: each sequence's domain uniformly;
    /// - proportional: each sequence's domain with the probability of its share of the windows;
    /// - sequential: one domain after the other, equal shares of the steps (spec/stages.h). Of the first n
    ///   sequences of a stage from the second on, floor(n × replay) are of the earlier domains in turn:
    ///   windows that their own stages drew, in that order, and round again;
    /// - cyclic: `block` optimiser steps of one domain, then of the next.
    [[nodiscard]] std::vector<SampledSequence> next();

    struct State {
        std::int64_t micro_batches = 0;               ///< drawn so far
        std::map<std::string, std::int64_t> drawn;    ///< sequences of each domain
        std::map<std::string, std::int64_t> replayed; ///< of each domain, after its stage
        bool operator==(const State&) const = default;
    };
    [[nodiscard]] State state() const { return state_; }
    void restore(State state) { state_ = std::move(state); }

private:
    /// Domain of sequence `place` of the next micro-batch.
    [[nodiscard]] std::int64_t domain_of(std::int64_t place) const;
    [[nodiscard]] SampledSequence staged(std::int64_t place);
    [[nodiscard]] std::int64_t balanced_domain(std::int64_t place) const;
    [[nodiscard]] std::int64_t random_domain(std::int64_t place) const;
    [[nodiscard]] SampledSequence draw(std::int64_t domain);
    [[nodiscard]] SampledSequence replay(std::int64_t domain);
    [[nodiscard]] SampledSequence drawn_as(std::int64_t domain, std::int64_t number);
    [[nodiscard]] const std::vector<std::int64_t>& permutation(std::int64_t domain, std::int64_t epoch);

    struct Epoch {
        std::int64_t number = -1;
        std::vector<std::int64_t> order;
    };
    Options options_;
    std::vector<std::int64_t> by_name_; ///< the domains' places in the order of their names
    State state_;
    std::vector<Epoch> epochs_; ///< the permutation in use, by domain
};

} // namespace retort
