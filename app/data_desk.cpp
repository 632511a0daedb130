// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data_desk.h"

#include "data/corpus_removal.h"
#include "data/import/import.h"
#include "widgets/pages/data_page.h"

#include <exception>
#include <utility>

namespace retort {
namespace {

std::vector<CorpusRecipeOffer> offers() {
    const std::map<std::string, QString> helps = {
        {"debian-small",
         DataDesk::tr("0.5 M tokens a domain; fetches 126 MB, and takes about a minute after that")},
        {"debian-large",
         DataDesk::tr("3.4 M tokens a domain; fetches 488 MB, and takes a few minutes after that")}};
    std::vector<CorpusRecipeOffer> all;
    for (const std::string& recipe : corpus_recipes()) {
        const auto help = helps.find(recipe);
        all.push_back({recipe, help == helps.end() ? std::string() : help->second.toStdString()});
    }
    return all;
}

/// Without a reading of the whole specification: there may be thousands of runs.
std::string corpusOf(const RunRecord& run) {
    static const Json::json_pointer pointer("/data/corpus");
    const Json& spec = run.spec;
    return spec.contains(pointer) && spec[pointer].is_string() ? spec[pointer].get<std::string>()
                                                               : std::string();
}

} // namespace

DataDesk::DataDesk(OpenWorkspace& workspace, DataPage& page, QObject* parent, BuildCorpus build)
    : QObject(parent),
      m_workspace(workspace),
      m_page(page),
      m_build(std::move(build)),
      m_reader(workspace.workspace()) {
    if (!m_build)
        m_build = [](const std::string& recipe, const ProgressFunction& progress, std::stop_token stop) {
            return build_corpus(recipe, progress, std::move(stop));
        };
    connect(&m_workspace, &OpenWorkspace::runsReplaced, this, &DataDesk::showCorpora);
    connect(&m_workspace, &OpenWorkspace::runChanged, this, [this](const RunRecord& run) {
        if (run.status == RunStatus::done) refreshTokenizers();
    });
    connectMaker();
    m_page.setSource(this);
    m_page.setRecipes(offers());
    refresh();
}

DataDesk::~DataDesk() {
    m_page.setSource(nullptr);
    forget_removed_corpora();
}

void DataDesk::connectMaker() {
    connect(&m_maker, &CorpusMaker::progressed, this, [this](const QString& phase, double share) {
        m_page.setJob(tr("%1: %2").arg(m_making, phase), share);
    });
    connect(&m_maker, &CorpusMaker::ended, this,
            [this](const QString& sentence, bool isProblem, const QString& corpus) {
                m_page.endJob(sentence, isProblem, corpus);
                refresh();
            });
}

void DataDesk::refresh() {
    m_reader.listCorpora([this](const std::vector<ListedCorpus>& corpora, const std::string&) {
        m_corpora = corpora;
        showCorpora();
    });
    refreshTokenizers();
}

void DataDesk::refreshTokenizers() {
    m_reader.listTokenizers([this](const auto& tokenizers, const std::string& problem) {
        if (problem.empty()) m_page.setTokenizers(tokenizers);
    });
}

void DataDesk::showCorpora() {
    std::map<std::string, std::int64_t> runs;
    for (const RunRecord& run : m_workspace.runs())
        ++runs[corpusOf(run)];
    for (ListedCorpus& corpus : m_corpora)
        corpus.runs = runs[corpus.name];
    m_page.setCorpora(m_corpora);
}

void DataDesk::listArticles(const CorpusFilePlace& file, const std::string& words,
                            DataAnswer<ArticleList> answer) {
    m_reader.listArticles(file, words, std::move(answer));
}

void DataDesk::readArticle(const CorpusFilePlace& file, std::int64_t place, std::int64_t part,
                           const std::string& tokenizer, DataAnswer<ArticleText> answer) {
    m_reader.readArticle(file, place, part, tokenizer, std::move(answer));
}

void DataDesk::measureLengths(const std::string& corpus, const std::string& tokenizer,
                              DataAnswer<std::vector<DomainLengths>> answer) {
    m_reader.measureLengths(corpus, tokenizer, std::move(answer));
}

void DataDesk::countTokens(const std::string& corpus, const std::string& tokenizer,
                           DataAnswer<TokenCounts> answer) {
    m_reader.countTokens(corpus, tokenizer, std::move(answer));
}

void DataDesk::compareTokenizers(const std::string& corpus, const std::vector<std::string>& tokenizers,
                                 DataAnswer<TokenizerMeasure> answer) {
    m_reader.compareTokenizers(corpus, tokenizers, std::move(answer));
}

void DataDesk::begin(const QString& what, const QString& name, CorpusMaker::Make make) {
    if (m_maker.isBusy()) return;
    m_making = what;
    m_page.setJob(tr("%1: looking what is there").arg(what), -1);
    m_maker.begin(name, std::move(make));
}

void DataDesk::previewImport(const ImportSpec& spec, DataAnswer<ImportReport> answer) {
    begin(QString::fromStdString(spec.name), {},
          [this, spec, answer = std::move(answer)](const ProgressFunction& progress, std::stop_token stop) {
              const ImportReport report = preview_import(spec, progress, std::move(stop));
              QMetaObject::invokeMethod(
                  this, [answer, report] { answer(report, {}); }, Qt::QueuedConnection);
              return tr("The sources were read; nothing was written.");
          });
}

void DataDesk::importTexts(const ImportSpec& spec) {
    const QString name = QString::fromStdString(spec.name);
    begin(name, name, [spec, name](const ProgressFunction& progress, std::stop_token stop) {
        const Corpus corpus = import_documents(spec, progress, std::move(stop));
        std::int64_t taken = 0, skipped = 0;
        for (const CorpusFile& file : corpus.files)
            taken += file.articles;
        if (const auto report = import_report(corpus))
            for (const auto& [reason, documents] : report->skipped)
                skipped += documents;
        return tr("%1 is ready: %2 articles in %3 domains; %4 documents were left out.")
            .arg(name)
            .arg(taken)
            .arg(corpus.domains().size())
            .arg(skipped);
    });
}

void DataDesk::build(const std::string& recipe) {
    const QString name = QString::fromStdString(recipe);
    begin(name, name, [this, recipe](const ProgressFunction& progress, const std::stop_token& stop) {
        const Corpus corpus = m_build(recipe, progress, stop);
        QStringList domains;
        for (const std::string& domain : corpus.domains())
            domains << QString::fromStdString(domain);
        return tr("%1 is ready (%2).").arg(QString::fromStdString(corpus.name), domains.join(tr(", ")));
    });
}

void DataDesk::attempt(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        m_page.endJob(QString::fromStdString(error.what()), true);
    }
    refresh();
}

void DataDesk::remove(const std::string& corpus) {
    attempt([&] { remove_corpus(corpus); });
}

void DataDesk::undoRemove(const std::string& corpus) {
    attempt([&] { restore_corpus(corpus); });
}

} // namespace retort
