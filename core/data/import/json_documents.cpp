// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/json_documents.h"

#include "data/utf8.h"
#include "spec/run_spec_json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace retort {
namespace {

enum class Field { text, id, domain, licence, origin };
constexpr std::size_t field_count = 5;

/// Of several names of a field the first in this list counts.
constexpr auto field_names = std::to_array<std::pair<std::string_view, Field>>({
    {"text", Field::text},
    {"content", Field::text},
    {"code", Field::text},
    {"wikidata_id", Field::id},
    {"id", Field::id},
    {"_id", Field::id},
    {"docid", Field::id},
    {"doc_id", Field::id},
    {"hexsha", Field::id},
    {"domain", Field::domain},
    {"language", Field::domain},
    {"lang", Field::domain},
    {"licence", Field::licence},
    {"license", Field::licence},
    {"spdx", Field::licence},
    {"source", Field::origin},
    {"url", Field::origin},
    {"path", Field::origin},
});
constexpr std::size_t no_name = field_names.size();

/// A document in the making.
struct Candidate {
    JsonDocument document;
    std::array<std::size_t, field_count> names = {no_name, no_name, no_name, no_name, no_name};
    bool text_is_foreign = false; ///< "text" is there and no string

    [[nodiscard]] bool has_text() const { return names[0] != no_name; }
    [[nodiscard]] std::string& value(Field field) {
        std::string* const values[] = {&document.text, &document.id, &document.domain, &document.licence,
                                       &document.origin};
        return *values[static_cast<std::size_t>(field)];
    }
};

/// nlohmann's events of one object. Returning false would end the reading.
class ObjectReader {
public:
    bool null() { return pass(); }
    bool boolean(bool) { return pass(); }
    bool number_integer(std::int64_t value) { return number(std::to_string(value)); }
    bool number_unsigned(std::uint64_t value) { return number(std::to_string(value)); }
    bool number_float(double, const std::string&) { return pass(); }
    bool binary(Json::binary_t&) { return pass(); }
    bool string(std::string& value) {
        if (name_ != no_name) take(std::move(value));
        name_ = no_name;
        return true;
    }
    bool key(std::string& name) {
        name_ = no_name;
        if (depth_ == 1) key_ = name;
        if (depth_ > 2 || target_ == nullptr) return true;
        const auto found = std::ranges::find(field_names, name, [](const auto& row) { return row.first; });
        name_ = static_cast<std::size_t>(found - field_names.begin());
        return true;
    }
    bool start_object(std::size_t) {
        note_foreign();
        if (++depth_ == 2 && !in_array_) begin_nested();
        return true;
    }
    bool end_object() { return leave(); }
    bool start_array(std::size_t) {
        note_foreign();
        if (++depth_ == 2) in_array_ = true;
        return true;
    }
    bool end_array() { return leave(); }
    bool parse_error(std::size_t position, const std::string&, const Json::exception& error) {
        position_ = position;
        message_ = error.what();
        return false;
    }

    [[nodiscard]] JsonDocuments documents() &&;
    [[nodiscard]] JsonFault fault(std::string_view object) const;

private:
    void begin_nested() {
        nested_.emplace_back().document.domain = key_;
        nested_.back().names[static_cast<std::size_t>(Field::domain)] = 0;
        target_ = &nested_.back();
    }
    bool leave() {
        name_ = no_name;
        if (--depth_ == 1) {
            in_array_ = false;
            target_ = &flat_;
        }
        return true;
    }
    void note_foreign() {
        if (name_ == 0) target_->text_is_foreign = true;
        name_ = no_name;
    }
    bool pass() {
        note_foreign();
        return true;
    }
    bool number(std::string value) {
        if (name_ != no_name && field_names[name_].second == Field::id)
            take(std::move(value));
        else
            note_foreign();
        name_ = no_name;
        return true;
    }
    void take(std::string&& value) {
        const Field field = field_names[name_].second;
        std::size_t& known = target_->names[static_cast<std::size_t>(field)];
        if (name_ >= known) return;
        known = name_;
        target_->value(field) = std::move(value);
        if (field == Field::id) target_->document.shared_id = field_names[name_].first == "wikidata_id";
    }

    Candidate flat_;
    std::vector<Candidate> nested_;
    Candidate* target_ = &flat_;
    std::string key_;            ///< the last one of the object itself
    std::size_t name_ = no_name; ///< of the field whose value comes next
    int depth_ = 0;
    bool in_array_ = false; ///< that is a value of the object itself
    std::size_t position_ = 0;
    std::string message_;
};

JsonFault text_fault(const Candidate& candidate) {
    if (candidate.text_is_foreign)
        return {SkipReason::malformed, candidate.document.domain, "\"text\" is no string"};
    return {SkipReason::no_text, candidate.document.domain, "there is no \"text\""};
}

JsonDocuments ObjectReader::documents() && {
    JsonDocuments found;
    if (flat_.has_text() || nested_.empty()) {
        if (flat_.has_text() && !flat_.text_is_foreign)
            found.documents.push_back(std::move(flat_.document));
        else
            found.faults.push_back(text_fault(flat_));
        return found;
    }
    const auto with_id =
        std::ranges::find_if(nested_, [](const Candidate& c) { return !c.document.id.empty(); });
    const JsonDocument named = with_id == nested_.end() ? flat_.document : with_id->document;
    for (Candidate& candidate : nested_) {
        if (!candidate.has_text() || candidate.text_is_foreign) {
            found.faults.push_back(text_fault(candidate));
            continue;
        }
        if (candidate.document.id.empty()) {
            candidate.document.id = named.id;
            candidate.document.shared_id = named.shared_id;
        }
        found.documents.push_back(std::move(candidate.document));
    }
    return found;
}

JsonFault ObjectReader::fault(std::string_view object) const {
    if (const auto place = find_invalid_utf8(object))
        return {SkipReason::not_utf8, {}, "byte " + std::to_string(*place + 1) + " is not UTF-8"};
    if (message_.find("surrogate") != std::string::npos)
        return {SkipReason::not_utf8, {}, "a lone surrogate stands at byte " + std::to_string(position_)};
    return {SkipReason::malformed, {}, "the JSON breaks at byte " + std::to_string(position_)};
}

} // namespace

JsonDocuments read_json_documents(std::string_view object) {
    ObjectReader reader;
    if (Json::sax_parse(object.begin(), object.end(), &reader)) return std::move(reader).documents();
    return {{}, {reader.fault(object)}};
}

} // namespace retort
