// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/files.h"
#include "data/corpus.h"

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

/// The articles of one file of a corpus by their place, for reading a few of many. Opening it looks for the
/// ends of the lines only; an article is parsed when it is asked for. Any number of threads may read it.
class ArticleIndex {
public:
    /// Throws Error{data} when the corpus has no such file or it cannot be read.
    ArticleIndex(const Corpus& corpus, const std::string& split, const std::string& domain);

    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(lines_.size()); }
    /// `place` from 0. Throws Error{data} with file and line when the line is no article.
    [[nodiscard]] Article at(std::int64_t place) const;

private:
    struct Line {
        std::size_t begin = 0; ///< bytes
        std::size_t size = 0;
        std::int64_t number = 0; ///< from 1, blank lines counted
    };

    std::filesystem::path file_;
    std::string domain_;
    MappedFile mapped_;
    std::vector<Line> lines_;
};

} // namespace retort
