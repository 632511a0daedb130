// SPDX-License-Identifier: GPL-3.0-or-later
// router train, evaluate, predict.
#include "analysis/confusion.h"
#include "app/ctl/command.h"
#include "app/ctl/study_command.h"
#include "app/ctl/text_table.h"
#include "base/files.h"
#include "engine/routing/trained_router.h"
#include "spec/run_spec_json.h"
#include "store/artifact_folder.h"
#include "store/run_store.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <fstream>
#include <memory>

namespace retort::ctl {
namespace {

struct RouterOptions {
    std::string run;
    std::optional<std::string> text;
    std::string file;
};

TrainedRouter open_router(const Invocation& invocation, const std::string& run) {
    const Workspace workspace(invocation.workspace);
    ArtifactFolder artifacts(workspace);
    return {RunStore(workspace).run(run), artifacts};
}

struct Line {
    std::string text;
    std::string domain; ///< empty where the file names none
};

[[noreturn]] void throw_line(const std::string& file, std::int64_t line, const std::string& fault) {
    throw Error(ErrorKind::data,
                file + ", line " + std::to_string(line) + ", " + fault + "; correct the line.");
}

Line line_of(const std::string& text, const std::string& file, std::int64_t number, bool needs_domain) {
    const Json json = Json::parse(text, nullptr, false);
    const auto is_text = [&](const char* key) {
        return json.is_object() && json.contains(key) && json.at(key).is_string();
    };
    if (!is_text("text")) throw_line(file, number, "is no JSON object with a field text in quotes");
    if (needs_domain && !is_text("domain")) throw_line(file, number, "has no field domain in quotes");
    return {json.at("text"), is_text("domain") ? json.at("domain").get<std::string>() : std::string()};
}

/// Visits the lines of a file of JSON objects that are not blank.
template <class Visit>
void for_each_line(const std::string& file, bool needs_domain, const Visit& visit) {
    std::ifstream in(file);
    if (!in) throw Error(ErrorKind::data, "Cannot read " + file + "; check the path and its permissions.");
    std::string text;
    for (std::int64_t number = 1; std::getline(in, text); ++number)
        if (text.find_first_not_of(" \t\r") != std::string::npos)
            visit(line_of(text, file, number, needs_domain), number);
}

std::string decided(const Router& router, const RoutingDecision& decision) {
    return decision.domain ? router.domains()[static_cast<std::size_t>(*decision.domain)] : unknown_domain;
}

Json to_json(const Router& router, const RoutingDecision& decision) {
    Json json = {{"domain", decided(router, decision)},
                 {"abstained", !decision.domain.has_value()},
                 {"confidence", decision.confidence}};
    for (std::size_t i = 0; i < router.domains().size(); ++i)
        json["probabilities"][router.domains()[i]] = decision.probabilities[i];
    return json;
}

void print_decision(const Invocation& invocation, const Router& router, const RoutingDecision& decision) {
    if (invocation.json) {
        fmt::print("{}\n", to_json(router, decision).dump());
        return;
    }
    fmt::print("{}", decided(router, decision));
    for (std::size_t i = 0; i < router.domains().size(); ++i)
        fmt::print("  {} {:.4f}", router.domains()[i], decision.probabilities[i]);
    fmt::print("\n");
}

int predict(const Invocation& invocation, const RouterOptions& options) {
    if (options.text.has_value() == !options.file.empty())
        throw Error(ErrorKind::usage, "Give the text with --text, or a file with --jsonl, and not both.");
    const TrainedRouter trained = open_router(invocation, options.run);
    if (options.text) {
        print_decision(invocation, trained.router(), trained.decide(*options.text));
        return 0;
    }
    for_each_line(options.file, false, [&](const Line& line, std::int64_t) {
        print_decision(invocation, trained.router(), trained.decide(line.text));
    });
    return 0;
}

/// Counts without abstention; rows are the router's domains, then others in the order of the file.
struct Count {
    ConfusionMatrix matrix;
    std::int64_t abstained = 0;
};

void count(Count& counted, const TrainedRouter& trained, const Line& line) {
    ConfusionMatrix& matrix = counted.matrix;
    auto row = static_cast<std::size_t>(std::ranges::find(matrix.rows, line.domain) - matrix.rows.begin());
    if (row == matrix.rows.size()) {
        matrix.rows.push_back(line.domain);
        matrix.counts.resize(matrix.counts.size() + matrix.columns.size());
    }
    const RoutingDecision decision = trained.decide(line.text);
    ++matrix.counts[row * matrix.columns.size() + static_cast<std::size_t>(decision.likeliest)];
    counted.abstained += decision.domain ? 0 : 1;
}

Json scores_json(const ClassScores& scores) {
    return {{"precision", scores.precision},
            {"recall", scores.recall},
            {"f1", scores.f1},
            {"support", scores.support}};
}

Json to_json(const Count& counted) {
    const ConfusionMatrix& matrix = counted.matrix;
    Json json = {{"texts", matrix.total()},
                 {"accuracy", accuracy(matrix)},
                 {"abstained", counted.abstained},
                 {"weighted", scores_json(weighted_scores(matrix))},
                 {"macro", scores_json(macro_scores(matrix))}};
    const std::vector<ClassScores> scores = class_scores(matrix);
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        json["per_class"][matrix.rows[row]] = scores_json(scores[row]);
        for (std::size_t column = 0; column < matrix.columns.size(); ++column)
            json["confusion"][matrix.rows[row]][matrix.columns[column]] = matrix.at(row, column);
    }
    return json;
}

std::string percent(double share) {
    return fmt::format("{:.4f} %", 100 * share);
}

void print_scores(const Count& counted) {
    const ConfusionMatrix& matrix = counted.matrix;
    std::vector<std::vector<std::string>> rows = {{"true", "precision", "recall", "F1", "texts"}};
    for (const std::string& column : matrix.columns)
        rows[0].push_back("said " + column);
    const auto add = [&](const std::string& name, const ClassScores& s) {
        rows.push_back(
            {name, percent(s.precision), percent(s.recall), percent(s.f1), std::to_string(s.support)});
    };
    const std::vector<ClassScores> scores = class_scores(matrix);
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        add(matrix.rows[row], scores[row]);
        for (std::size_t column = 0; column < matrix.columns.size(); ++column)
            rows.back().push_back(std::to_string(matrix.at(row, column)));
    }
    add("weighted", weighted_scores(matrix));
    add("macro", macro_scores(matrix));
    fmt::print("{}Accuracy {}; {} of {} texts are below the router's confidence for a decision.\n",
               text_table(rows), percent(accuracy(matrix)), counted.abstained, matrix.total());
}

