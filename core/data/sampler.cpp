// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sampler.h"

#include "base/error.h"
#include "spec/stages.h"

#include <algorithm>
#include <numeric>

namespace retort {
namespace {

std::vector<std::int64_t> counting(std::int64_t count) {
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
    return numbers;
}

std::uint64_t as_unsigned(std::int64_t number) {
    return static_cast<std::uint64_t>(number);
}

} // namespace

Sampler::Sampler(Options options) : options_(std::move(options)) {
    const auto domains = std::ssize(options_.domains);
    if (domains == 0 || std::ssize(options_.windows) != domains || options_.batch < 1 ||
        options_.accumulate < 1)
        throw Error(ErrorKind::internal,
                    "The sampler's options contradict each other; this is a defect in Retort.");
    for (std::size_t d = 0; d < options_.domains.size(); ++d)
        if (options_.windows[d] < 1)
            throw Error(ErrorKind::data,
                        "The domain " + options_.domains[d] +
                            " has less training text than one window; shorten the context or "
                            "choose a larger corpus.");
    by_name_ = counting(domains);
    std::ranges::sort(by_name_, {}, [this](std::int64_t d) { return options_.domains[as_unsigned(d)]; });
    epochs_.resize(options_.domains.size());
}

std::vector<SampledSequence> Sampler::next() {
    std::vector<SampledSequence> batch;
    const bool has_stages = options_.schedule.kind == ScheduleKind::sequential;
    for (std::int64_t place = 0; place < options_.batch; ++place)
        batch.push_back(has_stages ? staged(place) : draw(domain_of(place)));
    ++state_.micro_batches;
    return batch;
}

std::int64_t Sampler::domain_of(std::int64_t place) const {
    const auto domains = std::ssize(options_.domains);
    const std::int64_t step = state_.micro_batches / options_.accumulate;
    switch (options_.schedule.kind) {
    case ScheduleKind::balanced:
        return balanced_domain(place);
    case ScheduleKind::random:
    case ScheduleKind::proportional:
        return random_domain(place);
    case ScheduleKind::sequential:
        return stage_after(step, domains, options_.total_steps);
    case ScheduleKind::cyclic:
        return step / std::max<std::int64_t>(options_.schedule.block, 1) % domains;
    }
    return 0;
}

std::int64_t Sampler::balanced_domain(std::int64_t place) const {
    const auto domains = std::ssize(options_.domains);
    const std::int64_t each = options_.batch / domains, left = options_.batch % domains;
    if (place < each * domains) return place / each;
    return (state_.micro_batches * left + place - each * domains) % domains;
}

/// Names and not places decide, so that a file's order of domains changes nothing.
std::int64_t Sampler::random_domain(std::int64_t place) const {
    const bool uniform = options_.schedule.kind == ScheduleKind::random;
    const auto weight = [&](std::int64_t d) { return uniform ? 1 : options_.windows[as_unsigned(d)]; };
    std::int64_t total = 0;
    for (const std::int64_t d : by_name_)
        total += weight(d);
    const RandomStream random(options_.seed, "schedule");
    auto ticket = static_cast<std::int64_t>(
        random.below(as_unsigned(total), as_unsigned(state_.micro_batches), as_unsigned(place)));
    for (const std::int64_t d : by_name_)
        if ((ticket -= weight(d)) < 0) return d;
    return by_name_.back();
}

SampledSequence Sampler::staged(std::int64_t place) {
    const std::int64_t stage = domain_of(place);
    if (stage == 0 || options_.replay == 0) return draw(stage);
    const std::int64_t begin = stage_begin(stage, std::ssize(options_.domains), options_.total_steps);
    const std::int64_t number =
        (state_.micro_batches - begin * options_.accumulate) * options_.batch + place; // of this stage
    const auto replays = [this](std::int64_t count) {
        // A share such as 0.29 is a little less than its decimal: 100 of them are 29, not 28.
        return static_cast<std::int64_t>(static_cast<double>(count) * options_.replay + 1e-9);
    };
    const std::int64_t before = replays(number);
    return replays(number + 1) > before ? replay(before % stage) : draw(stage);
}

SampledSequence Sampler::draw(std::int64_t domain) {
    return drawn_as(domain, state_.drawn[options_.domains[as_unsigned(domain)]]++);
}

SampledSequence Sampler::replay(std::int64_t domain) {
    const std::string& name = options_.domains[as_unsigned(domain)];
    return drawn_as(domain, state_.replayed[name]++ % state_.drawn[name]);
}

/// The sequence of a domain that is the `number`th to be drawn of it.
SampledSequence Sampler::drawn_as(std::int64_t domain, std::int64_t number) {
    const std::int64_t windows = options_.windows[as_unsigned(domain)];
    return {domain, permutation(domain, number / windows)[as_unsigned(number % windows)]};
}

/// The Fisher–Yates shuffle of one epoch.
const std::vector<std::int64_t>& Sampler::permutation(std::int64_t domain, std::int64_t epoch) {
    Epoch& kept = epochs_[as_unsigned(domain)];
    if (kept.number == epoch) return kept.order;
    const RandomStream random(options_.seed, "sampler", options_.domains[as_unsigned(domain)]);
    kept = {epoch, counting(options_.windows[as_unsigned(domain)])};
    for (std::size_t i = kept.order.size(); i > 1; --i)
        std::swap(kept.order[i - 1], kept.order[random.below(i, as_unsigned(epoch), i - 1)]);
    return kept.order;
}

} // namespace retort
