// SPDX-License-Identifier: GPL-3.0-or-later
// Corpora that a test or a gallery shows, and a source that answers from memory.
#pragma once

#include "sample_imports.h"
#include "widgets/pages/data_source.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

namespace retort {

inline ListedCorpus sampleCorpus(const std::string& name = "debian-small") {
    ListedCorpus corpus{name, "sum of " + name, "recipe " + name, {}, {}, {}, {}};
    const std::vector<CorpusPart> train = {{"train", "en", 433, 1'626'000, 1'640'213},
                                           {"train", "fr", 351, 1'563'000, 1'632'871},
                                           {"train", "de", 329, 1'527'000, 1'561'404},
                                           {"train", "py", 99, 1'463'000, 1'470'118}};
    for (const CorpusPart& part : train) {
        corpus.parts.push_back(part);
        corpus.parts.push_back(
            {"valid", part.domain, part.articles / 10, part.characters / 20, part.bytes / 20});
    }
    corpus.facts = {
        {"folder", "/home/ada/.cache/retort/corpora/" + name},
        {"identity (SHA-256)", "4f2d6a8e5cf0b6c0d9b4cf2a1c5d0d3ee60f6c13b9a7f5b4f2a0a6d6e6f31b9c"},
        {"recipe", name},
        {"release", "Debian 12 (bookworm)"},
        {"articles in en fr and de", "train 329, valid 37"}};
    corpus.sources = {
        {"debian-faq",
         "free, copyleft",
         "debian-faq 11.1, debian-faq-fr 11.1",
         {{"en", 90'000}, {"fr", 99'000}}},
        {"gnome-help", "CC-BY-SA-3.0", "gnome-user-docs 43.0", {{"en", 410'000}, {"de", 402'000}}},
        {"python", "PSF-2.0", "libpython3.11-stdlib 3.11.2", {{"py", 1'463'000}}}};
    corpus.runs = 7;
    return corpus;
}

inline ListedCorpus importedCorpus() {
    ListedCorpus corpus = sampleCorpus("letters");
    corpus.origin = "import";
    corpus.report = sampleImport();
    return corpus;
}

inline ListedCorpus damagedCorpus() {
    ListedCorpus corpus;
    corpus.name = "wiki";
    corpus.problem =
        "The corpus in /home/ada/.cache/retort/corpora/wiki is damaged (train.en.jsonl is missing); "
        "import it with `retortctl corpus import`.";
    return corpus;
}

/// Ten entries in three domains, each with 1000 tokens.
inline TokenCounts sampleCounts() {
    using enum PieceKind;
    return {"t1",
            {{"<unk>", unknown, 0},
             {"<s>", control, 0},
             {"</s>", control, 0},
             {"<0xC3>", byte, 0},
             {"▁the", text, 4},
             {"▁le", text, 3},
             {"▁der", text, 4},
             {"e", text, 1},
             {"▁", text, 1},
             {"▁zzz", text, 4}},
            {{"en", 10, 500, 3000, 3000, {2, 0, 0, 8, 600, 10, 0, 200, 180, 0}},
             {"fr", 10, 400, 2800, 2900, {0, 0, 0, 90, 10, 500, 0, 200, 200, 0}},
             {"de", 10, 450, 3100, 3200, {0, 0, 0, 50, 10, 0, 560, 200, 180, 0}}}};
}

/// Answers at once, or when it is told to.
struct SampleCorpora : DataSource {
    std::vector<std::string> calls; ///< what was asked, "read en 3 0 bpe"
    bool isSlow = false;
    std::vector<std::function<void()>> waiting;

    void answerAll() {
        for (const auto& answer : std::exchange(waiting, {}))
            answer();
    }
    void reply(std::function<void()> answer) {
        if (isSlow)
            waiting.push_back(std::move(answer));
        else
            answer();
    }

    static std::string idOf(std::int64_t place) {
        return (place % 2 == 0 ? "gnome-help/page-" : "debian-faq/chapter-") + std::to_string(place);
    }
    static std::string textOf(std::int64_t place) {
        return "The café of page " + std::to_string(place) +
               ".\nWhen one comes to the town from the east, the road goes down to the harbour; the houses "
               "are low "
               "there and their doors are blue.\n\nMost people go on by ship.";
    }

