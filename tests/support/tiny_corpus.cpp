// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tiny_corpus.h"

#include "base/philox.h"

#include <cstdlib>
#include <fstream>

namespace retort::test {
namespace fs = std::filesystem;
namespace {

/// Draws one after the other from one stream.
class Dice {
public:
    Dice(std::uint64_t seed, const std::string& purpose, const std::string& name)
        : stream_(seed, purpose, name) {}
    std::uint64_t below(std::uint64_t bound) { return stream_.below(bound, 0, drawn_++); }

private:
    RandomStream stream_;
    std::uint64_t drawn_ = 0;
};

/// Words of a domain: syllables from its own five consonants and two vowels.
std::vector<std::string> make_words(std::uint64_t seed, const std::string& domain) {
    Dice dice(seed, "tiny words", domain);
    std::string consonants, vowels;
    while (consonants.size() < 5)
        consonants += "bcdfghjklmnpqrstvwxz"[dice.below(20)];
    while (vowels.size() < 2)
        vowels += "aeiouy"[dice.below(6)];
    std::vector<std::string> words(60);
    for (std::string& word : words)
        for (std::uint64_t syllables = 1 + dice.below(3); syllables > 0; --syllables)
            word += {consonants[dice.below(5)], vowels[dice.below(2)]};
    return words;
}

/// Sentences in which each word makes a few others likely, as words do.
std::string make_text(const std::vector<std::string>& words, Dice& dice) {
    std::string text;
    std::uint64_t word = dice.below(words.size());
    for (std::uint64_t sentence = 3 + dice.below(4); sentence > 0; --sentence) {
        for (std::uint64_t length = 4 + dice.below(8); length > 0; --length) {
            word = (word * 7 + 1 + dice.below(4)) % words.size();
            text += words[word] + (length > 1 ? " " : ".\n");
        }
    }
    return text;
}

void write_split(const fs::path& folder, const std::string& split, const std::string& domain,
                 std::int64_t kilobytes, std::uint64_t seed) {
    const auto words = make_words(seed, domain);
    Dice dice(seed, "tiny " + split, domain);
    std::ofstream out(folder / (split + "." + domain + ".jsonl"), std::ios::binary);
    std::int64_t left = kilobytes * 1024;
    for (int article = 0; left > 0; ++article) {
        const std::string text = make_text(words, dice);
        left -= static_cast<std::int64_t>(text.size());
        out << Json{{"id", split + "/" + std::to_string(article)}, {"domain", domain}, {"text", text}}.dump()
            << '\n';
    }
}

} // namespace

void write_tiny_corpus(const fs::path& folder, const TinyCorpus& options) {
    fs::create_directories(folder);
    for (const std::string& domain : options.domains) {
        write_split(folder, "train", domain, options.train_kilobytes, options.seed);
        write_split(folder, "valid", domain, options.valid_kilobytes, options.seed);
    }
}

Corpus import_tiny_corpus(const fs::path& scratch, const std::string& name, const TinyCorpus& options) {
    ::setenv("XDG_CACHE_HOME", (scratch / "cache").c_str(), 1);
    write_tiny_corpus(scratch / "tiny-source", options);
    return import_corpus(scratch / "tiny-source", name);
}

} // namespace retort::test
