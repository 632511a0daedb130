// SPDX-License-Identifier: GPL-3.0-or-later
// Documents for tests of imports, and what can be said of the corpora that come of them.
#pragma once

#include "base/error.h"
#include "base/files.h"
#include "data/import/import.h"

#include <QTemporaryDir>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace retort::test {

/// Random words of no language, so that no rule but the one under test has to do with them.
class Words {
public:
    /// `letters`: what words are made of.
    explicit Words(std::uint64_t seed, std::vector<std::string> letters = {})
        : random_(seed), letters_(std::move(letters)) {
        if (!letters_.empty()) return;
        for (char letter = 'a'; letter <= 'z'; ++letter)
            letters_.emplace_back(1, letter);
    }
    std::string words(std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) text += ' ';
            for (std::uint64_t letters = 3 + below(7); letters > 0; --letters)
                text += letters_[below(letters_.size())];
        }
        return text;
    }
    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

private:
    std::mt19937_64 random_;
    std::vector<std::string> letters_;
};

/// A text of paragraphs as Wiki40B marks them.
inline std::string marked_text(Words& words, std::size_t paragraphs, std::size_t length) {
    std::string text = "\n_START_ARTICLE_\n" + words.words(2);
    for (std::size_t i = 0; i < paragraphs; ++i)
        text += "\n_START_SECTION_\n" + words.words(2) + "\n_START_PARAGRAPH_\n" + words.words(length);
    return text;
}

/// An article in several languages in the form of Wiki40B.
inline Json wiki_article(Words& words, int number, const std::vector<std::string>& in) {
    Json article = Json::object();
    for (const std::string& language : in)
        article[language] = {{"text", marked_text(words, 1 + words.below(4), 20 + words.below(60))},
                             {"wikidata_id", "Q" + std::to_string(number)},
                             {"version_id", std::to_string(number * 7)}};
    return article;
}

inline const std::vector<std::string> languages = {"en", "fr", "de"};

/// Articles Q0, Q1, … in three languages; every fifth lacks one.
inline std::vector<Json> wiki(std::uint64_t seed, int count) {
    Words words(seed);
    std::vector<Json> articles;
    for (int i = 0; i < count; ++i) {
        std::vector<std::string> in = languages;
        if (i % 5 == 4) in.erase(in.begin() + static_cast<std::ptrdiff_t>(words.below(3)));
        articles.push_back(wiki_article(words, i, in));
    }
    return articles;
}

/// As json.dump(…, indent=4, ensure_ascii=False) writes it.
inline std::string array_of(const std::vector<Json>& articles) {
    return Json(articles).dump(4);
}

/// Split and domain -> id -> text.
using Taken = std::map<std::pair<std::string, std::string>, std::map<std::string, std::string>>;
inline Taken taken(const Corpus& corpus) {
    Taken all;
    for (const CorpusFile& file : corpus.files)
        for_each_article(corpus, file.split, file.domain, [&](const Article& article) {
            all[{file.split, file.domain}][article.id] = article.text;
        });
    return all;
}

inline std::int64_t skipped(const ImportReport& report, SkipReason reason) {
    const auto found = report.skipped.find(reason);
    return found == report.skipped.end() ? 0 : found->second;
}

/// What `act` throws; nothing where it does not.
inline std::optional<Error> error_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    return {};
}

/// A temporary folder whose `cache` is where this process keeps its corpora.
class ImportHome {
public:
    ImportHome() { qputenv("XDG_CACHE_HOME", (path() / "cache").c_str()); }
    [[nodiscard]] std::filesystem::path path() const { return dir_.path().toStdString(); }
    std::filesystem::path write(const std::string& name, const std::string& bytes) const {
        std::filesystem::create_directories((path() / name).parent_path());
        write_file_atomically(path() / name, bytes);
        return path() / name;
    }
    void clear() const {
        for (const auto& entry : std::filesystem::directory_iterator(path()))
            std::filesystem::remove_all(entry.path());
    }

private:
    QTemporaryDir dir_;
};

/// An import called "x" of files, without what would leave out short ones.
inline ImportSpec import_of(const std::vector<std::filesystem::path>& files) {
    ImportSpec spec;
    spec.name = std::string("x"); // GCC 12 warns of the bare literal
    for (const std::filesystem::path& file : files)
        spec.sources.push_back({file.string(), "", ImportFormat::automatic, "", "", 0});
    spec.cleaning.min_characters = 20;
    spec.split.valid = 0.2;
    return spec;
}

/// The same without any rule of cleaning and without balance: everything is taken.
inline ImportSpec plain_import_of(const std::vector<std::filesystem::path>& files) {
    ImportSpec spec = import_of(files);
    spec.cleaning = {.duplicates = false,
                     .near_duplicates = false,
                     .repeated_paragraphs = false,
                     .wrong_language = false,
                     .min_characters = 1};
    spec.balance.on = false;
    return spec;
}

/// Whether nothing but whole corpora lies where corpora lie: what is being made is hidden.
inline bool is_tidy() {
    for (const auto& entry : std::filesystem::directory_iterator(corpora_folder()))
        if (entry.path().filename().string().starts_with('.')) return false;
    return true;
}

} // namespace retort::test