    void listArticles(const CorpusFilePlace& file, const std::string& words,
                      DataAnswer<ArticleList> answer) override {
        calls.push_back("list " + file.corpus + " " + file.split + " " + file.domain + " " + words);
        ArticleList list{40, 0, {}};
        for (std::int64_t place = 0; place < list.all; ++place)
            if (idOf(place).find(words) != std::string::npos ||
                textOf(place).find(words) != std::string::npos)
                list.headings.push_back({place, idOf(place), 150 + 37 * place, textOf(place)});
        list.found = std::ssize(list.headings);
        if (list.headings.size() > 30) list.headings.resize(30);
        reply([answer, list] { answer(list, {}); });
    }
    void readArticle(const CorpusFilePlace& file, std::int64_t place, std::int64_t part,
                     const std::string& tokenizer, DataAnswer<ArticleText> answer) override {
        calls.push_back("read " + file.domain + " " + std::to_string(place) + " " + std::to_string(part) +
                        " " + tokenizer);
        ArticleText text{idOf(place), 150 + 37 * place, part, place == 2 ? 3 : 1, textOf(place), {}};
        if (!tokenizer.empty()) text.tokens = cut(text.text);
        const std::string problem = place == 5 ? "The article is gone." : "";
        reply([answer, text, problem] { answer(text, problem); });
    }
    void measureLengths(const std::string& corpus, const std::string& tokenizer,
                        DataAnswer<std::vector<DomainLengths>> answer) override {
        calls.push_back("lengths " + corpus + " " + tokenizer);
        std::vector<DomainLengths> all;
        for (const char* split : {"train", "valid"})
            for (int domain = 0; domain < 4; ++domain) {
                std::vector<std::int64_t> lengths;
                for (int i = 1; i < 400; ++i) // about log-normal
                    lengths.push_back(static_cast<std::int64_t>(std::exp(
                        (tokenizer.empty() ? 6.5 : 5.1) + 0.5 * domain + std::log(i / (400.0 - i)) * 0.45)));
                all.push_back({split, std::vector<std::string>{"en", "fr", "de", "py"}[std::size_t(domain)],
                               summarise_lengths(std::move(lengths)), tokenizer.empty() ? 0 : 4 << 20});
            }
        reply([answer, all] { answer(all, {}); });
    }
    void countTokens(const std::string& corpus, const std::string& tokenizer,
                     DataAnswer<TokenCounts> answer) override {
        calls.push_back("count " + corpus + " " + tokenizer);
        reply([answer] { answer(sampleCounts(), {}); });
    }
    void compareTokenizers(const std::string& corpus, const std::vector<std::string>& tokenizers,
                           DataAnswer<TokenizerMeasure> answer) override {
        calls.push_back("compare " + corpus + " " + std::to_string(tokenizers.size()));
        for (std::size_t i = 0; i < tokenizers.size(); ++i) {
            TokenCounts counts = sampleCounts();
            for (DomainTokens& domain : counts.domains)
                domain.words = domain.words * std::int64_t(i + 2) / 2;
            reply([answer, counts, id = tokenizers[i]] {
                answer({id, token_ratios(counts), vocabulary_parts(counts), 4 << 20}, {});
            });
        }
    }
    void refresh() override { calls.emplace_back("refresh"); }
    void build(const std::string& recipe) override { calls.push_back("build " + recipe); }
    void previewImport(const ImportSpec& spec, DataAnswer<ImportReport> answer) override {
        calls.push_back("preview " + spec.name);
        reply([answer] { answer(sampleImport(), {}); });
    }
    void importTexts(const ImportSpec& spec) override { calls.push_back("import " + spec.name); }
    void cancel() override { calls.emplace_back("cancel"); }
    void remove(const std::string& corpus) override { calls.push_back("remove " + corpus); }
    void undoRemove(const std::string& corpus) override { calls.push_back("undo " + corpus); }

    /// Words with the space before them; bytes of letters beyond ASCII alone.
    static std::vector<TextToken> cut(const std::string& text) {
        std::vector<TextToken> tokens;
        for (const char letter : text) {
            const bool isByte = static_cast<unsigned char>(letter) >= 0x80;
            const bool joins =
                !tokens.empty() && !isByte && std::isalpha(letter) != 0 && tokens.back().bytes.size() < 5 &&
                static_cast<unsigned char>(tokens.back().bytes.back()) < 0x80 && tokens.back().bytes != "\n";
            if (joins)
                tokens.back().bytes += letter;
            else
                tokens.push_back(
                    {isByte ? 200 : 300 + static_cast<int>(tokens.size()), "", std::string(1, letter)});
        }
        for (TextToken& token : tokens)
            token.piece = token.id == 200 ? "<byte>" : "▁" + token.bytes;
        return tokens;
    }
};

} // namespace retort
