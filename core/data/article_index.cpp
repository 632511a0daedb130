// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/article_index.h"

#include "base/error.h"
#include "data/article_file.h"

#include <algorithm>

namespace retort {
namespace {

std::filesystem::path file_of(const Corpus& corpus, const std::string& split, const std::string& domain) {
    const bool is_there = std::ranges::any_of(
        corpus.files, [&](const CorpusFile& file) { return file.split == split && file.domain == domain; });
    if (is_there) return corpus.folder / article_file_name(split, domain);
    throw Error(ErrorKind::data, "The corpus " + corpus.name + " has no " + split + " text of the domain \"" +
                                     domain + "\"; choose one of its domains.");
}

std::string_view as_text(const MappedFile& mapped) {
    return {reinterpret_cast<const char*>(mapped.bytes().data()), mapped.bytes().size()};
}

} // namespace

ArticleIndex::ArticleIndex(const Corpus& corpus, const std::string& split, const std::string& domain)
    : file_(file_of(corpus, split, domain)), domain_(domain), mapped_(file_) {
    const std::string_view text = as_text(mapped_);
    std::size_t begin = 0;
    for (std::int64_t number = 1; begin < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (!is_blank_line(text.substr(begin, end - begin))) lines_.push_back({begin, end - begin, number});
        begin = end + 1;
    }
}

Article ArticleIndex::at(std::int64_t place) const {
    const Line& line = lines_.at(static_cast<std::size_t>(place));
    return parse_article(file_, domain_, as_text(mapped_).substr(line.begin, line.size), line.number);
}

} // namespace retort
