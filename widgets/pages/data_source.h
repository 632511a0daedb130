// SPDX-License-Identifier: GPL-3.0-or-later
// What the Data page wants to know of corpora and tokenizers, and what it can ask for.
#pragma once

#include "analysis/length_summary.h"
#include "analysis/tokenizer_statistics.h"
#include "spec/import_report.h"
#include "spec/import_spec.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// One split of one domain.
struct CorpusPart {
    std::string split;
    std::string domain;
    std::int64_t articles = 0;
    std::int64_t characters = 0;
    std::int64_t bytes = 0;
};

/// Where a part of the text comes from.
struct CorpusSource {
    std::string name;
    std::string licence;
    std::string origin;                             ///< packages with versions, or files
    std::map<std::string, std::int64_t> characters; ///< by domain
};

struct CorpusFact {
    std::string name;
    std::string value;
};

struct ListedCorpus {
    std::string name;
    std::string identity; ///< changes with the text
    std::string origin;   ///< how it was made, in a few words
    std::string problem;  ///< why it cannot be used, one sentence; the rest is empty then
    std::vector<CorpusPart> parts;
    std::vector<CorpusFact> facts;
    std::vector<CorpusSource> sources;
    std::int64_t runs = 0;                   ///< of this workspace that use it
    std::optional<ImportReport> report = {}; ///< of the import that made it

    /// In the order of the parts.
    [[nodiscard]] std::vector<std::string> domains() const;
    /// train first, then valid.
    [[nodiscard]] std::vector<std::string> splits() const;
    /// Null when there is none.
    [[nodiscard]] const CorpusPart* part(const std::string& split, const std::string& domain) const;
    /// Of a split's domains; of everything for an empty one.
    [[nodiscard]] CorpusPart sum(const std::string& split = {}) const;
};

struct ListedTokenizer {
    std::string id;
    std::string label;
    std::string folder = {};
};

struct CorpusRecipeOffer {
    std::string name;
    std::string help; ///< how much text, and how much is fetched
};

/// Which file of a corpus.
struct CorpusFilePlace {
    std::string corpus;
    std::string split;
    std::string domain;
    bool operator==(const CorpusFilePlace&) const = default;
};

struct ArticleHeading {
    std::int64_t place = 0; ///< in the file, from 0
    std::string id;
    std::int64_t characters = 0;
    std::string excerpt; ///< the beginning, or the text around what was searched for
};

struct ArticleList {
    std::int64_t all = 0;   ///< in the file
    std::int64_t found = 0; ///< of these; headings may be fewer
    std::vector<ArticleHeading> headings;
};

/// A token of a text; the bytes of all of them are the text.
struct TextToken {
    std::int32_t id = 0;
    std::string piece; ///< as the tokenizer writes it, "▁the"
    std::string bytes; ///< need not be whole letters
};

/// An article, or a part of a long one.
struct ArticleText {
    std::string id;
    std::int64_t characters = 0; ///< of the whole article
    std::int64_t part = 0;       ///< from 0
    std::int64_t parts = 1;
    std::string text;
    std::vector<TextToken> tokens; ///< none without a tokenizer
};

struct DomainLengths {
    std::string split;
    std::string domain;
    LengthSummary lengths;
    std::int64_t mostBytes = 0; ///< only the articles in these first bytes were measured; 0: all
};

/// What a tokenizer makes of the train text of a corpus.
struct TokenizerMeasure {
    std::string tokenizer;           ///< id
    std::vector<TokenRatios> ratios; ///< each domain, and all together
    VocabularyParts parts;
    std::int64_t mostBytes = 0; ///< of each domain that were counted; 0: all
};

/// A sentence where there is no answer; empty where there is one.
template <class Value>
using DataAnswer = std::function<void(const Value& value, const std::string& problem)>;

/// Answers come later on the page's thread. Of questions of a kind only the newest need be answered.
class DataSource {
public:
    virtual ~DataSource() = default;

    /// Articles whose id or text has `words`, in any case; all for none.
    virtual void listArticles(const CorpusFilePlace& file, const std::string& words,
                              DataAnswer<ArticleList> answer) = 0;
    /// `tokenizer`: an id; empty: without tokens.
    virtual void readArticle(const CorpusFilePlace& file, std::int64_t place, std::int64_t part,
                             const std::string& tokenizer, DataAnswer<ArticleText> answer) = 0;
    /// Of each file: in characters, or in tokens of `tokenizer` where it is an id and not empty.
    virtual void measureLengths(const std::string& corpus, const std::string& tokenizer,
                                DataAnswer<std::vector<DomainLengths>> answer) = 0;
    /// How often the train text of each domain uses each entry of the tokenizer; of much text, its beginning.
    virtual void countTokens(const std::string& corpus, const std::string& tokenizer,
                             DataAnswer<TokenCounts> answer) = 0;
    /// Answers once for each tokenizer.
    virtual void compareTokenizers(const std::string& corpus, const std::vector<std::string>& tokenizers,
                                   DataAnswer<TokenizerMeasure> answer) = 0;

    /// The corpora may have changed; the page hears by setCorpora().
    virtual void refresh() = 0;
    /// Begins, unless something is being made. The page hears of it by setJob() and endJob().
    virtual void build(const std::string& recipe) = 0;
    /// What an import would take; as build(), which also says how it ends.
    virtual void previewImport(const ImportSpec& spec, DataAnswer<ImportReport> answer) = 0;
    virtual void importTexts(const ImportSpec& spec) = 0;
    virtual void cancel() = 0;
    /// The page hears by setCorpora(), and of a failure by endJob().
    virtual void remove(const std::string& corpus) = 0;
    virtual void undoRemove(const std::string& corpus) = 0;
};

} // namespace retort
