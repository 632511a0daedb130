// SPDX-License-Identifier: GPL-3.0-or-later
// Text of made languages, as much as wanted: for tests and benchmarks of what reads gigabytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace retort::test {

/// Writes with the frequencies of words that languages have (Zipf's law), in 30 000 words of its own.
class TextWriter {
public:
    explicit TextWriter(std::uint64_t seed);

    /// One line without its end.
    [[nodiscard]] std::string paragraph(std::uint64_t words);
    /// As Wiki40B marks an article: a title, and one to six sections of a paragraph each.
    [[nodiscard]] std::string article();

private:
    std::mt19937_64 random_;
    std::vector<std::string> words_;
};

/// Writes an array in the form of Wiki40B, indented, of articles in en, fr and de until it has `bytes`; a
/// twentieth of the articles is there twice under another id. Returns how many articles there are.
std::int64_t write_wiki_array(const std::filesystem::path& file, std::int64_t bytes);

} // namespace retort::test
