// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/corpus_reader.h"

#include "app/corpus_facts.h"
#include "base/error.h"
#include "data/count_tokens.h"
#include "data/encode_articles.h"
#include "data/manifest.h"
#include "data/tokenizer_import.h"
#include "data/utf8.h"
#include "store/artifact_folder.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_headings = 2000;
constexpr std::size_t part_bytes = 32 * 1024; ///< of a long article; a text view takes it in at once
constexpr qsizetype excerpt_letters = 160;
constexpr std::int64_t most_counted_bytes = 4 << 20; ///< of each domain; more does not change the ratios
constexpr std::size_t most_counts_kept = 8;

void throw_if_stopped(const std::stop_token& stop) {
    if (stop.stop_requested()) throw Error(ErrorKind::interrupted, "Another question came.");
}

std::vector<ListedCorpus> list_all(const std::stop_token& stop) {
    std::vector<ListedCorpus> all;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(corpora_folder(), failed)) {
        throw_if_stopped(stop);
        const std::string name = entry.path().filename().string();
        if (!is_corpus_name(name) || !entry.is_directory(failed)) continue;
        try {
            all.push_back(describeCorpus(open_corpus(name)));
        } catch (const std::exception& error) { // listed, so that it can be removed
            ListedCorpus damaged;
            damaged.name = name;
            damaged.problem = error.what();
            all.push_back(std::move(damaged));
        }
    }
    std::ranges::sort(all, {}, &ListedCorpus::name);
    return all;
}

/// "sentencepiece-bpe 4000 · en fr de py"; "gpt2/tokenizer.json · Hugging Face 50257" of one made elsewhere.
std::string label_of(const Artifact& artifact, const Json& recipe) {
    const Json& tokenizer = recipe.contains("tokenizer") ? recipe["tokenizer"] : Json::object();
    if (!tokenizer.is_object() || !tokenizer.contains("vocab")) {
        const ImportedTokenizer imported = imported_tokenizer(artifact.folder);
        return imported.file + " · " + imported.library + " " + std::to_string(imported.entries);
    }
    const Json kind = tokenizer.value("kind", Json());
    std::string label = kind.is_string() ? kind.get<std::string>() : "tokenizer";
    label += " " + tokenizer["vocab"].dump();
    if (const Json domains = recipe.value("domains", Json()); domains.is_array()) {
        label += " ·";
        for (const Json& domain : domains)
            if (domain.is_string()) label += " " + domain.get<std::string>();
    }
    return label;
}

std::vector<ListedTokenizer> list_tokenizers(const Workspace& workspace) {
    std::vector<ListedTokenizer> all;
    ArtifactFolder artifacts(workspace);
    for (const Artifact& artifact : artifacts.list())
        if (artifact.kind == "tokenizer" && fs::is_directory(artifact.folder))
            all.push_back({artifact.id, label_of(artifact, artifacts.recipe_fields(artifact.id)),
                           artifact.folder.string()});
    for (ListedTokenizer& one : all) // of the same kind, on other text
        if (std::ranges::count(all, one.label, &ListedTokenizer::label) > 1)
            one.label += " (" + one.id.substr(one.id.size() - std::min<std::size_t>(4, one.id.size())) + ")";
    return all;
}

ArticleHeading heading_of(const Article& article, std::int64_t place, const QString& text, qsizetype hit) {
    const QString excerpt = text.mid(std::max<qsizetype>(0, hit - 40), excerpt_letters);
    return {place, article.id, count_characters(article.text), excerpt.toStdString()};
}

ArticleList list_articles(const ArticleIndex& index, const QString& words, const std::stop_token& stop) {
    ArticleList list{index.size(), words.isEmpty() ? index.size() : 0, {}};
    for (std::int64_t place = 0; place < index.size(); ++place) {
        throw_if_stopped(stop);
        if (words.isEmpty() && list.headings.size() == most_headings) break;
        const Article article = index.at(place);
        const QString text = QString::fromStdString(article.text);
        const qsizetype hit = words.isEmpty() ? 0 : text.indexOf(words, 0, Qt::CaseInsensitive);
        if (hit < 0 && !QString::fromStdString(article.id).contains(words, Qt::CaseInsensitive)) continue;
        if (!words.isEmpty()) ++list.found;
        if (list.headings.size() < most_headings)
            list.headings.push_back(heading_of(article, place, text, hit));
    }
    return list;
}

