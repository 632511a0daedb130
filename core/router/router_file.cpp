// SPDX-License-Identifier: GPL-3.0-or-later
// router.cbor: a map of the format's name, its version, the router as CBOR within, and its SHA-256, so that a
// damaged byte is noticed before anything is read from it.
#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "router/router.h"
#include "router/state_lists.h"
#include "spec/field_visitors.h"
#include "spec/router_spec_fields.h"

namespace retort {
namespace {

constexpr const char* format = "retort-router";
constexpr int version = 1;

std::string_view text_of(const std::vector<std::uint8_t>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

nlohmann::json json_of(RouterSpec spec) {
    Json json = Json::object();
    JsonWriter writer(json);
    describe(writer, spec);
    return json;
}

RouterSpec spec_of(const nlohmann::json& json) {
    const Json ordered = json;
    RouterSpec spec;
    std::vector<Problem> problems;
    JsonReader reader(ordered, "", problems);
    describe(reader, spec);
    LimitChecker checker("", problems);
    describe(checker, spec);
    check_state(problems.empty(), "settings that are none");
    return spec;
}

nlohmann::json json_of(const std::vector<LengthThreshold>& thresholds) {
    nlohmann::json json = nlohmann::json::array();
    for (const LengthThreshold& threshold : thresholds)
        json.push_back({threshold.tokens, threshold.confidence});
    return json;
}

std::vector<LengthThreshold> thresholds_of(const nlohmann::json& json) {
    std::vector<LengthThreshold> thresholds;
    for (const nlohmann::json& threshold : json)
        thresholds.push_back({threshold.at(0).get<std::int64_t>(), threshold.at(1).get<double>()});
    check_state(!thresholds.empty(), "no threshold");
    check_state(std::ranges::is_sorted(thresholds, {}, &LengthThreshold::tokens), "thresholds out of order");
    return thresholds;
}

/// The router within, once its checksum is right.
nlohmann::json unwrapped(const std::string& bytes) {
    const nlohmann::json file = nlohmann::json::from_cbor(bytes);
    check_state(file.is_object() && file.value("format", "") == format, "not a router");
    check_state(file.value("version", 0) == version, "of another version of Retort");
    check_state(file.contains("router") && file["router"].is_binary(), "nothing in it");
    const std::vector<std::uint8_t>& router = file["router"].get_binary();
    check_state(sha256_of(text_of(router)) == file.value("sha256", ""), "its checksum is wrong");
    return nlohmann::json::from_cbor(router);
}

} // namespace

void Router::write(const std::filesystem::path& folder) const {
    const nlohmann::json router = {{"spec", json_of(spec_)},
                                   {"domains", domains_},
                                   {"thresholds", json_of(thresholds_)},
                                   {"tfidf", tfidf_.state()},
                                   {"model", model_->state()}};
    std::vector<std::uint8_t> bytes = nlohmann::json::to_cbor(router);
    nlohmann::json file = {{"format", format}, {"version", version}, {"sha256", sha256_of(text_of(bytes))}};
    file["router"] = nlohmann::json::binary(std::move(bytes));
    write_file_atomically(folder / file_name, text_of(nlohmann::json::to_cbor(file)));
}

Router Router::restored(const nlohmann::json& json) {
    Router router(spec_of(json.at("spec")), json.at("domains").get<std::vector<std::string>>());
    router.thresholds_ = thresholds_of(json.at("thresholds"));
    router.tfidf_.restore(json.at("tfidf"));
    const nlohmann::json& model = json.at("model");
    const ModelShape shape = unpacked_shape(model);
    check_state(shape.classes == router.domains_.size(), "classes are not its domains");
    check_state(static_cast<std::int64_t>(shape.features) == router.features(), "features without a weight");
    router.model_->restore(model);
    return router;
}

Router Router::read(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / file_name;
    const std::string bytes = read_file(file);
    try {
        return restored(unwrapped(bytes));
    } catch (const Error& error) {
        throw Error(error.kind(), file.string() + ": " + error.what());
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorKind::data, file.string() + ": the router is cut short or damaged; train it again.");
    }
}

} // namespace retort
