// SPDX-License-Identifier: GPL-3.0-or-later
// A trained router: TF-IDF, a classifier, the names of the domains and the confidence below which it
// abstains.
#pragma once

#include "router/classifier.h"
#include "router/tfidf.h"
#include "spec/routing.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace retort {

struct RoutingDecision {
    std::optional<std::int64_t> domain; ///< nothing: abstained, the text is of no known domain
    std::int64_t likeliest = 0;
    double confidence = 0; ///< probability of the likeliest
    std::vector<double> probabilities;
};

struct WeightedFeature {
    std::vector<std::int32_t> tokens;
    double weight = 0;
};

/// A short input leaves every router less sure than a long one, so that each length has a threshold of its
/// own.
struct LengthThreshold {
    std::int64_t tokens = 0; ///< of inputs of at least so many
    double confidence = 0;
    bool operator==(const LengthThreshold&) const = default;
};

/// Reading is thread-safe.
class Router {
public:
    /// `labels` index `domains`. Throws Error{data} where a domain has no sequence with a feature,
    /// Error{interrupted} on a stop.
    [[nodiscard]] static Router train(const RouterSpec& spec, std::vector<std::string> domains,
                                      std::span<const Sequence> sequences,
                                      std::span<const std::int32_t> labels, std::uint64_t seed,
                                      std::stop_token stop = {});

    static constexpr const char* file_name = "router.cbor"; ///< in its folder
    /// Throws Error{data} when the file is missing or damaged.
    [[nodiscard]] static Router read(const std::filesystem::path& folder);
    void write(const std::filesystem::path& folder) const;

    /// Of an empty sequence, or one without a known feature: the classifier's answer to an empty row,
    /// abstained.
    [[nodiscard]] RoutingDecision decide(Sequence sequence) const;

    [[nodiscard]] const std::vector<std::string>& domains() const { return domains_; }
    [[nodiscard]] const RouterSpec& spec() const { return spec_; }
    [[nodiscard]] std::int64_t features() const { return tfidf_.features(); }
    /// The least confidence of a decision on an input of so many tokens.
    [[nodiscard]] double threshold(std::int64_t tokens) const;
    /// By rising tokens; inputs that are shorter than the first count as it.
    void set_thresholds(std::vector<LengthThreshold> thresholds) { thresholds_ = std::move(thresholds); }
    void set_threshold(double confidence) { set_thresholds({{0, confidence}}); }

    /// Which runs of tokens spoke for a domain, strongest first; for a linear classifier its weights times
    /// the row, less their mean over the domains; for the others what leaving the feature out takes from the
    /// probability, for the heaviest features of the row. A feature is named where it first stands.
    [[nodiscard]] std::vector<TokenEvidence> evidence(Sequence sequence, std::int64_t domain,
                                                      std::size_t most = 30) const;
    /// The features that speak most for a domain; empty for a classifier without weights.
    [[nodiscard]] std::vector<WeightedFeature> top_features(std::int64_t domain, std::size_t most) const;

private:
    Router(const RouterSpec& spec, std::vector<std::string> domains);
    [[nodiscard]] static Router restored(const nlohmann::json& json);
    [[nodiscard]] double relative_weight(std::int64_t domain, std::size_t feature) const;
    [[nodiscard]] std::vector<double> contributions(const SparseRow& row, std::int64_t domain) const;

    static constexpr std::size_t most_left_out = 256; ///< features that evidence() tries a text without

    RouterSpec spec_;
    std::vector<std::string> domains_;
    Tfidf tfidf_;
    std::unique_ptr<ClassifierModel> model_;
    std::vector<LengthThreshold> thresholds_ = {{}};
};

} // namespace retort
