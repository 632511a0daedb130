// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/run_filter.h"

#include "analysis/ascii_text.h"
#include "analysis/filter_condition.h"
#include "analysis/filter_tokens.h"
#include "analysis/near_names.h"

#include <algorithm>
#include <utility>

namespace retort {
namespace {

using Kind = FilterToken::Kind;
using Condition = RunFilter::Condition;

bool is_keyword(const FilterToken& token, const char* keyword) {
    return token.kind == Kind::word && same_text(token.text, keyword);
}

bool is_any_keyword(const FilterToken& token) {
    return is_keyword(token, "and") || is_keyword(token, "or") || is_keyword(token, "not");
}

bool is_operand(const FilterToken& token) {
    return token.kind == Kind::quoted || (token.kind == Kind::word && !is_any_keyword(token));
}

/// Recursive descent. The first problem ends it, by an exception that never leaves this file.
class Parser {
public:
    Parser(std::string_view text, const RunFields& fields) : tokens_(filter_tokens(text)), fields_(fields) {}

    [[nodiscard]] Condition read() {
        if (here().kind == Kind::end) return {};
        Condition all = read_either();
        if (here().kind == Kind::close)
            fail(here(), "This ) closes nothing; take it away or write its ( before.");
        if (here().kind != Kind::end) fail_at_operand();
        return all;
    }

private:
    [[nodiscard]] const FilterToken& here() const { return tokens_[at_]; }
    const FilterToken& take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
    bool take_keyword(const char* keyword) {
        const bool is_here = is_keyword(here(), keyword);
        if (is_here) take();
        return is_here;
    }

    [[noreturn]] static void fail(const FilterToken& token, std::string message) {
        throw FilterProblem{token.place, token.length, std::move(message)};
    }

    [[nodiscard]] Condition read_either() {
        Condition any = read_together();
        while (take_keyword("or"))
            any = [a = std::move(any), b = read_together()](const RunRecord& run) {
                return a(run) || b(run);
            };
        return any;
    }

    [[nodiscard]] Condition read_together() {
        Condition all = read_one();
        while (take_keyword("and") || begins_condition())
            all = [a = std::move(all), b = read_one()](const RunRecord& run) { return a(run) && b(run); };
        return all;
    }

    [[nodiscard]] bool begins_condition() const {
        return is_operand(here()) || is_keyword(here(), "not") || here().kind == Kind::open ||
               here().kind == Kind::sign || here().kind == Kind::unclosed_quote;
    }

    [[nodiscard]] Condition read_one() {
        if (take_keyword("not")) return [inner = read_one()](const RunRecord& run) { return !inner(run); };
        if (here().kind == Kind::open) return read_group();
        if (!is_operand(here())) fail_at_operand();
        const FilterToken& name = take();
        if (here().kind == Kind::sign) return read_comparison(name);
        return [word = name.text](const RunRecord& run) { return is_called(run, word); };
    }

    [[nodiscard]] Condition read_group() {
        const FilterToken& open = take();
        Condition inner = read_either();
        if (here().kind != Kind::close)
            fail(open, "This ( is never closed; write a ) behind what belongs together.");
        take();
        return inner;
    }

    [[nodiscard]] Condition read_comparison(const FilterToken& name) {
        const FilterToken& sign = take();
        const auto meaning = filter_sign(sign.text);
        if (!meaning)
            fail(sign, "There is no sign " + sign.text + "; write =, !=, <, <=, >, >= or ~ (contains).");
        const RunField& field = field_named(name);
        if (here().kind == Kind::unclosed_quote) fail_at_operand();
        if (!is_operand(here()))
            fail(sign, "A value is missing after " + sign.text +
                           "; write one, in quotes if it is a word like and.");
        const FilterToken& value = take();
        ConditionReading reading = read_condition(field, *meaning, value.text, value.kind == Kind::quoted);
        if (!reading.problem.empty()) fail(reading.is_of_sign ? sign : value, std::move(reading.problem));
        return std::move(reading.condition);
    }

