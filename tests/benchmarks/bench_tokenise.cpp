// SPDX-License-Identifier: GPL-3.0-or-later
// Megabytes of text a second that become a token store with all cores, reading, hashes and writing included,
// and that are imported and balanced by tokens; beside SentencePiece's own Python module with two threads,
// which only encodes, on the same lines in the same run, rounds by turns; and the peak of memory. The lines
// are those of a corpus of this machine, debian-small where none is named, else generated ones: none more
// often than text has it, since an encoder that remembers words would be flattered.
// Run: bench_tokenise [CORPUS [TOKENIZER.json]]
#include "base/error.h"
#include "base/files.h"
#include "data/import/import.h"
#include "data/token_store.h"
#include "data/tokenizer_import.h"
#include "support/generated_wiki.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

namespace {

using namespace retort;
namespace fs = std::filesystem;
constexpr int rounds = 5;

std::string peer(const std::string& arguments) {
    const std::string command =
        "/usr/bin/python3 " RETORT_SOURCE_DIR "/tests/benchmarks/peer_tokenise.py " + arguments;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw Error(ErrorKind::internal, "Cannot start /usr/bin/python3; install it.");
    std::string output;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe))
        output += static_cast<char>(c);
    if (::pclose(pipe) != 0) throw Error(ErrorKind::data, "The peer failed; install python3-sentencepiece.");
    return output;
}

double peer_rate(const fs::path& corpus, const fs::path& model) {
    const auto answer = nlohmann::json::parse(peer(corpus.string() + " " + model.string() + " 2"));
    return answer.at("megabytes_per_second");
}

/// Of the text; the files around it are larger.
double megabytes_of(const Corpus& corpus) {
    std::size_t bytes = 0;
    for (const CorpusFile& file : corpus.files)
        for_each_article(corpus, file.split, file.domain,
                         [&](const Article& article) { bytes += article.text.size() + 1; });
    return static_cast<double>(bytes) / 1e6;
}

double rate(const Corpus& corpus, const Tokenizer& tokenizer, const fs::path& out) {
    const double megabytes = megabytes_of(corpus);
    const auto start = std::chrono::steady_clock::now();
    tokenise_corpus(corpus, corpus.domains(), tokenizer, out, {});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return megabytes / seconds.count();
}

/// 20 MB of articles in two languages.
Corpus generated_corpus(const fs::path& root) {
    ::setenv("XDG_CACHE_HOME", (root / "cache").c_str(), 1);
    fs::create_directories(root / "source");
    for (const char* domain : {"en", "fr"}) {
        test::TextWriter writer(domain[0]);
        for (const auto& [split, bytes] : {std::pair("train", 9'500'000), std::pair("valid", 500'000)}) {
            std::ofstream out(root / "source" / (std::string(split) + "." + domain + ".jsonl"));
            for (int i = 0; out.tellp() < bytes; ++i)
                out << nlohmann::json{{"id", split + std::to_string(i)},
                                      {"domain", domain},
                                      {"text", writer.article()}}
                           .dump()
                    << '\n';
        }
    }
    return import_corpus(root / "source", "generated");
}

Corpus corpus_named(const char* name, const fs::path& root) {
    if (name != nullptr) return open_corpus(name);
    try {
        return open_corpus("debian-small");
    } catch (const Error&) { // it is not on this machine
        return generated_corpus(root);
    }
}

/// Of an import of the corpus, cleaned by every rule and balanced by the tokens of `tokenizer`.
double import_rate(const Corpus& corpus, const fs::path& tokenizer) {
    ImportSpec spec;
    spec.name = "bench_tokenise";
    spec.sources.push_back({corpus.folder.string(), "", ImportFormat::corpus, "", "", 0});
    spec.balance.unit = AmountUnit::tokens;
    spec.balance.tokenizer = tokenizer.string();
    const auto start = std::chrono::steady_clock::now();
    (void)preview_import(spec, {});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return megabytes_of(corpus) / seconds.count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void measure(const fs::path& root, const char* name, const char* json) {
    fs::create_directories(root);
    const Corpus corpus = corpus_named(name, root);
    std::printf("%s, %.1f MB of text\n", corpus.name.c_str(), megabytes_of(corpus));
    DataSpec data;
    data.domains = corpus.domains();
    data.tokenizer.vocab = 8000;
    train_tokenizer(corpus, data, root / "bpe", {});
    std::vector<double> own, imported, others;
    const Tokenizer tokenizer(root / "bpe");
    for (int round = 0; round < rounds; ++round) {
        own.push_back(rate(corpus, tokenizer, root / "tokens"));
        imported.push_back(import_rate(corpus, root / "bpe"));
        others.push_back(peer_rate(corpus.folder, root / "bpe" / "tokenizer.model"));
    }
    const double peer = median(others);
    std::printf("SentencePiece's own module with two threads:          %6.1f MB/s\n", peer);
    std::printf("token store of its BPE of 8000 entries:               %6.1f MB/s, %.2f times\n", median(own),
                median(own) / peer);
    std::printf("import, cleaned and balanced by tokens:               %6.1f MB/s, %.2f times\n",
                median(imported), median(imported) / peer);
    if (json != nullptr) {
        TokenizerSpec spec;
        spec.kind = TokenizerKind::hugging_face_file;
        spec.path = json;
        std::printf("%s: %.1f MB/s\n", json,
                    rate(corpus, open_tokenizer(tokenizer_source(spec)), root / "tokens"));
    }
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("peak of memory, the training of the tokenizer included: %ld MB\n", usage.ru_maxrss / 1024);
}

} // namespace

int main(int argc, char** argv) {
    const fs::path root = fs::temp_directory_path() / ("bench_tokenise." + std::to_string(::getpid()));
    int status = 0;
    try {
        measure(root, argc > 1 ? argv[1] : nullptr, argc > 2 ? argv[2] : nullptr);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        status = error.exit_status();
    }
    fs::remove_all(root);
    return status;
}
