// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tokenizer.h"

#include "base/error.h"
#include "base/files.h"
#include "base/philox.h"
#include "data/sentencepiece_module.h"
#include "data/utf8.h"
#include "spec/field_visitors.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

namespace retort {
namespace fs = std::filesystem;
namespace {

/// More text does not change the pieces noticeably, but takes time and memory.
constexpr std::int64_t most_bytes_per_domain = 32 << 20;
constexpr std::int64_t most_bytes_of_unigram = 8 << 20; ///< whose training takes several times as long
constexpr std::size_t longest_line = 4096;              ///< bytes; SentencePiece passes over much longer ones

std::vector<std::int64_t> article_sizes(const Corpus& corpus, const std::string& domain) {
    std::vector<std::int64_t> sizes;
    for_each_article(corpus, "train", domain, [&sizes](const Article& article) {
        sizes.push_back(static_cast<std::int64_t>(article.text.size()));
    });
    return sizes;
}

/// Articles in a pseudo-random order, so that a sorted file does not bias the sample.
std::vector<std::size_t> shuffled(std::size_t count, const std::string& domain) {
    const RandomStream random(0, "tokenizer sample", domain);
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = count; i > 1; --i)
        std::swap(order[i - 1], order[random.below(i, 0, i)]);
    return order;
}

/// Bytes to take of each article, `quota` of them in all.
std::vector<std::int64_t> sample(const std::vector<std::int64_t>& sizes, std::int64_t quota,
                                 const std::string& domain) {
    std::vector<std::int64_t> taken(sizes.size(), 0);
    for (const std::size_t article : shuffled(sizes.size(), domain)) {
        taken[article] = std::min(sizes[article], quota);
        quota -= taken[article];
    }
    return taken;
}

std::string_view whole_characters(std::string_view text, std::size_t bytes) {
    while (bytes < text.size() && bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0u) == 0x80u)
        --bytes;
    return text.substr(0, bytes);
}

/// Characters that SentencePiece keeps for itself in training, and line ends. They are tokenised by their
/// bytes: a newline or a tab is one token.
std::size_t reserved_length(std::string_view text) {
    if (text.front() == '\n' || text.front() == '\r' || text.front() == '\t' || text.front() == '\0')
        return 1;
    return text.starts_with("\u2581") || text.starts_with("\u2585") ? 3 : 0;
}

void append_lines(std::string_view text, std::vector<std::string>& lines) {
    std::string line;
    const auto flush = [&] {
        if (!line.empty()) lines.push_back(std::exchange(line, {}));
    };
    while (!text.empty()) {
        const std::size_t reserved = reserved_length(text);
        const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
        if (reserved > 0 || (line.size() > longest_line && text.front() == ' ')) flush();
        if (reserved == 0) line += text.substr(0, length);
        text.remove_prefix(length);
    }
    flush();
}

std::int64_t bytes_of(const std::vector<std::int64_t>& sizes) {
    return std::reduce(sizes.begin(), sizes.end());
}

/// Bytes to take of each domain, given the sizes of its articles.
std::vector<std::int64_t> quotas(const std::vector<std::vector<std::int64_t>>& sizes,
                                 const TokenizerSpec& spec) {
    const std::int64_t limit =
        spec.kind == TokenizerKind::sentencepiece_unigram ? most_bytes_of_unigram : most_bytes_per_domain;
    std::int64_t least = limit, most = 0;
    for (const auto& domain : sizes) {
        least = std::min(least, bytes_of(domain));
        most = std::max(most, bytes_of(domain));
    }
    std::vector<std::int64_t> quotas(sizes.size(), least);
    if (spec.sampling == TokenizerSampling::balanced) return quotas;
    const double share = std::min(1.0, static_cast<double>(limit) / static_cast<double>(most));
    for (std::size_t d = 0; d < sizes.size(); ++d)
        quotas[d] = static_cast<std::int64_t>(share * static_cast<double>(bytes_of(sizes[d])));
    return quotas;
}

