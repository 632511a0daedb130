// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace retort {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<double> word_of_number(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    std::string word(text);
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
    if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (word != "inf" && word != "infinity") return {};
    return is_negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
}

char separator_of(std::string_view text) {
    const std::string_view head = text.substr(0, text.find('\n'));
    const auto count = [&](char c) { return std::ranges::count(head, c); };
    char most = ',';
    for (const char candidate : {';', '\t'})
        if (count(candidate) > count(most)) most = candidate;
    return most;
}

} // namespace

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string field = "\"";
    for (const char c : text)
        field.append(c == '"' ? 2 : 1, c);
    return field + '"';
}

std::string csv_number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

std::optional<double> number_in(std::string_view text) {
    text = trimmed(text);
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    double value = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failed == std::errc() && end == digits.data() + digits.size()) return value;
    return word_of_number(text);
}

CsvReader::CsvReader(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
    separator_ = separator_of(text_);
}

bool CsvReader::is_at_end_of_line() const {
    return place_ >= text_.size() || text_[place_] == '\n' || text_[place_] == '\r';
}

void CsvReader::end_line() {
    if (place_ < text_.size() && text_[place_] == '\r') ++place_;
    if (place_ < text_.size() && text_[place_] == '\n') ++place_;
    ++next_line_;
}

bool CsvReader::next(std::vector<std::string_view>& fields) {
    fields.clear();
    unquoted_.clear();
    while (place_ < text_.size() && is_at_end_of_line())
        end_line();
    if (place_ >= text_.size()) return false;
    line_ = next_line_;
    for (;;) {
        const bool is_quoted = place_ < text_.size() && text_[place_] == '"';
        fields.push_back(is_quoted ? quoted_field() : plain_field());
        if (is_at_end_of_line()) break;
        ++place_; // the separator
    }
    end_line();
    return true;
}

std::string_view CsvReader::plain_field() {
    const std::size_t begin = place_;
    while (!is_at_end_of_line() && text_[place_] != separator_)
        ++place_;
    return text_.substr(begin, place_ - begin);
}

std::string_view CsvReader::quoted_field() {
    std::string& field = unquoted_.emplace_back();
    ++place_;
    for (;;) {
        const std::size_t quote = text_.find('"', place_);
        if (quote == std::string_view::npos)
            throw Error(ErrorKind::data, name_ + ", line " + std::to_string(line_) +
                                             ": a quotation mark is never closed; correct the file.");
        field += text_.substr(place_, quote - place_);
        place_ = quote + 1;
        if (place_ >= text_.size() || text_[place_] != '"') break;
        field += text_[place_++];
    }
    next_line_ += static_cast<std::size_t>(std::ranges::count(field, '\n'));
    field += plain_field(); // what is wrongly there after the closing mark
    return field;
}

} // namespace retort
