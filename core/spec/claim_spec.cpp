// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/claim_spec.h"

#include "spec/field_visitors.h"
#include "spec/grid.h"
#include "spec/stages.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace retort {
namespace {

using Kind = ClaimMetric::Kind;
using Names = std::vector<std::string>;
using Problems = std::vector<Problem>;

constexpr std::array<std::string_view, 4> scores = {"accuracy", "precision", "recall", "f1"};

bool has(const Names& names, const std::string& name) {
    return std::ranges::count(names, name) > 0;
}

std::string listed(const Names& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::optional<ClaimMetric> parse_router_metric(std::string_view text) {
    const auto at = text.find('@');
    ClaimMetric metric{Kind::router, std::string(text.substr(0, at)), 0};
    if (std::ranges::count(scores, metric.part) == 0) return {};
    if (at == std::string_view::npos) return metric;
    const char* const end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data() + at + 1, end, metric.length);
    if (failed != std::errc() || stop != end || metric.length < 1) return {};
    return metric;
}

std::string fault_of_setting_loss(const std::string& setting, const RunSpec& spec) {
    if (spec.task != Task::modular) return "is of modular runs alone.";
    const std::vector<GridSetting> grid = grid_of(spec);
    const auto asked = parse_setting(setting, experts_of(spec));
    if (asked && std::ranges::count(grid, *asked) > 0) return {};
    return "names a setting that is not in /evaluation/grid; add " + setting + " there.";
}

std::string fault_of_router_metric(const RunSpec& spec) {
    return spec.task == Task::router ? "" : "is of runs with the task router alone.";
}

ClaimTest read_fields(const Json& json, const std::string& pointer, Problems& problems) {
    ClaimTest test;
    JsonReader reader(json, pointer, problems, {"margin", "value"});
    reader.field("kind", test.kind, any(), {});
    reader.field("variant", test.variant, any(), {});
    reader.field("reference", test.reference, any(), {});
    reader.field("metric", test.metric, any(), {});
    if (json.contains("margin")) reader.field("margin", test.margin.emplace(), any(), {});
    if (json.contains("value")) reader.field("value", test.value.emplace(), any(), {});
    reader.report_unknown_keys();
    return test;
}

void check_variant(const std::string& name, const std::string& pointer, const Names& variants,
                   Problems& problems) {
    if (!has(variants, name))
        problems.push_back(
            {pointer, name.empty() ? "must name a variant of the study."
                                   : "names no variant of the study, which has " + listed(variants) + "."});
}

void check_comparison(const ClaimTest& test, const std::string& pointer, const Names& variants,
                      Problems& problems) {
    check_variant(test.reference, pointer + "/reference", variants, problems);
    if (!test.reference.empty() && test.reference == test.variant)
        problems.push_back({pointer + "/reference", "must be another variant than the claimed one."});
    if (test.value)
        problems.push_back({pointer + "/value", "belongs to at_most and at_least alone; remove it."});
}

void check_bound(const ClaimTest& test, const std::string& pointer, Problems& problems) {
    if (!test.reference.empty())
        problems.push_back({pointer + "/reference", "belongs to alike, lower and higher alone; remove it."});
    if (!test.value)
        problems.push_back({pointer + "/value", "must be the number that the metric is compared with."});
}

void check_margin(const ClaimTest& test, const std::string& pointer, Problems& problems) {
    if (!test.margin) return;
    if (test.kind != ClaimKind::alike)
        problems.push_back({pointer + "/margin", "belongs to alike alone; remove it."});
    else if (!(*test.margin > 0))
        problems.push_back({pointer + "/margin", "must be above 0, but is " + shortest(*test.margin) + "."});
}

ClaimTest read_test(const Json& json, const std::string& pointer, const Names& variants, Problems& problems) {
    if (!json.is_object() || !json.contains("kind")) {
        problems.push_back({pointer, "must be an object with kind, variant and metric."});
        return {};
    }
    const std::size_t before = problems.size();
    ClaimTest test = read_fields(json, pointer, problems);
    if (problems.size() > before) return test;
    check_variant(test.variant, pointer + "/variant", variants, problems);
    if (compares_variants(test.kind))
        check_comparison(test, pointer, variants, problems);
    else
        check_bound(test, pointer, problems);
    check_margin(test, pointer, problems);
    return test;
}

/// The list at `key`, each entry with its pointer; a problem where it is none or empty.
template <class Read>
void read_list(const Json& json, const std::string& pointer, const char* of, Problems& problems, Read read) {
    if (!json.is_array() || json.empty()) {
        problems.push_back({pointer, std::string("must be a list of one or more ") + of + "."});
        return;
    }
    for (std::size_t i = 0; i < json.size(); ++i)
        read(json[i], pointer + "/" + std::to_string(i));
}

Claim read_claim(const Json& json, const std::string& pointer, const Names& variants, Problems& problems) {
    Claim claim;
    if (!json.is_object()) {
        problems.push_back({pointer, "must be an object with id, text and tests."});
        return claim;
    }
    JsonReader reader(json, pointer, problems, {"tests"});
    reader.field("id", claim.id, any(), {});
    reader.field("text", claim.text, any(), {});
    reader.report_unknown_keys();
    if (claim.id.empty()) problems.push_back({pointer + "/id", "must be a short name of the claim."});
    if (claim.text.empty()) problems.push_back({pointer + "/text", "must say the claim in a sentence."});
    read_list(json.contains("tests") ? json["tests"] : Json(), pointer + "/tests", "tests", problems,
              [&](const Json& test, const std::string& place) {
                  claim.tests.push_back(read_test(test, place, variants, problems));
              });
    return claim;
}

Json test_json(const ClaimTest& test) {
    Json json = {{"kind", name_of(test.kind)}, {"variant", test.variant}};
    if (!test.reference.empty()) json["reference"] = test.reference;
    if (!test.metric.empty()) json["metric"] = test.metric;
    if (test.margin) json["margin"] = *test.margin;
    if (test.value) json["value"] = *test.value;
    return json;
}

} // namespace