std::vector<std::string> training_lines(const Corpus& corpus, const std::vector<std::string>& domains,
                                        const TokenizerSpec& spec, const ProgressFunction& progress) {
    std::vector<std::vector<std::int64_t>> sizes;
    for (const std::string& domain : domains)
        sizes.push_back(article_sizes(corpus, domain));
    const std::vector<std::int64_t> quota = quotas(sizes, spec);
    std::vector<std::string> lines;
    for (std::size_t d = 0; d < domains.size(); ++d) {
        if (progress)
            progress("reading text", 0.2 * static_cast<double>(d) / static_cast<double>(domains.size()));
        const auto taken = sample(sizes[d], quota[d], domains[d]);
        std::size_t article = 0;
        for_each_article(corpus, "train", domains[d], [&](const Article& a) {
            append_lines(whole_characters(a.text, static_cast<std::size_t>(taken[article++])), lines);
        });
    }
    return lines;
}

std::string flag(bool value) {
    return value ? "true" : "false";
}

SentencePieceOptions options(const TokenizerSpec& spec) {
    const bool is_unigram = spec.kind == TokenizerKind::sentencepiece_unigram;
    SentencePieceOptions options = {{"model_type", is_unigram ? "unigram" : "bpe"},
                                    {"vocab_size", std::to_string(spec.vocab)},
                                    {"byte_fallback", flag(spec.byte_fallback)},
                                    {"split_digits", flag(spec.split_digits)},
                                    {"split_by_whitespace", flag(spec.split_whitespace)},
                                    {"allow_whitespace_only_pieces", flag(spec.whitespace_pieces)},
                                    // Text comes back as it was: nothing is normalised, added or removed.
                                    {"normalization_rule_name", "identity"},
                                    {"add_dummy_prefix", "false"},
                                    {"remove_extra_whitespaces", "false"},
                                    {"unk_id", "0"},
                                    {"bos_id", "1"},
                                    {"eos_id", "2"},
                                    {"pad_id", "-1"},
                                    {"character_coverage", shortest(spec.coverage)},
                                    {"max_sentence_length", "1000000000"},
                                    {"num_threads", "1"}, // the same pieces on any machine
                                    {"minloglevel", "4"}};
    // Without bytes these, which are never in the lines, would be unknown.
    if (!spec.byte_fallback) options["user_defined_symbols"] = "\n,\t";
    return options;
}

/// The number that follows `mark`.
std::optional<std::int64_t> number_after(const std::string& text, std::string_view mark) {
    const std::size_t place = text.find(mark);
    if (place == std::string::npos) return std::nullopt;
    std::int64_t number = 0;
    const char* begin = text.data() + place + mark.size();
    const auto parsed = std::from_chars(begin, text.data() + text.size(), number);
    return parsed.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

[[noreturn]] void throw_training_error(const std::string& corpus, std::int64_t vocab,
                                       const std::string& message) {
    const std::string subject = "A vocabulary of " + std::to_string(vocab);
    if (const auto largest = number_after(message, "a value <= "))
        throw Error(ErrorKind::data, subject + " is too large for the text of " + corpus +
                                         "; choose at most " + std::to_string(*largest) +
                                         ", or a larger corpus.");
    if (const auto smallest = number_after(message, " vs "))
        throw Error(ErrorKind::data, subject + " is too small for the characters of " + corpus +
                                         "; choose at least " + std::to_string(*smallest) + ".");
    throw Error(ErrorKind::data, "Cannot train a tokenizer on " + corpus + " (" + message +
                                     "); choose another vocabulary or corpus.");
}

/// As SentencePiece counts them: special ids and bytes, or newline and tab, come first.
std::int64_t fixed_pieces(const TokenizerSpec& spec) {
    return 3 + (spec.byte_fallback ? 256 : 2);
}

} // namespace

void train_tokenizer(const Corpus& corpus, const DataSpec& data, const fs::path& folder,
                     const ProgressFunction& progress) {
    const TokenizerSpec& spec = data.tokenizer;
    if (spec.vocab <= fixed_pieces(spec))
        throw_training_error(corpus.name, spec.vocab, " vs " + std::to_string(fixed_pieces(spec) + 1));
    const auto text = training_lines(corpus, tokenizer_domains(data), spec, progress);
    if (progress) progress("learning pieces", 0.2);
    std::string fault;
    const std::string model = sentencepiece_module().train(options(spec), text, fault);
    if (!fault.empty()) throw_training_error(corpus.name, spec.vocab, fault);
    fs::create_directories(folder);
    write_file_atomically(folder / "tokenizer.model", model);
    if (progress) progress("done", 1.0);
}

} // namespace retort
