// SPDX-License-Identifier: GPL-3.0-or-later
// Megabytes a second that are imported: read, cleaned by every rule, split, balanced by characters and
// written. Beside it, in the same run, what Python's json and nlohmann's DOM need to do no more than read the
// same file. Run: bench_import [MEGABYTES]
#include "base/files.h"
#include "data/import/import.h"
#include "spec/run_spec_json.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace retort;
namespace fs = std::filesystem;

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Text with the frequencies of words that language has (Zipf's law), in a vocabulary of the language's own.
class Writer {
public:
    explicit Writer(std::uint64_t seed) : random_(seed) {
        for (int i = 0; i < 30'000; ++i) {
            std::string word;
            for (std::uint64_t letters = 2 + random_() % 9; letters > 0; --letters)
                word += static_cast<char>('a' + random_() % 26);
            words_.push_back(word);
        }
    }
    std::string article() {
        std::string text = "\n_START_ARTICLE_\n" + paragraph(3);
        for (std::uint64_t sections = 1 + random_() % 6; sections > 0; --sections)
            text += "\n_START_SECTION_\n" + paragraph(2) + "\n_START_PARAGRAPH_\n" +
                    paragraph(60 + random_() % 100);
        return text;
    }

private:
    std::string paragraph(std::uint64_t words) {
        std::string text;
        for (std::uint64_t i = 0; i < words; ++i) {
            const double u = std::uniform_real_distribution<>(0, 1)(random_);
            text +=
                words_[static_cast<std::size_t>(std::pow(static_cast<double>(words_.size()), u)) - 1] + ' ';
        }
        return text + "é.";
    }
    std::mt19937_64 random_;
    std::vector<std::string> words_;
};

void write_array(const fs::path& file, std::int64_t bytes) {
    std::vector<Writer> writers = {Writer(1), Writer(2), Writer(3)};
    std::ofstream out(file);
    for (std::int64_t i = 0; out.tellp() < bytes; ++i) {
        Json article = Json::object();
        for (std::size_t language = 0; language < 3; ++language)
            article[std::vector<std::string>{"en", "fr", "de"}[language]] = {
                {"text", writers[language].article()},
                {"wikidata_id", "Q" + std::to_string(i)},
                {"version_id", std::to_string(i)}};
        out << (i == 0 ? "[\n" : ",\n") << article.dump(4);
    }
    out << "\n]\n";
}

void print_rate(const char* what, double megabytes, double seconds) {
    std::printf("%-52s %8.2f s %8.1f MB/s\n", what, seconds, megabytes / seconds);
}

} // namespace

int main(int argc, char** argv) {
    const std::int64_t megabytes = argc > 1 ? std::atoll(argv[1]) : 200;
    const fs::path folder = fs::temp_directory_path() / ("retort-bench-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    setenv("XDG_CACHE_HOME", folder.c_str(), 1);
    const fs::path file = folder / "wiki.json";
    write_array(file, megabytes * 1'000'000);
    const double size = static_cast<double>(fs::file_size(file)) / 1e6;
    ImportSpec spec;
    spec.name = "bench";
    spec.sources.push_back({file.string(), "", ImportFormat::json, "", "CC-BY-SA-3.0", 0});
    print_rate("import, cleaned and balanced", size, seconds_of([&] { import_documents(spec, {}); }));
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    std::printf("%-52s %8ld MiB\n", "largest memory of the import", used.ru_maxrss / 1024);
    const std::string python = "python3 -c 'import json; json.load(open(\"" + file.string() + "\"))'";
    print_rate("peer: python3 json.load, reading alone", size, seconds_of([&] {
                   if (std::system(python.c_str()) != 0) std::puts("python3 failed");
               }));
    print_rate("peer: nlohmann DOM, reading alone", size, seconds_of([&] {
                   std::ifstream in(file);
                   if (Json::parse(in).empty()) std::puts("nothing was read");
               }));
    fs::remove_all(folder);
}
