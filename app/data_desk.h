// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/corpus_maker.h"
#include "app/corpus_reader.h"
#include "app/open_workspace.h"
#include "widgets/pages/data_source.h"

#include <QObject>

#include <functional>
#include <stop_token>
#include <string>

namespace retort {

class DataPage;

/// Fills the Data page from the corpora of this user and the tokenizers of a workspace, and makes and removes
/// corpora for it. What was removed can be brought back while the desk is there.
class DataDesk : public QObject, private DataSource {
    Q_OBJECT
public:
    /// Makes the corpus of a recipe; called on the maker's thread.
    using BuildCorpus = std::function<Corpus(const std::string& recipe, const ProgressFunction& progress,
                                             std::stop_token stop)>;

    /// The page must outlive the desk, and so must the workspace. `build`: as build_corpus().
    DataDesk(OpenWorkspace& workspace, DataPage& page, QObject* parent = nullptr, BuildCorpus build = {});
    ~DataDesk() override;

private:
    void listArticles(const CorpusFilePlace& file, const std::string& words,
                      DataAnswer<ArticleList> answer) override;
    void readArticle(const CorpusFilePlace& file, std::int64_t place, std::int64_t part,
                     const std::string& tokenizer, DataAnswer<ArticleText> answer) override;
    void measureLengths(const std::string& corpus, const std::string& tokenizer,
                        DataAnswer<std::vector<DomainLengths>> answer) override;
    void countTokens(const std::string& corpus, const std::string& tokenizer,
                     DataAnswer<TokenCounts> answer) override;
    void compareTokenizers(const std::string& corpus, const std::vector<std::string>& tokenizers,
                           DataAnswer<TokenizerMeasure> answer) override;
    void refresh() override;
    void build(const std::string& recipe) override;
    void previewImport(const ImportSpec& spec, DataAnswer<ImportReport> answer) override;
    void importTexts(const ImportSpec& spec) override;
    void cancel() override { m_maker.cancel(); }
    void remove(const std::string& corpus) override;
    void undoRemove(const std::string& corpus) override;

    void connectMaker();
    void begin(const QString& what, const QString& name, CorpusMaker::Make make);
    void showCorpora();
    void refreshTokenizers();
    void attempt(const std::function<void()>& work);

    OpenWorkspace& m_workspace;
    DataPage& m_page;
    BuildCorpus m_build;
    std::vector<ListedCorpus> m_corpora;
    QString m_making; ///< name
    CorpusReader m_reader;
    CorpusMaker m_maker; ///< last: nothing of either comes after the rest has gone
};

} // namespace retort
