// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/import_spec_json.h"

#include "spec/code_languages.h"
#include "spec/field_visitors.h"
#include "spec/import_spec_fields.h"

#include <algorithm>
#include <set>

namespace retort {
namespace {

std::string source_pointer(std::size_t number) {
    return "/sources/" + std::to_string(number);
}

void check_source_names(const ImportSpec& spec, std::vector<Problem>& problems) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < spec.sources.size(); ++i)
        if (const std::string& name = spec.sources[i].name; !name.empty() && !seen.insert(name).second)
            problems.push_back(
                {source_pointer(i) + "/name", "is the name of another source; choose another."});
}

void check_together(const ImportSpec& spec, std::vector<Problem>& problems) {
    const BalanceSpec& balance = spec.balance;
    if (balance.unit == AmountUnit::tokens && balance.tokenizer.empty())
        problems.push_back(
            {"/balance/tokenizer", "must name a tokenizer to count tokens, or choose another unit."});
    if (spec.split.valid + spec.split.test >= 1)
        problems.push_back({"/split", "leaves nothing for training; lower the shares."});
    if (spec.cleaning.max_characters < spec.cleaning.min_characters)
        problems.push_back({"/cleaning/max_characters", "must be at least min_characters."});
    if (spec.files.max_bytes < spec.files.min_bytes)
        problems.push_back({"/files/max_bytes", "must be at least min_bytes."});
    if (spec.sources.empty()) problems.push_back({"/sources", "must not be empty; name a file or folder."});
    check_source_names(spec, problems);
}

/// Writes, reads or checks the sources with the visitor of each.
template <class Visit>
void for_each_source(ImportSpec& spec, const Visit& visit) {
    for (std::size_t i = 0; i < spec.sources.size(); ++i)
        visit(i, spec.sources[i]);
}

void read_sources(const Json& json, ImportSpec& spec, std::vector<Problem>& problems) {
    const auto found = json.find("sources");
    if (found == json.end()) return;
    const auto is_object = [](const Json& source) { return source.is_object(); };
    if (!found->is_array() || !std::ranges::all_of(*found, is_object)) {
        problems.push_back({"/sources", "must be a list of objects with a path each."});
        return;
    }
    spec.sources.resize(found->size());
    for_each_source(spec, [&](std::size_t i, ImportSource& source) {
        JsonReader reader((*found)[i], source_pointer(i), problems);
        describe(reader, source);
        reader.report_unknown_keys();
    });
}

} // namespace

std::vector<Problem> check(const ImportSpec& spec) {
    std::vector<Problem> problems;
    ImportSpec copy = spec;
    LimitChecker checker("", problems);
    describe(checker, copy);
    for_each_source(copy, [&](std::size_t i, ImportSource& source) {
        LimitChecker of_source(source_pointer(i), problems);
        describe(of_source, source);
    });
    check_together(spec, problems);
    return problems;
}

Json to_json(const ImportSpec& spec) {
    ImportSpec copy = spec;
    Json json = Json::object();
    json["sources"] = Json::array();
    for_each_source(copy, [&](std::size_t, ImportSource& source) {
        JsonWriter writer(json["sources"].emplace_back(Json::object()));
        describe(writer, source);
    });
    JsonWriter writer(json);
    describe(writer, copy);
    return json;
}

ImportSpecReading read_import_spec(const Json& json) {
    ImportSpecReading reading;
    if (!json.is_object()) {
        reading.problems.push_back({"", "must be an object with the fields of an import."});
        return reading;
    }
    JsonReader reader(json, "", reading.problems, {"sources"});
    describe(reader, reading.spec);
    reader.report_unknown_keys();
    read_sources(json, reading.spec, reading.problems);
    if (reading.problems.empty()) reading.problems = check(reading.spec);
    return reading;
}

SectionInfo describe_import_spec() {
    ImportSpec spec;
    SectionInfo section{"", "Import", {}, {}};
    SectionLister lister(section);
    describe(lister, spec);
    return section;
}

SectionInfo describe_import_source(std::size_t number) {
    ImportSource source;
    SectionInfo section{source_pointer(number), "Source", {}, {}};
    SectionLister lister(section);
    describe(lister, source);
    return section;
}

bool is_code_domain(const ImportSpec& spec, const std::string& domain) {
    return is_code_language(domain) ||
           std::ranges::find(spec.code_domains, domain) != spec.code_domains.end();
}

} // namespace retort
