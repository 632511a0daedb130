// SPDX-License-Identifier: GPL-3.0-or-later
// Megabytes a second that are imported: read, cleaned by every rule, split, balanced by characters and
// written. Beside it, in the same run, what Python's json and nlohmann's DOM need to do no more than read the
// same file. Run: bench_import [MEGABYTES]
#include "base/files.h"
#include "data/import/import.h"
#include "spec/run_spec_json.h"
#include "support/generated_wiki.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace retort;
namespace fs = std::filesystem;

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
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
    test::write_wiki_array(file, megabytes * 1'000'000);
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
