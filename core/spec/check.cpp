// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/check.h"

#include "spec/field_visitors.h"
#include "spec/grid.h"
#include "spec/run_spec_fields.h"

namespace retort {
namespace {

void check_model(const ModelSpec& model, const std::string& pointer, std::vector<Problem>& problems) {
    if (model.heads > 0 && model.width % model.heads != 0)
        problems.push_back({pointer + "/heads", "must divide the width " + std::to_string(model.width) +
                                                    ", but is " + std::to_string(model.heads) + "."});
}

bool is_file_name(const std::string& name) {
    const auto is_plain = [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
    };
    return !name.empty() && name.front() != '.' && std::ranges::all_of(name, is_plain);
}

void check_domains(const std::vector<std::string>& domains, const std::string& pointer,
                   std::vector<Problem>& problems) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < domains.size(); ++i) {
        const std::string place = pointer + "/" + std::to_string(i);
        if (!is_file_name(domains[i]))
            problems.push_back(
                {place, "must be made of letters, digits, '-', '_' and '.', but is \"" + domains[i] + "\"."});
        if (!seen.insert(domains[i]).second)
            problems.push_back({place, "names the domain " + domains[i] + " twice; remove one."});
    }
}

void check_tokenizer(const TokenizerSpec& tokenizer, std::vector<Problem>& problems) {
    check_domains(tokenizer.domains, "/data/tokenizer/domains", problems);
    if (!tokenizer.artifact.empty() && !tokenizer.path.empty())
        problems.push_back({"/data/tokenizer/path", "cannot stand beside an artifact; keep one of the two."});
    if (!tokenizer.artifact.empty()) return;
    const std::string kind(name_of(tokenizer.kind));
    if (is_given(tokenizer) && tokenizer.path.empty())
        problems.push_back({"/data/tokenizer/path", "must name the file when the kind is " + kind + "."});
    if (!is_given(tokenizer) && !tokenizer.path.empty())
        problems.push_back({"/data/tokenizer/path", "belongs to a tokenizer that was made elsewhere, but the "
                                                    "kind is " +
                                                        kind + "; change the kind or leave it out."});
}

void check_teacher(const RunSpec& spec, std::vector<Problem>& problems) {
    const TeacherSpec& teacher = *spec.teacher;
    if (!teacher.artifact.empty() && !teacher.path.empty())
        problems.push_back({"/teacher/path", "cannot stand beside an artifact; keep one of the two."});
    check_model(teacher.model, "/teacher/model", problems);
    check_domains(teacher.domains, "/teacher/domains", problems);
}

/// Each name must be one of `all`, and none twice.
void check_subset(const std::vector<std::string>& names, const std::vector<std::string>& all,
                  const std::string& what, const std::string& pointer, std::vector<Problem>& problems) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (std::ranges::count(all, names[i]) == 0)
            problems.push_back({pointer + "/" + std::to_string(i),
                                "must be one of the " + what + ", but is \"" + names[i] + "\"."});
    check_domains(names, pointer, problems);
}

void check_schedule(const ScheduleSpec& schedule, const OptimSpec& optim, std::size_t domains,
                    const std::string& pointer, std::vector<Problem>& problems) {
    if (optim.batch < 1 || optim.accumulate < 1) return; // that is said already
    const auto sequences = static_cast<std::size_t>(optim.batch * optim.accumulate);
    if (schedule.kind == ScheduleKind::balanced && sequences < domains)
        problems.push_back({pointer + "/kind", "cannot be balanced when a step has " +
                                                   std::to_string(sequences) + " sequences for " +
                                                   std::to_string(domains) +
                                                   " domains; raise batch or accumulate."});
}

/// The first field that asks for a remedy; empty when none does.
std::string remedy_asked(const RemedySpec& remedies) {
    if (remedies.replay > 0) return "/remedies/replay";
    if (remedies.freeze.layers > 0) return "/remedies/freeze/layers";
    if (remedies.freeze.embeddings) return "/remedies/freeze/embeddings";
    if (remedies.average.kind != StageAverage::none) return "/remedies/average/kind";
    if (remedies.ewc.strength > 0) return "/remedies/ewc/strength";
    return remedies.lwf.weight > 0 ? "/remedies/lwf/weight" : "";
}

void check_stages(const RunSpec& spec, std::vector<Problem>& problems) {
    const bool is_sequential = spec.schedule.kind == ScheduleKind::sequential;
    if (const std::string asked = remedy_asked(spec.remedies); !asked.empty() && !is_sequential)
        problems.push_back({asked, "needs domains that come one after the other; set /schedule/kind to "
                                   "sequential or leave the remedy out."});
    if (is_of_paper(spec.remedies.lwf.divergence))
        problems.push_back({"/remedies/lwf/divergence", "must be none of the paper's own kinds."});
    if (spec.remedies.freeze.layers > spec.model.layers)
        problems.push_back(
            {"/remedies/freeze/layers",
             "must be at most " + std::to_string(spec.model.layers) + ", the layers of the model."});
    if (!is_sequential || tokens_per_step(spec) < 1) return;
    const auto stages = static_cast<std::int64_t>(training_domains(spec).size());
    if (const std::int64_t steps = total_steps(spec); steps > 0 && steps < stages)
        problems.push_back({"/optim/tokens", "give " + std::to_string(steps) + " steps to " +
                                                 std::to_string(stages) +
                                                 " domains in turn; raise them or lower the batch."});
}

