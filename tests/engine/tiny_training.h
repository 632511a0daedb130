// SPDX-License-Identifier: GPL-3.0-or-later
// Trainings that take a moment: a tiny corpus, tokenised once, and a tiny teacher.
#pragma once

#include "collecting_sink.h"
#include "data/token_store.h"
#include "engine/train.h"
#include "support/tiny_corpus.h"

#include <QTemporaryDir>
#include <algorithm>
#include <filesystem>
#include <string>

namespace retort::test {

/// 12 steps of 2 × 4 sequences of 16 targets.
inline RunSpec tiny_spec(Task task) {
    RunSpec spec;
    spec.task = task;
    spec.data.corpus = "tiny";
    spec.data.context = 16;
    spec.data.tokenizer.vocab = 400;
    spec.model = {1, 16, 2, 0.1, true};
    spec.optim.lr = 1e-2;
    spec.optim.batch = 4;
    spec.optim.accumulate = 2;
    spec.optim.tokens = 12 * 4 * 2 * 16;
    spec.run.checkpoint_every = 3;
    spec.run.eval_every = 4;
    spec.run.eval_tokens = 64;
    spec.run.threads = 1; // tests run side by side; a tiny model gains nothing from more
    spec.run.samples = 2;
    if (task == Task::teacher) return spec;
    spec.teacher.emplace();
    spec.distill.emplace();
    return spec;
}

class TinyTraining {
public:
    /// Tokenises the corpus.
    TinyTraining() {
        namespace fs = std::filesystem;
        const Corpus corpus = import_tiny_corpus(root());
        const DataSpec data = tiny_spec(Task::teacher).data;
        fs::create_directories(root() / "tokenizer");
        fs::create_directories(tokens());
        train_tokenizer(corpus, data, root() / "tokenizer", {});
        tokenise_corpus(corpus, data.domains, Tokenizer(root() / "tokenizer"), tokens(), {});
    }
    /// Trains the teacher that members learn from.
    Outcome train_teacher(EventSink& sink) {
        const Outcome outcome = run(member(tiny_spec(Task::teacher), "teacher"), sink);
        teacher_ = outcome.model;
        return outcome;
    }

    [[nodiscard]] std::filesystem::path root() const { return dir_.path().toStdString(); }
    [[nodiscard]] std::filesystem::path tokens() const { return root() / "tokens"; }
    [[nodiscard]] std::filesystem::path folder_of(const std::string& id) const {
        return root() / ("run-" + id);
    }
    [[nodiscard]] TrainingMember member(const RunSpec& spec, const std::string& id,
                                        bool resume = false) const {
        RunTicket ticket{id, 1, {"study", id, spec.seed, spec}, folder_of(id), resume};
        TrainingInputs inputs{tokens(), uses_teacher(spec) ? teacher_ : std::filesystem::path()};
        inputs.tokenizer = root() / "tokenizer";
        return {ticket, std::move(inputs)};
    }
    [[nodiscard]] std::string fresh_id() { return "r" + std::to_string(++made_); }

    static Outcome run(const TrainingMember& member, EventSink& sink, const RunControls& controls = {},
                       std::stop_token stop = {}) {
        return train({&member, 1}, controls, sink, std::move(stop)).front();
    }
    /// Runs it until it has said step `stop_at`, and again to its end; `seen` has the events of both.
    Outcome run_with_a_stop(const RunSpec& spec, std::int64_t stop_at, CollectingSink& seen) {
        const std::string id = fresh_id();
        CollectingSink rest;
        std::stop_source stop;
        seen.watch = [&](const RunEvent& event) {
            const auto* step = std::get_if<StepMeasured>(&event.what);
            if (step != nullptr && step->step == stop_at) stop.request_stop();
        };
        const Outcome stopped = run(member(spec, id), seen, {}, stop.get_token());
        seen.watch = {};
        if (stopped.status != RunStatus::interrupted || stopped.steps != stop_at) return stopped;
        const Outcome done = run(member(spec, id, true), rest);
        std::ranges::move(rest.events, std::back_inserter(seen.events));
        return done;
    }

private:
    QTemporaryDir dir_;
    std::filesystem::path teacher_;
    int made_ = 0;
};

} // namespace retort::test
