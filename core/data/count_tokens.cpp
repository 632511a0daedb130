// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/count_tokens.h"

#include "base/error.h"
#include "data/characters.h"
#include "data/encode_articles.h"
#include "data/utf8.h"

#include <algorithm>

namespace retort {
namespace {

/// Thrown when a domain has been counted far enough: reading a file ends in no other way.
struct Enough {};

std::int64_t bytes_of(const Corpus& corpus, const TokenCounting& what, const std::string& domain) {
    for (const CorpusFile& file : corpus.files)
        if (file.split == what.split && file.domain == domain)
            return what.most_bytes > 0 ? std::min(what.most_bytes, file.bytes) : file.bytes;
    return 0;
}

class Counter {
public:
    Counter(const Corpus& corpus, const Tokenizer& tokenizer, TokenCounting what,
            const ProgressFunction& progress, std::stop_token stop)
        : corpus_(corpus),
          tokenizer_(tokenizer),
          what_(std::move(what)),
          progress_(progress),
          stop_(std::move(stop)) {
        for (const std::string& domain : what_.domains)
            bytes_total_ += bytes_of(corpus, what_, domain);
    }

    [[nodiscard]] DomainTokens count(const std::string& domain) {
        DomainTokens tokens{domain, 0, 0, 0, 0, {}};
        tokens.counts.resize(static_cast<std::size_t>(tokenizer_.vocab()));
        try {
            for_each_encoded(corpus_, what_.split, domain, tokenizer_,
                             [&](const Article& article, const auto& ids) { add(article, ids, tokens); });
        } catch (const Enough&) {
        }
        bytes_done_ += bytes_of(corpus_, what_, domain);
        return tokens;
    }

private:
    void add(const Article& article, const std::vector<std::int32_t>& ids, DomainTokens& tokens) {
        if (stop_.stop_requested())
            throw Error(ErrorKind::interrupted, "Counting was stopped; nothing was kept.");
        if (what_.most_bytes > 0 && tokens.bytes >= what_.most_bytes) throw Enough();
        ++tokens.articles;
        tokens.words += count_words(article.text);
        tokens.characters += count_characters(article.text);
        tokens.bytes += static_cast<std::int64_t>(article.text.size());
        for (const std::int32_t id : ids)
            ++tokens.counts[static_cast<std::size_t>(id)];
        if (progress_)
            progress_("counting tokens", std::min(1.0, static_cast<double>(bytes_done_ + tokens.bytes) /
                                                           static_cast<double>(bytes_total_)));
    }

    const Corpus& corpus_;
    const Tokenizer& tokenizer_;
    TokenCounting what_;
    const ProgressFunction& progress_;
    std::stop_token stop_;
    std::int64_t bytes_total_ = 0;
    std::int64_t bytes_done_ = 0;
};

} // namespace

std::vector<Piece> pieces_of(const Tokenizer& tokenizer) {
    std::vector<Piece> pieces;
    for (std::int32_t id = 0; id < tokenizer.vocab(); ++id) {
        const PieceKind kind = tokenizer.kind(id);
        pieces.push_back(
            {tokenizer.piece(id), kind, kind == PieceKind::text ? count_characters(tokenizer.bytes(id)) : 0});
    }
    return pieces;
}

TokenCounts count_tokens(const Corpus& corpus, const Tokenizer& tokenizer, const std::string& name,
                         const TokenCounting& what, const ProgressFunction& progress, std::stop_token stop) {
    TokenCounting all = what;
    if (all.domains.empty()) all.domains = corpus.domains();
    TokenCounts counts{name, pieces_of(tokenizer), {}};
    Counter counter(corpus, tokenizer, all, progress, std::move(stop));
    for (const std::string& domain : all.domains)
        counts.domains.push_back(counter.count(domain));
    return counts;
}

} // namespace retort