    [[nodiscard]] const RunField& field_named(const FilterToken& name) const {
        const RunFields::Search search = fields_.find(name.text);
        if (search.field != nullptr) return *search.field;
        if (search.is_ambiguous)
            fail(name, name.text + " may be " + one_of(search.candidates) + "; write one of them.");
        fail(name, "No run has a field " + name.text +
                       (search.candidates.empty() ? "; `retortctl show RUN` lists a run's fields."
                                                  : "; did you mean " + one_of(search.candidates) + "?"));
    }

    [[noreturn]] void fail_at_operand() const {
        const FilterToken& token = here();
        if (token.kind == Kind::unclosed_quote)
            fail(token, "This \" is never closed; write another one behind the text.");
        if (token.kind == Kind::sign)
            fail(token, "A field is missing before " + token.text + "; write one, as in status = done.");
        if (at_ > 0 && is_any_keyword(tokens_[at_ - 1]))
            fail(tokens_[at_ - 1],
                 "A condition is missing after " + tokens_[at_ - 1].text + "; write one, as in loss < 4.");
        fail(token, is_any_keyword(token) ? "A condition is missing before " + token.text +
                                                "; write one, or put the word in quotes."
                                          : "A condition is missing here; write one, as in loss < 4.");
    }

    std::vector<FilterToken> tokens_;
    std::size_t at_ = 0;
    const RunFields& fields_;
};

/// Those that begin with it, those of which a part does, and the others that hold it.
std::vector<std::string> holding(std::string_view part, const std::vector<std::string>& words) {
    std::vector<std::pair<int, std::string>> found;
    for (const std::string& word : words) {
        if (!contains_text(word, part)) continue;
        const bool is_begin = same_text(std::string_view(word).substr(0, part.size()), part);
        const bool is_inside = contains_text(word, '.' + std::string(part));
        found.emplace_back(is_begin ? 0 : is_inside ? 1 : 2, word);
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, std::string>::first);
    std::vector<std::string> sorted;
    for (auto& [rank, word] : found)
        sorted.push_back(std::move(word));
    return sorted;
}

std::vector<std::string> values_of(const std::string& name, const RunFields& fields) {
    const RunField* field = fields.find(name).field;
    if (field == nullptr) return {};
    if (field->kind == RunField::Kind::truth) return {"true", "false"};
    std::vector<std::string> values;
    std::ranges::transform(field->values, std::back_inserter(values), quoted_for_filter);
    return values;
}

} // namespace

FilterReading read_run_filter(std::string_view text, const RunFields& fields) {
    try {
        Condition condition = Parser(text, fields).read();
        return {condition ? RunFilter(std::move(condition)) : RunFilter(), {}};
    } catch (FilterProblem& problem) {
        return {{}, std::move(problem)};
    }
}

FilterCompletion complete_run_filter(std::string_view text, std::size_t cursor, const RunFields& fields) {
    std::vector<FilterToken> tokens = filter_tokens(text.substr(0, cursor));
    tokens.pop_back();
    FilterToken partial{Kind::word, {}, cursor, 0};
    const bool is_in_word = !tokens.empty() && tokens.back().kind == Kind::word &&
                            tokens.back().place + tokens.back().length == cursor;
    if (is_in_word) {
        partial = tokens.back();
        tokens.pop_back();
    }
    FilterCompletion completion{partial.place, partial.length, {}};
    if (tokens.size() >= 2 && tokens.back().kind == Kind::sign) {
        completion.words = holding(partial.text, values_of(tokens[tokens.size() - 2].text, fields));
    } else if (!partial.text.empty()) {
        std::vector<std::string> paths;
        std::ranges::transform(fields.all(), std::back_inserter(paths), &RunField::path);
        completion.words = holding(partial.text, paths);
    }
    return completion;
}

} // namespace retort
