// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/import_report_json.h"

#include "spec/import_spec_fields.h"

#include <algorithm>

namespace retort {
namespace {

using Counts = std::map<SkipReason, std::int64_t>;

Json json_of(const Tally& tally) {
    return {{"articles", tally.articles},
            {"characters", tally.characters},
            {"bytes", tally.bytes},
            {"amount", tally.amount}};
}

Tally tally_of(const Json& json) {
    return {json.at("articles"), json.at("characters"), json.at("bytes"), json.at("amount")};
}

Json json_of(const Counts& counts) {
    Json json = Json::object();
    for (const auto& [reason, count] : counts)
        json[std::string(name_of(reason))] = count;
    return json;
}

/// Reasons of a later version are passed over.
Counts counts_of(const Json& json) {
    Counts counts;
    for (const auto& [name, count] : json.items())
        if (const auto reason = value_named<SkipReason>(name)) counts[*reason] = count;
    return counts;
}

Json json_of(const ParagraphTally& tally) {
    return {{"read", tally.read}, {"repeated", tally.repeated}, {"wrong_language", tally.wrong_language}};
}

Json json_of(const DomainReport& domain) {
    return {{"domain", domain.domain},
            {"code", domain.code},
            {"language_known", domain.language_known},
            {"read", json_of(domain.read)},
            {"clean", json_of(domain.clean)},
            {"paragraphs", json_of(domain.paragraphs)},
            {"skipped", json_of(domain.skipped)}};
}

void read(const Json& json, DomainReport& domain) {
    const Json& paragraphs = json.at("paragraphs");
    domain = {json.at("domain"),
              json.at("code"),
              json.at("language_known"),
              tally_of(json.at("read")),
              tally_of(json.at("clean")),
              {paragraphs.at("read"), paragraphs.at("repeated"), paragraphs.at("wrong_language")},
              counts_of(json.at("skipped"))};
}

/// Without the empty bins behind the last article.
Json json_of(const LengthHistogram& lengths) {
    const auto is_empty = [](std::int64_t count) { return count == 0; };
    const auto last = std::ranges::find_if_not(lengths.rbegin(), lengths.rend(), is_empty);
    return std::vector<std::int64_t>(lengths.begin(), last.base());
}

Json json_of(const PartReport& part) {
    return {{"split", part.split},
            {"domain", part.domain},
            {"taken", json_of(part.taken)},
            {"lengths", json_of(part.lengths)}};
}

void read(const Json& json, PartReport& part) {
    part = {json.at("split"), json.at("domain"), tally_of(json.at("taken")), {}};
    const Json& lengths = json.at("lengths");
    for (std::size_t i = 0; i < std::min(lengths.size(), part.lengths.size()); ++i)
        part.lengths[i] = lengths[i];
}

Json json_of(const SourceReport& source) {
    return {{"name", source.name},
            {"path", source.path},
            {"read", json_of(source.read)},
            {"taken", json_of(source.taken)},
            {"licences", source.licences}};
}

void read(const Json& json, SourceReport& source) {
    source = {json.at("name"), json.at("path"), tally_of(json.at("read")), tally_of(json.at("taken")), {}};
    json.at("licences").get_to(source.licences);
}

Json json_of(const BalanceReport& balance) {
    return {{"split", balance.split},
            {"target", balance.target},
            {"difference_percent", balance.difference_percent},
            {"common_ids", balance.common_ids}};
}

void read(const Json& json, BalanceReport& balance) {
    balance = {json.at("split"), json.at("target"), json.at("difference_percent"), json.at("common_ids")};
}

Json json_of(const SkippedDocument& skipped) {
    return {
        {"reason", std::string(name_of(skipped.reason))}, {"place", skipped.place}, {"fault", skipped.fault}};
}

void read(const Json& json, SkippedDocument& skipped) {
    const auto reason = value_named<SkipReason>(json.at("reason").get_ref<const std::string&>());
    skipped = {reason.value_or(SkipReason::malformed), json.at("place"), json.at("fault")};
}

template <class T>
Json json_of(const std::vector<T>& rows) {
    Json json = Json::array();
    for (const T& row : rows)
        json.push_back(json_of(row));
    return json;
}

template <class T>
void read(const Json& json, std::vector<T>& rows) {
    for (const Json& row : json)
        read(row, rows.emplace_back());
}

ImportReport report_of(const Json& json) {
    ImportReport report;
    report.unit = value_named<AmountUnit>(json.at("unit").get_ref<const std::string&>()).value();
    read(json.at("domains"), report.domains);
    read(json.at("parts"), report.parts);
    read(json.at("sources"), report.sources);
    read(json.at("balance"), report.balance);
    const Json& leaks = json.at("leaks");
    report.leaks = {leaks.at("ids"), leaks.at("texts"), leaks.at("paragraphs")};
    report.skipped = counts_of(json.at("skipped"));
    read(json.at("examples"), report.examples);
    json.at("remarks").get_to(report.remarks);
    return report;
}

} // namespace

Json to_json(const ImportReport& report) {
    return {
        {"unit", std::string(name_of(report.unit))},
        {"domains", json_of(report.domains)},
        {"parts", json_of(report.parts)},
        {"sources", json_of(report.sources)},
        {"balance", json_of(report.balance)},
        {"leaks",
         {{"ids", report.leaks.ids}, {"texts", report.leaks.texts}, {"paragraphs", report.leaks.paragraphs}}},
        {"skipped", json_of(report.skipped)},
        {"examples", json_of(report.examples)},
        {"remarks", report.remarks}};
}

std::optional<ImportReport> read_import_report(const Json& json) {
    try {
        return report_of(json);
    } catch (const std::exception&) { // a type or key that to_json() does not write, or no such unit
        return std::nullopt;
    }
}

} // namespace retort