std::optional<ClaimMetric> parse_metric(std::string_view text) {
    if (text == "loss") return ClaimMetric{Kind::loss, {}, 0};
    if (text == "forgetting") return ClaimMetric{Kind::forgetting, {}, 0};
    if (text == "bwt") return ClaimMetric{Kind::bwt, {}, 0};
    if (text == "ce_increment_variance") return ClaimMetric{Kind::ce_increment_variance, {}, 0};
    const std::string_view part = text.substr(std::min<std::size_t>(text.size(), 5)); // after "loss."
    if (text.starts_with("loss.") && !part.empty())
        return ClaimMetric{Kind::domain_loss, std::string(part), 0};
    if (text.starts_with("loss@") && !part.empty())
        return ClaimMetric{Kind::setting_loss, std::string(part), 0};
    if (text.starts_with("router.")) return parse_router_metric(text.substr(7));
    return {};
}

std::string fault_of_metric(std::string_view text, const RunSpec& spec) {
    const auto metric = parse_metric(text);
    if (!metric)
        return "must be loss, loss.DOMAIN, loss@SETTING, forgetting, bwt, ce_increment_variance, or "
               "router.accuracy, .precision, .recall or .f1, but is \"" +
               std::string(text) + "\".";
    if (metric->kind == Kind::router) return fault_of_router_metric(spec);
    if (spec.task == Task::router) return "is not measured by runs with the task router.";
    if (metric->kind == Kind::setting_loss) return fault_of_setting_loss(metric->part, spec);
    if (metric->kind == Kind::domain_loss && !has(spec.data.domains, metric->part))
        return "names the domain " + metric->part + ", which is not among /data/domains.";
    if (metric->kind == Kind::forgetting && stage_ends(spec).size() < 2)
        return "needs a training on two domains or more.";
    if (metric->kind == Kind::bwt && stages_of(spec).size() < 2)
        return "needs a sequential schedule of two domains or more.";
    if (metric->kind == Kind::ce_increment_variance && total_steps(spec) == 0)
        return "needs a training, and in this run nothing is trained.";
    return {};
}

Json to_json(const std::vector<Claim>& claims) {
    Json json = Json::array();
    for (const Claim& claim : claims) {
        Json tests = Json::array();
        for (const ClaimTest& test : claim.tests)
            tests.push_back(test_json(test));
        json.push_back({{"id", claim.id}, {"text", claim.text}, {"tests", std::move(tests)}});
    }
    return json;
}

std::vector<Claim> read_claims(const Json& json, const std::string& pointer, const Names& variants,
                               Problems& problems) {
    std::vector<Claim> claims;
    std::set<std::string> ids;
    read_list(json, pointer, "claims", problems, [&](const Json& claim, const std::string& place) {
        claims.push_back(read_claim(claim, place, variants, problems));
        const std::string& id = claims.back().id;
        if (!id.empty() && !ids.insert(id).second)
            problems.push_back({place + "/id", "is the id of another claim too; give each its own."});
    });
    return claims;
}

} // namespace retort