/// Where the part ends that begins at `begin`: behind a line where there is one, else behind a letter.
std::size_t end_of_part(std::string_view text, std::size_t begin) {
    if (text.size() - begin <= part_bytes) return text.size();
    std::size_t end = begin + part_bytes;
    const std::size_t line = text.rfind('\n', end - 1);
    if (line != std::string_view::npos && line >= begin + part_bytes / 2) return line + 1;
    while ((static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    return end;
}

/// Begins of the parts, and the end of the text.
std::vector<std::size_t> parts_of(std::string_view text) {
    std::vector<std::size_t> borders = {0};
    while (borders.back() < text.size())
        borders.push_back(end_of_part(text, borders.back()));
    return borders;
}

ArticleText part_of(const Article& article, std::int64_t part) {
    const std::vector<std::size_t> borders = parts_of(article.text);
    ArticleText text{article.id, count_characters(article.text), part, std::ssize(borders) - 1, {}, {}};
    text.part = std::clamp<std::int64_t>(part, 0, std::max<std::int64_t>(0, text.parts - 1));
    const auto at = static_cast<std::size_t>(text.part);
    if (text.parts > 0) text.text = article.text.substr(borders[at], borders[at + 1] - borders[at]);
    return text;
}

std::vector<TextToken> tokens_of(const std::string& text, const Tokenizer& tokenizer) {
    std::vector<TextToken> tokens;
    for (const std::int32_t id : tokenizer.encode(text))
        tokens.push_back({id, tokenizer.piece(id), std::string(tokenizer.bytes(id))});
    return tokens;
}

std::vector<DomainLengths> lengths_in_characters(const Corpus& corpus, const std::stop_token& stop) {
    std::vector<DomainLengths> all;
    for (const CorpusFile& file : corpus.files) {
        std::vector<std::int64_t> lengths;
        for_each_article(corpus, file.split, file.domain, [&](const Article& article) {
            throw_if_stopped(stop);
            lengths.push_back(count_characters(article.text));
        });
        all.push_back({file.split, file.domain, summarise_lengths(std::move(lengths))});
    }
    return all;
}

DomainLengths lengths_in_tokens(const Corpus& corpus, const CorpusFile& file, const Tokenizer& tokenizer,
                                const std::stop_token& stop) {
    struct Enough {};
    DomainLengths measured{file.split, file.domain, {}};
    std::vector<std::int64_t> lengths;
    std::int64_t bytes = 0;
    try {
        for_each_encoded(corpus, file.split, file.domain, tokenizer,
                         [&](const Article& article, const std::vector<std::int32_t>& ids) {
                             throw_if_stopped(stop);
                             if (bytes >= most_counted_bytes) throw Enough();
                             bytes += std::ssize(article.text);
                             lengths.push_back(std::ssize(ids));
                         });
    } catch (const Enough&) {
        measured.mostBytes = most_counted_bytes;
    }
    measured.lengths = summarise_lengths(std::move(lengths));
    return measured;
}

} // namespace

CorpusReader::CorpusReader(const Workspace& workspace, QObject* parent)
    : QObject(parent), m_workspace(workspace) {
    m_threads.setMaxThreadCount(2); // so that one reads on while the other measures
    m_threads.setThreadPriority(QThread::LowPriority);
}

CorpusReader::~CorpusReader() {
    for (auto& [kind, stop] : m_stops)
        stop.request_stop();
    m_threads.clear();
    m_threads.waitForDone();
}

std::stop_token CorpusReader::beginQuestion(Kind kind) {
    m_stops[kind].request_stop();
    m_stops[kind] = std::stop_source();
    return m_stops[kind].get_token();
}

template <class Value, class Work>
void CorpusReader::ask(Kind kind, Work work, DataAnswer<Value> answer) {
    ask(beginQuestion(kind), std::move(work), std::move(answer));
}

template <class Value, class Work>
void CorpusReader::ask(const std::stop_token& stop, Work work, DataAnswer<Value> answer) {
    m_threads.start([this, work = std::move(work), answer = std::move(answer), stop] {
        if (stop.stop_requested()) return;
        Value value;
        std::string problem;
        try {
            value = work(stop);
        } catch (const std::exception& error) {
            problem = error.what();
        }
        QMetaObject::invokeMethod(
            this,
            [answer, stop, value = std::move(value), problem = std::move(problem)] {
                if (!stop.stop_requested()) answer(value, problem);
            },
            Qt::QueuedConnection);
    });
}

std::shared_ptr<const ArticleIndex> CorpusReader::opened(const CorpusFilePlace& file) {
    const Corpus corpus = open_corpus(file.corpus);
    const std::string name = corpus.identity() + '/' + file.corpus + '/' + file.split + '/' + file.domain;
    const std::lock_guard lock(m_mutex);
    if (m_indexOf != name || !m_index) {
        m_index = std::make_shared<const ArticleIndex>(corpus, file.split, file.domain);
        m_indexOf = name;
    }
    return m_index;
}

std::shared_ptr<const Tokenizer> CorpusReader::opened(const std::string& tokenizer) {
    const std::lock_guard lock(m_mutex);
    if (m_tokenizerId == tokenizer && m_tokenizer) return m_tokenizer;
    const auto found = ArtifactFolder(m_workspace).find(tokenizer);
    if (!found)
        throw Error(ErrorKind::data, "The tokenizer " + tokenizer +
                                         " is not in the workspace or is damaged; choose another one.");
    m_tokenizer = std::make_shared<const Tokenizer>(found->folder);
    m_tokenizerId = tokenizer;
    return m_tokenizer;
}

void CorpusReader::listCorpora(DataAnswer<std::vector<ListedCorpus>> answer) {
    ask(Kind::corpora, list_all, std::move(answer));
}

void CorpusReader::listTokenizers(DataAnswer<std::vector<ListedTokenizer>> answer) {
    ask(
        Kind::tokenizers, [this](const std::stop_token&) { return list_tokenizers(m_workspace); },
        std::move(answer));
}

void CorpusReader::listArticles(const CorpusFilePlace& file, const std::string& words,
                                DataAnswer<ArticleList> answer) {
    ask(
        Kind::articles,
        [this, file, text = QString::fromStdString(words)](const std::stop_token& stop) {
            return list_articles(*opened(file), text, stop);
        },
        std::move(answer));
}

void CorpusReader::readArticle(const CorpusFilePlace& file, std::int64_t place, std::int64_t part,
                               const std::string& tokenizer, DataAnswer<ArticleText> answer) {
    ask(
        Kind::article,
        [this, file, place, part, tokenizer](const std::stop_token&) {
            ArticleText text = part_of(opened(file)->at(place), part);
            if (!tokenizer.empty()) text.tokens = tokens_of(text.text, *opened(tokenizer));
            return text;
        },
        std::move(answer));
}

void CorpusReader::measureLengths(const std::string& corpus, const std::string& tokenizer,
                                  DataAnswer<std::vector<DomainLengths>> answer) {
    ask(
        Kind::lengths,
        [this, corpus, tokenizer](const std::stop_token& stop) {
            const Corpus of = open_corpus(corpus);
            if (tokenizer.empty()) return lengths_in_characters(of, stop);
            const auto encoder = opened(tokenizer);
            std::vector<DomainLengths> all;
            for (const CorpusFile& file : of.files)
                all.push_back(lengths_in_tokens(of, file, *encoder, stop));
            return all;
        },
        std::move(answer));
}

std::shared_ptr<const CorpusReader::Counted>
CorpusReader::counted(const std::string& corpus, const std::string& tokenizer, const std::stop_token& stop) {
    const Corpus of = open_corpus(corpus);
    const std::string name = of.identity() + '/' + corpus + '/' + tokenizer;
    {
        const std::lock_guard lock(m_mutex);
        const auto known = std::ranges::find(m_counted, name, [](const auto& entry) { return entry.first; });
        if (known != m_counted.end()) return known->second;
    }
    TokenCounting what;
    const bool isMuch = std::ranges::any_of(of.files, [](const CorpusFile& file) {
        return file.split == "train" && file.bytes > most_counted_bytes;
    });
    if (isMuch) what.most_bytes = most_counted_bytes;
    const auto fresh = std::make_shared<const Counted>(
        Counted{count_tokens(of, *opened(tokenizer), tokenizer, what, {}, stop), what.most_bytes});
    const std::lock_guard lock(m_mutex);
    m_counted.emplace_back(name, fresh);
    if (m_counted.size() > most_counts_kept) m_counted.erase(m_counted.begin());
    return fresh;
}

void CorpusReader::countTokens(const std::string& corpus, const std::string& tokenizer,
                               DataAnswer<TokenCounts> answer) {
    ask(
        Kind::counts,
        [this, corpus, tokenizer](const std::stop_token& stop) {
            return counted(corpus, tokenizer, stop)->counts;
        },
        std::move(answer));
}

void CorpusReader::compareTokenizers(const std::string& corpus, const std::vector<std::string>& tokenizers,
                                     DataAnswer<TokenizerMeasure> answer) {
    const std::stop_token stop = beginQuestion(Kind::comparison);
    for (const std::string& tokenizer : tokenizers)
        ask(
            stop,
            [this, corpus, tokenizer](const std::stop_token& stopped) {
                const auto all = counted(corpus, tokenizer, stopped);
                return TokenizerMeasure{tokenizer, token_ratios(all->counts), vocabulary_parts(all->counts),
                                        all->mostBytes};
            },
            answer);
}

} // namespace retort
