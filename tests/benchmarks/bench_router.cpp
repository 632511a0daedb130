// SPDX-License-Identifier: GPL-3.0-or-later
// What a router with logistic regression costs, beside scikit-learn on the same texts in the same run.
// Without arguments the texts are synthetic: 4000 of 500 tokens, 8000 words, four domains. Run:
//   bench_router [CORPUS TOKENIZER.model]
#include "router/logistic.h"
#include "router/router.h"
#include "tests/router/synthetic_texts.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace {

using namespace retort;
namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;
const std::string peer_script = RETORT_SOURCE_DIR "/tests/benchmarks/peer_router.py";

struct Splits {
    test::Texts train, valid;
};

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

double memory_mb(const std::string& key) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(key)) return std::atof(line.c_str() + key.size() + 1) / 1024;
    return 0;
}

std::string output_of(const std::string& command) {
    std::string output;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) return output;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe))
        output.push_back(static_cast<char>(c));
    ::pclose(pipe);
    return output;
}

void write_tokens(const test::Texts& texts, std::int32_t split, std::ofstream& file) {
    const auto write = [&](const std::int32_t* numbers, std::size_t count) {
        file.write(reinterpret_cast<const char*>(numbers), static_cast<std::streamsize>(count * 4));
    };
    for (std::size_t i = 0; i < texts.tokens.size(); ++i) {
        const std::int32_t head[] = {split, texts.labels[i],
                                     static_cast<std::int32_t>(texts.tokens[i].size())};
        write(head, 3);
        write(texts.tokens[i].data(), texts.tokens[i].size());
    }
}

Splits read_tokens(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    Splits splits;
    std::int32_t head[3];
    while (in.read(reinterpret_cast<char*>(head), sizeof head)) {
        test::Texts& texts = head[0] == 0 ? splits.train : splits.valid;
        std::vector<std::int32_t> tokens(static_cast<std::size_t>(head[2]));
        in.read(reinterpret_cast<char*>(tokens.data()), static_cast<std::streamsize>(tokens.size() * 4));
        texts.tokens.push_back(std::move(tokens));
        texts.labels.push_back(head[1]);
    }
    return splits;
}

void make_tokens(int argc, char** argv, const fs::path& file) {
    if (argc > 2) {
        (void)output_of("/usr/bin/python3 " + peer_script + " --tokenise '" + argv[1] + "' '" + argv[2] +
                        "' " + file.string());
        return;
    }
    test::TextMaker maker;
    maker.words = 8000;
    std::ofstream out(file, std::ios::binary);
    write_tokens(maker.make(4000, 500, 500, "train"), 0, out);
    write_tokens(maker.make(2000, 16, 1024, "valid"), 1, out);
}

struct Figures {
    double vectorise = 0, fit = 0, peak = 0, work = 0, rate = 0, right = 0, objective = 0;
};

/// Decisions one by one on one core, as an engine asks for them.
void route(const Router& router, const test::Texts& texts, Figures& figures) {
    std::size_t tokens = 0, right = 0;
    const double seconds = seconds_of([&] {
        for (std::size_t i = 0; i < texts.tokens.size(); ++i) {
            right += router.decide(texts.tokens[i]).likeliest == texts.labels[i];
            tokens += texts.tokens[i].size();
        }
    });
    figures.rate = static_cast<double>(tokens) / seconds;
    figures.right = static_cast<double>(right) / static_cast<double>(texts.tokens.size());
}

double objective_of(const SparseRows& rows, const test::Texts& train, const Logistic& model) {
    double value = 0;
    std::vector<double> p(4);
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        model.probabilities(rows.row(i), p);
        value -= std::log(p[static_cast<std::size_t>(train.labels[i])]);
    }
    for (std::int64_t k = 0; k < 4; ++k)
        for (const double weight : model.weights(k))
            value += weight * weight / 2;
    return value;
}

Figures measure(const fs::path& file) {
    Figures figures;
    const double idle = memory_mb("VmRSS");
    const Splits splits = read_tokens(file);
    const double loaded = memory_mb("VmRSS");
    std::ofstream("/proc/self/clear_refs") << "5"; // the peak begins anew
    {
        Tfidf tfidf({});
        SparseRows rows;
        Logistic model(1);
        figures.vectorise = seconds_of([&] { rows = tfidf.fit(splits.train.sequences()); });
        figures.fit = seconds_of([&] { model.fit({rows, splits.train.labels, 4}, 1, {}); });
        figures.peak = memory_mb("VmHWM") - idle;
        figures.work = memory_mb("VmHWM") - loaded;
        figures.objective = objective_of(rows, splits.train, model);
    }
    const Router router =
        Router::train({}, {"a", "b", "c", "d"}, splits.train.sequences(), splits.train.labels, 1);
    route(router, splits.valid, figures);
    return figures;
}

void print_row(const char* what, double ours, double theirs, double ratio) {
    std::printf("%-34s %14.4g %14.4g %10.2f times\n", what, ours, theirs, ratio);
}

} // namespace

int main(int argc, char** argv) {
    const fs::path file = fs::temp_directory_path() / ("retort-bench-" + std::to_string(::getpid()) + ".bin");
    make_tokens(argc, argv, file);
    const Figures ours = measure(file);
    const std::string output = output_of("/usr/bin/python3 " + peer_script + " " + file.string());
    fs::remove(file);
    const auto peer = nlohmann::json::parse(output, nullptr, false);
    if (!peer.is_object()) {
        std::fprintf(stderr, "the peer said: %s\n", output.c_str());
        return 1;
    }
    const auto theirs = [&](const char* key) { return peer.at(key).get<double>(); };
    const double their_fit = theirs("fit_seconds"), their_rows = theirs("vectorise_seconds");
    std::printf("%-34s %14s %14s\n", "", "retort", "scikit-learn");
    print_row("rows of TF-IDF, s", ours.vectorise, their_rows, their_rows / ours.vectorise);
    print_row("fit, s", ours.fit, their_fit, their_fit / ours.fit);
    print_row("peak beyond idle, MB", ours.peak, theirs("peak_mb"), theirs("peak_mb") / ours.peak);
    print_row("of that for fitting, MB", ours.work, theirs("work_mb"), theirs("work_mb") / ours.work);
    print_row("routed, tokens/s", ours.rate, theirs("tokens_per_second"),
              ours.rate / theirs("tokens_per_second"));
    std::printf("%-34s %14.9g %14.9g %10.2g above theirs\n", "objective", ours.objective, theirs("objective"),
                ours.objective / theirs("objective") - 1);
    print_row("right", ours.right, theirs("right"), ours.right / theirs("right"));
}
