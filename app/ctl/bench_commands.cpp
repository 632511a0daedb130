// SPDX-License-Identifier: GPL-3.0-or-later
// bench: one step of distillation in Retort and, in the same run, as research code does it in stock PyTorch.
#include "app/ctl/command.h"
#include "app/ctl/interrupt.h"
#include "app/ctl/text_table.h"
#include "base/child_process.h"
#include "engine/benchmark.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/core.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace retort::ctl {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct BenchOptions {
    std::string sizes = "a";
    int steps = 10;
    std::string precision = "fp32";
    std::string mode; ///< one measurement alone, in this process
    bool peers = true;
    bool json = false;
};

RunSettings settings_of(const BenchOptions& options) {
    RunSettings settings;
    settings.precision = options.precision == "bf16" ? Precision::bf16 : Precision::fp32;
    return settings;
}

BenchmarkMode mode_named(const std::string& name) {
    if (const auto mode = value_named<BenchmarkMode>(name)) return *mode;
    throw Error(ErrorKind::usage, "There is no mode " + name + "; take online, cached, fan-out or text.");
}

/// One line of JSON, so that each measurement has a process, and so a peak of memory, of its own.
int measure_one(const BenchOptions& options) {
    const StepFigures figures = measure_steps(benchmark_sizes(options.sizes), mode_named(options.mode),
                                              options.steps, settings_of(options));
    fmt::print("{}\n", json{{"step_seconds", figures.step_seconds},
                            {"tokens_per_second", figures.tokens_per_second},
                            {"peak_rss_mb", figures.peak_mb},
                            {"idle_rss_mb", figures.idle_mb},
                            {"state_mb", figures.state_mb},
                            {"flops", figures.flops}}
                           .dump());
    return 0;
}

std::optional<json> output_of(const std::vector<std::string>& command, const std::stop_token& stop) {
    std::string output;
    const ChildResult child = run_child(
        command, [&](const std::string& line) { output += line; }, stop);
    if (child.stopped) throw Error(ErrorKind::interrupted, "Stopped; nothing was measured to its end.");
    if (child.status != 0) return {};
    json result = json::parse(output, nullptr, false);
    return result.is_object() ? std::optional(std::move(result)) : std::nullopt;
}

/// Beside the installed program, or in the source tree it was built from.
fs::path peer_script() {
    const fs::path installed =
        fs::read_symlink("/proc/self/exe").parent_path() / "../share/retort/peer_step.py";
    return fs::exists(installed) ? installed
                                 : fs::path(RETORT_SOURCE_FOLDER "/tests/benchmarks/peer_step.py");
}

using Command = std::vector<std::string>;

Command own_command(const BenchOptions& options, const std::string& mode) {
    return {fs::read_symlink("/proc/self/exe"), "bench",       options.sizes,    "--mode", mode, "--steps",
            std::to_string(options.steps),      "--precision", options.precision};
}

Command peer_command(const BenchOptions& options, const std::string& precision, bool tuned) {
    const BenchmarkSizes sizes = benchmark_sizes(options.sizes);
    const auto shape = [](const ModelSpec& model) {
        return fmt::format("{}x{}x{}", model.layers, model.width, model.heads);
    };
    Command command = {"/usr/bin/python3", peer_script(),
                       "--teacher",        shape(sizes.teacher),
                       "--student",        shape(sizes.student),
                       "--vocab",          std::to_string(sizes.vocab),
                       "--context",        std::to_string(sizes.context),
                       "--batch",          std::to_string(sizes.batch),
                       "--steps",          std::to_string(options.steps),
                       "--precision",      precision};
    if (tuned) command.emplace_back("--tuned");
    return command;
}

struct Measurement {
    std::string name;
    std::optional<json> figures;
};

std::vector<Measurement> measure_all(const BenchOptions& options) {
    const Interrupt interrupt;
    std::vector<Measurement> all;
    const auto add = [&](std::string name, const Command& command) {
        fmt::print(stderr, "Measuring {} …\n", name);
        all.push_back({std::move(name), output_of(command, interrupt.token())});
    };
    for (const char* mode : {"online", "cached", "fan-out"})
        add(fmt::format("Retort {}, {}", options.precision, mode), own_command(options, mode));
    if (!options.peers) return all;
    add("PyTorch fp32, as installed", peer_command(options, "fp32", false));
    add("PyTorch fp32, tuned", peer_command(options, "fp32", true));
    add("PyTorch bf16, tuned", peer_command(options, "bf16", true));
    return all;
}

/// Beyond weights, gradients, moments and an idle process: activations and what is transient.
double working_mb(const json& figures) {
    return figures["peak_rss_mb"].get<double>() - figures["idle_rss_mb"].get<double>() -
           figures["state_mb"].get<double>();
}

void print_table(const BenchOptions& options, const std::vector<Measurement>& all, double gemm) {
    const auto& reference = all.front().figures;
    std::vector<std::vector<std::string>> rows = {
        {"step", "ms", "tokens/s", "working MB", "× online", "of GEMM rate"}};
    for (const auto& [name, figures] : all) {
        if (!figures) {
            rows.push_back({name, "not measured", "", "", "", ""});
            continue;
        }
        const double seconds = (*figures)["step_seconds"];
        const bool has_flops = figures->contains("flops");
        rows.push_back(
            {name, fmt::format("{:.1f}", 1000 * seconds),
             fmt::format("{:.0f}", (*figures)["tokens_per_second"].get<double>()),
             fmt::format("{:.0f}", working_mb(*figures)),
             reference ? fmt::format("{:.2f}", seconds / (*reference)["step_seconds"].get<double>()) : "",
             has_flops ? fmt::format("{:.0f} %", 100 * (*figures)["flops"].get<double>() / seconds / gemm)
                       : ""});
    }
    fmt::print("{}\nOne student's share of a step; working MB is the peak beyond an idle process and the "
               "models' state.\n"
               "This machine's {} product of 1024 × 1024 matrices: {:.0f} GFLOP/s.\n",
               text_table(rows), options.precision, gemm / 1e9);
}

int bench(const BenchOptions& options) {
    if (!options.mode.empty()) return measure_one(options);
    (void)benchmark_sizes(options.sizes); // says at once when there is none
    const std::vector<Measurement> all = measure_all(options);
    const double gemm = gemm_rate(settings_of(options));
    if (!options.json) {
        print_table(options, all, gemm);
        return 0;
    }
    json report = {{"sizes", options.sizes}, {"precision", options.precision}, {"gemm_flops", gemm}};
    for (const auto& [name, figures] : all)
        report["steps"].push_back({{"name", name}, {"figures", figures ? *figures : json()}});
    fmt::print("{}\n", report.dump());
    return 0;
}

} // namespace

void add_bench_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand("bench", "Measure a distillation step here, beside stock PyTorch");
    auto options = std::make_shared<BenchOptions>();
    command->add_option("sizes", options->sizes, "a, b or paper")->capture_default_str();
    command->add_option("--steps", options->steps, "Measured steps")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->add_option("--precision", options->precision, "fp32 or bf16")
        ->check(CLI::IsMember({"fp32", "bf16"}))
        ->capture_default_str();
    command->add_option("--mode", options->mode, "One measurement alone: online, cached, fan-out or text");
    command->add_flag("!--no-peers", options->peers, "Leave PyTorch out");
    command->add_flag("--json", options->json, "One JSON object");
    command->callback([&invocation, options] { invocation.action = [options] { return bench(*options); }; });
}

} // namespace retort::ctl