void check_distill(const DistillSpec& distill, std::vector<Problem>& problems) {
    const AlphaSpec& alpha = distill.alpha;
    if (distill.combine == Combine::alternating && alpha.mode != AlphaMode::fixed)
        problems.push_back(
            {"/distill/alpha/mode",
             "must be fixed when the losses alternate, because each step has one of them alone."});
    if (alpha.history == 1)
        problems.push_back(
            {"/distill/alpha/history", "must be 0 or at least 2, because it compares two entries."});
    if (alpha.mode == AlphaMode::schedule && alpha.decay == AlphaDecay::wsd && alpha.share > 0.5)
        problems.push_back(
            {"/distill/alpha/share", "must be at most 0.5 for wsd, which has a ramp at each end."});
}

void check_router(const RunSpec& spec, std::vector<Problem>& problems) {
    const auto& known = spec.data.domains;
    const auto& unknown = spec.router->unknown;
    check_subset(unknown, known, "domains of the data", "/router/unknown", problems);
    if (spec.modular && !asks_router(spec)) return;
    if (known.size() < unknown.size() + 2)
        problems.push_back({"/router/unknown", "must leave at least two domains to tell apart."});
    if (spec.router->folds == 1) problems.push_back({"/router/folds", "must be 0 or at least 2."});
}

void check_grid(const RunSpec& spec, std::vector<Problem>& problems) {
    const auto& grid = spec.evaluation->grid;
    for (std::size_t i = 0; i < grid.size(); ++i)
        if (const std::string fault = fault_of_setting(grid[i], spec); !fault.empty())
            problems.push_back({"/evaluation/grid/" + std::to_string(i), fault});
}

void check_modular(const RunSpec& spec, std::vector<Problem>& problems) {
    const ModularSpec& modular = *spec.modular;
    const bool is_ple = modular.architecture == Architecture::ple;
    check_subset(modular.experts, spec.data.domains, "domains of the data", "/modular/experts", problems);
    check_subset(modular.train, experts_of(spec), "experts", "/modular/train", problems);
    for (const char* reserved : {"all", "common"})
        if (std::ranges::count(experts_of(spec), reserved) > 0)
            problems.push_back({"/data/domains", "cannot name an expert " + std::string(reserved) +
                                                     ", which means something else in a grid; rename it."});
    if (is_ple && modular.init == ExpertInit::own)
        problems.push_back(
            {"/modular/init", "must be shared for ple, whose experts are trained from one seed."});
    if (!is_ple && modular.head_bias && spec.model.tied)
        problems.push_back({"/modular/head_bias", "needs a head of its own; set /model/tied to false."});
    if (spec.evaluation->abstention == Abstention::common && modular.architecture != Architecture::moe_ce)
        problems.push_back(
            {"/evaluation/abstention", "can be common only for moe-ce, which has such an expert."});
    check_grid(spec, problems);
}

void check_best(const RunSpec& spec, std::vector<Problem>& problems) {
    const auto& domains = spec.data.domains;
    const bool known = spec.best == "macro" || spec.best == "worst" || spec.best == "first" ||
                       std::ranges::count(domains, spec.best) > 0;
    if (!known)
        problems.push_back(
            {"/best", "must be macro, worst, first or one of the domains, but is \"" + spec.best + "\"."});
}

} // namespace

std::vector<Problem> check(const RunSpec& spec) {
    std::vector<Problem> problems;
    LimitChecker limits("", problems);
    RunSpec copy = spec;
    describe(limits, copy);
    if (!is_file_name(spec.data.corpus))
        problems.push_back({"/data/corpus", "must be made of letters, digits, '-', '_' and '.', but is \"" +
                                                spec.data.corpus + "\"."});
    check_model(spec.model, "/model", problems);
    check_domains(spec.data.domains, "/data/domains", problems);
    check_tokenizer(spec.data.tokenizer, problems);
    check_subset(spec.schedule.domains, spec.data.domains, "domains of the data", "/schedule/domains",
                 problems);
    check_schedule(spec.schedule, spec.optim, training_domains(spec).size(), "/schedule", problems);
    check_best(spec, problems);
    check_stages(spec, problems);
    if (spec.teacher) check_teacher(spec, problems);
    if (spec.distill) check_distill(*spec.distill, problems);
    if (spec.modular) check_modular(spec, problems);
    if (spec.router) check_router(spec, problems);
    return problems;
}

std::string to_text(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems)
        text += (text.empty() ? "" : "\n") + (problem.pointer.empty() ? "The study" : problem.pointer) + " " +
                problem.message;
    return text;
}

} // namespace retort
