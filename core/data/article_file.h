// SPDX-License-Identifier: GPL-3.0-or-later
// One file of a corpus, SPLIT.DOMAIN.jsonl, read line by line.
#pragma once

#include "data/corpus.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace retort {

[[nodiscard]] std::string article_file_name(const std::string& split, const std::string& domain);

/// Split and domain of a file name; nothing for a file of another kind.
[[nodiscard]] std::optional<CorpusFile> parse_article_file_name(const std::string& name);

/// Throws Error{data}: file, line, `fault`, and that it is to be corrected.
[[noreturn]] void throw_line_fault(const std::filesystem::path& file, std::int64_t line,
                                   const std::string& fault);

/// Blank lines are no articles and no fault.
[[nodiscard]] bool is_blank_line(std::string_view line);

/// The article that one line of `file` holds. Throws Error{data} with file and line when it is none of
/// `domain`.
[[nodiscard]] Article parse_article(const std::filesystem::path& file, const std::string& domain,
                                    std::string_view text, std::int64_t line);

using ArticleVisitor = std::function<void(const Article&, std::int64_t line)>;

/// Visits the articles in order and returns the file's counts and hash. Blank lines are passed over. Throws
/// Error{data} with file and line for a line that is no article of `domain`, and for a file without articles.
CorpusFile read_article_file(const std::filesystem::path& file, const std::string& split,
                             const std::string& domain, const ArticleVisitor& visit);

} // namespace retort
