// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/article_index.h"
#include "data/tokenizer.h"
#include "store/workspace.h"
#include "widgets/pages/data_source.h"

#include <QObject>
#include <QThreadPool>

#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

namespace retort {

/// Reads corpora and tokenizers beside the window's thread. Answers come on this object's thread.
class CorpusReader : public QObject {
    Q_OBJECT
public:
    explicit CorpusReader(const Workspace& workspace, QObject* parent = nullptr);
    /// Waits for the article at work; nothing is answered after it.
    ~CorpusReader() override;

    void listCorpora(DataAnswer<std::vector<ListedCorpus>> answer);
    /// Those that the workspace has, oldest first.
    void listTokenizers(DataAnswer<std::vector<ListedTokenizer>> answer);
    void listArticles(const CorpusFilePlace& file, const std::string& words, DataAnswer<ArticleList> answer);
    void readArticle(const CorpusFilePlace& file, std::int64_t place, std::int64_t part,
                     const std::string& tokenizer, DataAnswer<ArticleText> answer);
    void measureLengths(const std::string& corpus, const std::string& tokenizer,
                        DataAnswer<std::vector<DomainLengths>> answer);
    void countTokens(const std::string& corpus, const std::string& tokenizer, DataAnswer<TokenCounts> answer);
    void compareTokenizers(const std::string& corpus, const std::vector<std::string>& tokenizers,
                           DataAnswer<TokenizerMeasure> answer);

private:
    enum class Kind { corpora, tokenizers, articles, article, lengths, counts, comparison };
    struct Counted {
        TokenCounts counts;
        std::int64_t mostBytes = 0; ///< 0: all
    };

    /// Answers with what `work` gives, or with the sentence of what it throws; not at all where another
    /// question of the kind came meanwhile.
    template <class Value, class Work>
    void ask(Kind kind, Work work, DataAnswer<Value> answer);
    /// The same for one of several questions that belong together.
    template <class Value, class Work>
    void ask(const std::stop_token& stop, Work work, DataAnswer<Value> answer);
    [[nodiscard]] std::stop_token beginQuestion(Kind kind);
    /// Counted once for each corpus and tokenizer; the newest are kept.
    [[nodiscard]] std::shared_ptr<const Counted>
    counted(const std::string& corpus, const std::string& tokenizer, const std::stop_token& stop);
    [[nodiscard]] std::shared_ptr<const ArticleIndex> opened(const CorpusFilePlace& file);
    [[nodiscard]] std::shared_ptr<const Tokenizer> opened(const std::string& tokenizer);

    Workspace m_workspace;
    std::map<Kind, std::stop_source> m_stops; ///< on this object's thread
    std::mutex m_mutex;                       ///< for the rest
    std::string m_indexOf;                    ///< identity and names of the file that was read last
    std::shared_ptr<const ArticleIndex> m_index;
    std::string m_tokenizerId;
    std::shared_ptr<const Tokenizer> m_tokenizer;
    std::vector<std::pair<std::string, std::shared_ptr<const Counted>>> m_counted; ///< the newest last
    QThreadPool m_threads;
};

} // namespace retort
