// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generated_wiki.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

namespace retort::test {

TextWriter::TextWriter(std::uint64_t seed) : random_(seed) {
    for (int i = 0; i < 30'000; ++i) {
        std::string word;
        for (std::uint64_t letters = 2 + random_() % 9; letters > 0; --letters)
            word += static_cast<char>('a' + random_() % 26);
        words_.push_back(word);
    }
}

std::string TextWriter::paragraph(std::uint64_t words) {
    std::string text;
    for (std::uint64_t i = 0; i < words; ++i) {
        // The logarithm of the rank is uniform where frequencies fall with the rank.
        const double u = std::uniform_real_distribution<>(0, 1)(random_);
        text += words_[static_cast<std::size_t>(std::pow(static_cast<double>(words_.size()), u)) - 1] + ' ';
    }
    return text + "é.";
}

std::string TextWriter::article() {
    std::string text = "\n_START_ARTICLE_\n" + paragraph(3);
    for (std::uint64_t sections = 1 + random_() % 6; sections > 0; --sections)
        text +=
            "\n_START_SECTION_\n" + paragraph(2) + "\n_START_PARAGRAPH_\n" + paragraph(60 + random_() % 100);
    return text;
}

std::int64_t write_wiki_array(const std::filesystem::path& file, std::int64_t bytes) {
    std::vector<std::pair<std::string, TextWriter>> writers = {
        {"en", TextWriter(1)}, {"fr", TextWriter(2)}, {"de", TextWriter(3)}};
    std::ofstream out(file);
    out.exceptions(std::ios::badbit | std::ios::failbit);
    nlohmann::ordered_json article;
    std::int64_t count = 0;
    for (; out.tellp() < bytes; ++count) {
        for (auto& [language, writer] : writers) {
            if (count % 20 != 19) article[language]["text"] = writer.article();
            article[language]["wikidata_id"] = "Q" + std::to_string(count);
            article[language]["version_id"] = std::to_string(count);
        }
        out << (count == 0 ? "[\n" : ",\n") << article.dump(4);
    }
    out << "\n]\n";
    return count;
}

} // namespace retort::test
