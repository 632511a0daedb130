// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/filter_tokens.h"

#include "analysis/ascii_text.h"

#include <algorithm>
#include <array>

namespace retort {
namespace {

using Kind = FilterToken::Kind;

constexpr std::string_view spaces = " \t\r\n";
constexpr std::string_view signs = "=!<>~";
constexpr std::string_view word_ends = " \t\r\n=!<>~()\"";

FilterToken read_quoted(std::string_view text, std::size_t place) {
    FilterToken token{Kind::unclosed_quote, {}, place, text.size() - place};
    for (std::size_t at = place + 1; at < text.size(); ++at) {
        if (text[at] == '"') {
            token.kind = Kind::quoted;
            token.length = at + 1 - place;
            break;
        }
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        token.text += text[at];
    }
    return token;
}

FilterToken read_plain(Kind kind, std::string_view text, std::size_t place, std::size_t end) {
    end = std::min(end, text.size());
    return {kind, std::string(text.substr(place, end - place)), place, end - place};
}

FilterToken read_token(std::string_view text, std::size_t place) {
    const char first = text[place];
    if (first == '"') return read_quoted(text, place);
    if (first == '(') return read_plain(Kind::open, text, place, place + 1);
    if (first == ')') return read_plain(Kind::close, text, place, place + 1);
    if (signs.find(first) != std::string_view::npos)
        return read_plain(Kind::sign, text, place, text.find_first_not_of(signs, place));
    return read_plain(Kind::word, text, place, text.find_first_of(word_ends, place));
}

} // namespace

std::vector<FilterToken> filter_tokens(std::string_view text) {
    std::vector<FilterToken> tokens;
    for (std::size_t at = text.find_first_not_of(spaces); at < text.size();
         at = text.find_first_not_of(spaces, at)) {
        tokens.push_back(read_token(text, at));
        at += tokens.back().length;
    }
    tokens.push_back({Kind::end, {}, text.size(), 0});
    return tokens;
}

std::string quoted_for_filter(const std::string& text) {
    const bool is_keyword = std::ranges::any_of(std::array{"and", "or", "not", "none"},
                                                [&](const char* word) { return same_text(text, word); });
    if (!text.empty() && !is_keyword && text.find_first_of(word_ends) == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace retort