int evaluate(const Invocation& invocation, const RouterOptions& options) {
    const TrainedRouter trained = open_router(invocation, options.run);
    const std::vector<std::string>& domains = trained.router().domains();
    Count counted{{domains, domains, std::vector<std::int64_t>(domains.size() * domains.size())}};
    for_each_line(options.file, true, [&](const Line& line, std::int64_t) { count(counted, trained, line); });
    if (counted.matrix.total() == 0)
        throw Error(ErrorKind::data, options.file + " has no line; give objects with text and domain.");
    if (invocation.json)
        fmt::print("{}\n", to_json(counted).dump(1));
    else
        print_scores(counted);
    return 0;
}

using Action = int (*)(const Invocation&, const RouterOptions&);

CLI::App* add_on_router(CLI::App& group, Invocation& invocation, const std::string& name,
                        const std::string& help, const std::shared_ptr<RouterOptions>& options,
                        Action action) {
    CLI::App* command = add_command(group, invocation, name, help);
    command->add_option("run", options->run, "A run of the task router: its id or study/variant/seed")
        ->required()
        ->type_name("RUN");
    command->callback([&invocation, options, action] {
        invocation.action = [&invocation, options, action] { return action(invocation, *options); };
    });
    return command;
}

} // namespace

void add_router_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* group = app.add_subcommand("router", "Sequence routers: which domain a text belongs to");
    group->require_subcommand(1);
    add_study_command(*group, invocation, "train", "Train the routers of a study", Task::router);
    const auto options = std::make_shared<RouterOptions>();
    CLI::App* command = add_on_router(*group, invocation, "evaluate", "Score a router on texts with domains",
                                      options, evaluate);
    command->add_option("--jsonl", options->file, "Objects with text and domain, one a line")
        ->required()
        ->type_name("FILE");
    add_json(command, invocation, "One JSON object");
    command =
        add_on_router(*group, invocation, "predict", "Say which domain texts belong to", options, predict);
    command->add_option("--text", options->text, "One text");
    command->add_option("--jsonl", options->file, "Objects with text, one a line")->type_name("FILE");
    add_json(command, invocation, "One JSON object a text");
}

} // namespace retort::ctl
