// SPDX-License-Identifier: GPL-3.0-or-later
// Megabytes of text that become a token store in a second with all cores, reading, hashes and writing
// included, beside SentencePiece's own Python module with two threads, which only encodes, on the same lines
// in the same run, rounds by turns; and the peak of memory. Run: bench_tokenise [MEGABYTES [TOKENIZER.json]]
#include "base/error.h"
#include "base/files.h"
#include "data/token_store.h"
#include "data/tokenizer_import.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace retort;
namespace fs = std::filesystem;
constexpr int rounds = 3;

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
    const auto answer =
        nlohmann::json::parse(peer("encode " + corpus.string() + " " + model.string() + " 2"));
    return answer.at("megabytes_per_second");
}

double rate(const Corpus& corpus, const Tokenizer& tokenizer, const fs::path& out) {
    std::int64_t bytes = 0;
    for (const CorpusFile& file : corpus.files)
        bytes += file.bytes;
    const auto start = std::chrono::steady_clock::now();
    tokenise_corpus(corpus, corpus.domains(), tokenizer, out, {});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return static_cast<double>(bytes) / 1e6 / seconds.count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void measure(const fs::path& root, const std::string& megabytes, const char* json) {
    ::setenv("XDG_CACHE_HOME", (root / "cache").c_str(), 1);
    fs::create_directories(root / "source");
    (void)peer("write " + (root / "source").string() + " " + megabytes);
    const Corpus corpus = import_corpus(root / "source", "bench");
    DataSpec data;
    data.domains = corpus.domains();
    data.tokenizer.vocab = 8000;
    train_tokenizer(corpus, data, root / "bpe", {});
    std::vector<double> own, others;
    const Tokenizer tokenizer(root / "bpe");
    for (int round = 0; round < rounds; ++round) {
        own.push_back(rate(corpus, tokenizer, root / "tokens"));
        others.push_back(peer_rate(corpus.folder, root / "bpe" / "tokenizer.model"));
    }
    std::printf(
        "SentencePiece BPE of 8000: %.1f MB/s, its own module with two threads %.1f MB/s: %.2f times\n",
        median(own), median(others), median(own) / median(others));
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
        measure(root, argc > 1 ? argv[1] : "20", argc > 2 ? argv[2] : nullptr);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        status = error.exit_status();
    }
    fs::remove_all(root);
    return status;
}
