// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that are written in a second, beside stock PyTorch with a cache of its own on the same weights in
// the same run, each with one thread, rounds by turns. Run: bench_generate [LAYERSxWIDTHxHEADS [VOCAB
// [CONTEXT]]]
#include "base/error.h"
#include "engine/devices.h"
#include "nn/decoder.h"
#include "nn/model_folder.h"
#include "nn/sampling.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace {

using namespace retort;
namespace fs = std::filesystem;
constexpr int rounds = 5;

Gpt2Shape shape_of(int argc, char** argv) {
    Gpt2Shape shape = {6, 256, 4, 4000, 128, true};
    if (argc > 1 && std::sscanf(argv[1], "%ldx%ldx%ld", &shape.layers, &shape.width, &shape.heads) != 3)
        throw Error(ErrorKind::usage, "Give the shape as LAYERSxWIDTHxHEADS.");
    if (argc > 2) shape.vocab = std::atol(argv[2]);
    if (argc > 3) shape.positions = std::atol(argv[3]);
    return shape;
}

/// With all that is told of a token: its choice and ten alternatives.
std::int64_t write_text(const Gpt2& model) {
    Decoder decoder(model);
    at::Tensor said = decoder.begin({1});
    std::int64_t token = 0;
    for (std::int64_t i = 0; i < model.shape().positions; ++i) {
        const std::span<const float> log_probabilities(said.data_ptr<float>(),
                                                       static_cast<std::size_t>(said.numel()));
        token = draw(chances(log_probabilities, {.temperature = 0}), 0);
        (void)most_probable(log_probabilities, 10);
        if (i + 1 < model.shape().positions) said = decoder.go_on(token);
    }
    return token;
}

double tokens_per_second(const Gpt2& model) {
    const auto start = std::chrono::steady_clock::now();
    (void)write_text(model);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return static_cast<double>(model.shape().positions) / seconds.count();
}

nlohmann::json peer(const fs::path& folder, std::int64_t tokens) {
    const std::string command =
        "OPENBLAS_NUM_THREADS=1 /usr/bin/python3 " RETORT_SOURCE_DIR "/tests/benchmarks/peer_generate.py " +
        folder.string() + " --threads 1 --rounds 1 --tokens " + std::to_string(tokens);
    std::string output;
    FILE* pipe = ::popen(command.c_str(), "r");
    for (int c = pipe != nullptr ? std::fgetc(pipe) : EOF; c != EOF; c = std::fgetc(pipe))
        output.push_back(static_cast<char>(c));
    if (pipe != nullptr) ::pclose(pipe);
    return nlohmann::json::parse(output);
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    const Gpt2Shape shape = shape_of(argc, argv);
    enter_generation_thread();
    const Gpt2 model(shape, 1);
    const fs::path folder = fs::temp_directory_path() / ("bench_generate." + std::to_string(::getpid()));
    fs::create_directories(folder);
    write_model(folder, shape, model.parameters());
    (void)tokens_per_second(model);
    std::vector<double> ours, theirs, ratios;
    for (int i = 0; i < rounds; ++i) {
        ours.push_back(tokens_per_second(model));
        theirs.push_back(peer(folder, shape.positions).at("tokens_per_second"));
        ratios.push_back(ours.back() / theirs.back());
    }
    std::printf("retort %.0f tokens/s, PyTorch %.0f tokens/s, ratio %.2f (medians of %d rounds)\n",
                median(ours), median(theirs), median(ratios), rounds);
    fs::remove_all(folder);
}
