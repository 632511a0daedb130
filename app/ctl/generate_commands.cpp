// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/interrupt.h"
#include "engine/devices.h"
#include "engine/generate.h"
#include "spec/run_spec_json.h"
#include "store/artifact_folder.h"
#include "store/run_store.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

struct GenerateOptions {
    std::string run, expert;
    GenerationRequest request;
};

Json to_json(const GeneratedToken& token) {
    Json json = {{"number", token.number},
                 {"id", token.id},
                 {"piece", token.piece},
                 {"text", token.text},
                 {"probability", token.probability},
                 {"alternatives", Json::array()}};
    for (const GenerationAlternative& one : token.alternatives)
        json["alternatives"].push_back({{"piece", one.text}, {"probability", one.probability}});
    return json;
}

Json to_json(const GenerationRoute& route) {
    Json json = {{"writer", route.writer}, {"chosen", route.chosen}};
    if (route.domains.empty()) return json;
    json["decided"] = route.decided;
    json["abstained"] = route.abstained();
    json["threshold"] = route.threshold;
    for (std::size_t i = 0; i < route.domains.size(); ++i)
        json["probabilities"][route.domains[i]] = route.probabilities[i];
    return json;
}

Json to_json(const GeneratedText& text, const std::string& prompt) {
    Json json = {{"prompt", prompt},
                 {"text", text.text},
                 {"tokens", text.tokens},
                 {"end", name_of(text.end)},
                 {"prompt_tokens", text.start.prompt_tokens},
                 {"prompt_tokens_unread", text.start.prompt_tokens_unread},
                 {"routing", nullptr}};
    if (text.start.route) json["routing"] = to_json(*text.start.route);
    return json;
}

/// What is worth knowing and no part of the text.
void print_notes(const GenerationStart& start) {
    if (start.prompt_tokens_unread > 0)
        fmt::print(stderr, "The prompt has {} tokens, {} more than the context; its last part was read.\n",
                   start.prompt_tokens, start.prompt_tokens_unread);
    if (!start.route) return;
    const GenerationRoute& route = *start.route;
    std::string words = "Written by " + route.writer;
    if (!route.domains.empty()) words += fmt::format("; the router says {}:", route.decided);
    for (std::size_t i = 0; i < route.domains.size(); ++i)
        words += fmt::format(" {} {:.4f}", route.domains[i], route.probabilities[i]);
    fmt::print(stderr, "{}\n", words);
}

void print_token(const GeneratedToken& token, bool json) {
    if (json)
        fmt::print("{}\n", to_json(token).dump());
    else
        fmt::print("{}", token.text);
    std::fflush(stdout);
}

int generate_text(const Invocation& invocation, const GenerateOptions& options) {
    if (!options.expert.empty() && !options.request.setting.empty())
        throw Error(ErrorKind::usage, "Give --expert or --setting, and not both.");
    GenerationRequest request = options.request;
    if (!options.expert.empty()) request.setting = options.expert;
    const Interrupt interrupt("Stopping after this token"); // before any thread starts
    const Workspace workspace(invocation.workspace);
    ArtifactFolder artifacts(workspace);
    enter_generation_thread();
    const auto model = open_text_model(RunStore(workspace).run(options.run), artifacts);
    const GeneratedText text = generate(
        *model, request, [&](const GeneratedToken& token) { print_token(token, invocation.json); },
        interrupt.token());
    if (invocation.json)
        fmt::print("{}\n", to_json(text, request.prompt).dump());
    else
        fmt::print("\n");
    std::fflush(stdout);
    if (!invocation.json) print_notes(text.start);
    return text.end == GenerationEnd::stopped ? static_cast<int>(ErrorKind::interrupted) : 0;
}

} // namespace

void add_generate_commands(CLI::App& app, Invocation& invocation) {
    const auto options = std::make_shared<GenerateOptions>();
    GenerationRequest& request = options->request;
    CLI::App* command = add_command(app, invocation, "generate", "Let a finished run go on with a text");
    command
        ->add_option("run", options->run,
                     "A teacher, a student or a modular run: its id or study/variant/seed")
        ->required()
        ->type_name("RUN");
    command->add_option("--prompt", request.prompt, "The text to go on with; none: a document's beginning")
        ->type_name("TEXT");
    command->add_option("--tokens", request.tokens, "Most tokens to write")->capture_default_str();
    command->add_option("--temperature", request.temperature, "0 takes the most probable token each time")
        ->capture_default_str();
    command->add_option("--top-k", request.top_k, "Draw from the k most probable tokens; 0: from all")
        ->capture_default_str();
    command->add_option("--top-p", request.top_p, "Draw from the fewest tokens that have this probability")
        ->capture_default_str();
    command->add_option("--seed", request.seed, "The same seed writes the same text")->capture_default_str();
    command->add_option("--stop", request.stop, "End before this text")->type_name("TEXT");
    command->add_option("--expert", options->expert, "Of a modular run: the expert that writes")
        ->type_name("NAME");
    command
        ->add_option("--setting", request.setting,
                     "Of a modular run: who writes, e.g. \"average(all)+common\"")
        ->type_name("SETTING");
    add_json(command, invocation, "One JSON object a token, then one for the whole text");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return generate_text(invocation, *options); };
    });
}

} // namespace retort::ctl
