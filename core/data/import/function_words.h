// SPDX-License-Identifier: GPL-3.0-or-later
// The commonest words of languages, by which a paragraph's language is told. They make up a third to a half
// of running text and hardly occur in other languages' text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace retort {

/// Whether a domain is a language whose function words are known: "en", also "en-GB" and "en_US".
[[nodiscard]] bool knows_language(std::string_view domain);

/// Counts how many words of a paragraph are function words of each language that is known. Words are given as
/// the hashes of data/import/words.h.
class LanguageJudge {
public:
    /// Nothing when the domain's language is not known.
    [[nodiscard]] static std::optional<LanguageJudge> of(std::string_view domain);

    void begin();
    void word(std::uint64_t hash);
    /// Whether the words since begin() are prose of another language: at least eight words, of which another
    /// language knows at least a fifth, and twice as many as the own.
    [[nodiscard]] bool is_foreign() const;

private:
    explicit LanguageJudge(std::size_t own) : own_(own) {}

    std::size_t own_;
    std::int32_t words_ = 0;
    std::array<std::int32_t, 16> known_{}; ///< by language
};

} // namespace retort
