// SPDX-License-Identifier: GPL-3.0-or-later
// claims: what the studies of a workspace claim, and whether its runs bear it out.
#include "app/ctl/command.h"
#include "spec/run_spec_json.h"
#include "store/study_claims.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

namespace retort::ctl {
namespace {

template <class T>
Json json_or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json test_json(const ClaimTestResult& result) {
    const ClaimTest& test = result.test;
    Json json = {{"kind", name_of(test.kind)}, {"variant", test.variant}};
    if (compares_variants(test.kind)) json["reference"] = test.reference;
    json["metric"] = metric_of(test);
    if (test.kind == ClaimKind::alike) json["margin"] = test.margin.value_or(default_margin);
    if (test.value) json["value"] = *test.value;
    json["effect"] = json_or_null(result.effect);
    json["low"] = result.interval ? Json(result.interval->low) : Json(nullptr);
    json["high"] = result.interval ? Json(result.interval->high) : Json(nullptr);
    json["n"] = result.n;
    json["p"] = json_or_null(result.p);
    json["signed_rank_p"] = json_or_null(result.signed_rank_p);
    json["verdict"] = verdict_word(result.verdict);
    json["reason"] = result.reason;
    return json;
}

Json claim_json(const StudyClaims& study, const ClaimResult& result) {
    Json tests = Json::array();
    for (const ClaimTestResult& test : result.tests)
        tests.push_back(test_json(test));
    return {{"id", result.claim.id},     {"study", study.study},
            {"text", result.claim.text}, {"verdict", verdict_word(result.verdict)},
            {"reason", result.reason},   {"conclusions", study.conclusions},
            {"tests", std::move(tests)}, {"deviating", study.deviating}};
}

std::string statement(const ClaimTest& test) {
    const std::string head = metric_of(test) + " of " + test.variant;
    switch (test.kind) {
    case ClaimKind::alike:
        return fmt::format("{} is that of {} ± {}", head, test.reference,
                           test.margin.value_or(default_margin));
    case ClaimKind::lower:
        return fmt::format("{} is lower than that of {}", head, test.reference);
    case ClaimKind::higher:
        return fmt::format("{} is higher than that of {}", head, test.reference);
    case ClaimKind::at_most:
        return fmt::format("{} is at most {}", head, test.value.value_or(0));
    case ClaimKind::at_least:
        break;
    }
    return fmt::format("{} is at least {}", head, test.value.value_or(0));
}

std::string numbers(const ClaimTestResult& result) {
    std::string text = fmt::format("n {}", result.n);
    if (result.effect)
        text =
            fmt::format("{} {:.5g}", compares_variants(result.test.kind) ? "difference" : "mean",
                        *result.effect) +
            (result.interval ? fmt::format(" [{:.5g}, {:.5g}]", result.interval->low, result.interval->high)
                             : "") +
            ", " + text;
    return result.p ? fmt::format("{}, p {:.3g}", text, *result.p) : text;
}

void print_claim(const StudyClaims& study, const ClaimResult& result) {
    fmt::print("{} ({}): {}: {}\n    {}\n", result.claim.id, study.study,
               study.conclusions ? verdict_word(result.verdict) : "no conclusions", result.claim.text,
               result.reason);
    for (const ClaimTestResult& test : result.tests)
        fmt::print("  - {}: {}; {}{}\n", statement(test.test), verdict_word(test.verdict), numbers(test),
                   test.reason.empty() || !study.conclusions ? "" : "; " + test.reason);
}

void print_deviating(const StudyClaims& study) {
    if (!study.deviating.empty())
        fmt::print("Not made as the text of {} now says, with --set or before a change of it: {}.\n",
                   study.study, fmt::join(study.deviating, ", "));
}

StudyRecord study_named(const std::vector<StudyRecord>& studies, const std::string& name) {
    const auto found = std::ranges::find(studies, name, &StudyRecord::name);
    if (found == studies.end())
        throw Error(ErrorKind::data,
                    "The workspace has no study " + name + "; run it with retortctl run STUDY.json.");
    return *found;
}

/// Those of `names`, all without one. A text that another Retort wrote is passed over unless it is asked for.
std::vector<StudyClaims> assessed(RunStore& store, const std::vector<std::string>& names) {
    const std::vector<StudyRecord> studies = store.studies();
    std::vector<StudyClaims> all;
    for (const std::string& name : names)
        all.push_back(assess_study(store, study_named(studies, name)));
    if (!names.empty()) return all;
    for (const StudyRecord& study : studies) {
        try {
            all.push_back(assess_study(store, study));
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::data) throw;
            fmt::print(stderr, "retortctl: {}\n", error.what());
        }
    }
    return all;
}

int list_claims(const Invocation& invocation, const std::vector<std::string>& names) {
    RunStore store(Workspace(invocation.workspace, Workspace::Access::read_only));
    Json all = Json::array();
    for (const StudyClaims& study : assessed(store, names)) {
        for (const ClaimResult& claim : study.claims) {
            all.push_back(claim_json(study, claim));
            if (!invocation.json) print_claim(study, claim);
        }
        if (!invocation.json) print_deviating(study);
    }
    if (invocation.json)
        fmt::print("{}\n", all.dump(1));
    else if (all.empty())
        fmt::print("No study here makes a claim; add claims to a study file and run it.\n");
    return 0;
}

} // namespace

void add_claims_command(CLI::App& app, Invocation& invocation) {
    CLI::App* command = add_command(app, invocation, "claims",
                                    "What the studies claim, and whether their finished runs bear it out");
    auto names = std::make_shared<std::vector<std::string>>();
    command->add_option("study", *names, "Names of studies; all without one")->type_name("STUDY");
    add_json(command, invocation, "An array of objects");
    command->callback([&invocation, names] {
        invocation.action = [&invocation, names] { return list_claims(invocation, *names); };
    });
}

} // namespace retort::ctl
