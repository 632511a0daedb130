// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_training.h"

#include "base/error.h"
#include "base/files.h"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <utility>

namespace retort {

struct FakeTraining::Run {
    RunTicket ticket;
    Laboratory laboratory;
    std::int64_t sequence = 0;
    std::int64_t step = 0;

    template <class What>
    void say(What what) {
        laboratory.sink.accept({ticket.id, ticket.attempt, ++sequence, std::move(what)});
    }

    [[nodiscard]] std::filesystem::path checkpoint() const { return ticket.folder / "step"; }

    void start() {
        if (ticket.resume) step = std::stoll(read_file(checkpoint()));
        const ResolvedSettings resolved{"cpu", "fp32", 1, "avx2", "blas", "1.13"};
        say(RunStarted{
            step, total_steps(ticket.plan.spec), tokens_per_step(ticket.plan.spec), {1000, 1000}, resolved});
    }

    void make_step() {
        ++step;
        const double loss = 2 + 4 * std::exp(-static_cast<double>(step) / 20);
        const auto train = [](const char* name) { return SeriesKey{name, {}, {}, {}, "train"}; };
        say(StepMeasured{step,
                         step * tokens_per_step(ticket.plan.spec),
                         static_cast<double>(step) / 10,
                         {{train("ce"), loss}, {train("kd"), loss / 2}, {train("loss"), loss * 0.75}}});
        if (step % 10 == 0) evaluate(loss);
    }

    void evaluate(double loss) {
        Evaluated evaluated{
            step, step * tokens_per_step(ticket.plan.spec), static_cast<double>(step) / 10, {}};
        for (const std::string& domain : ticket.plan.spec.data.domains)
            evaluated.rows.push_back({domain, {}, {}, "valid", loss * 1000, 1000, 4000, 300});
        say(std::move(evaluated));
    }

    void save() {
        std::filesystem::create_directories(ticket.folder);
        write_file_atomically(checkpoint(), std::to_string(step));
        say(CheckpointSaved{step, ticket.folder.string(), 1, false});
    }

    [[nodiscard]] RunOutcome end(RunStatus status, const std::string& reason = {}) {
        if (status != RunStatus::failed) save();
        say(StatusChanged{status, reason, {}});
        return {ticket.plan, ticket.id, false, {status, reason, step, {}}};
    }
};

RunFunction FakeTraining::function() {
    return [this](const RunGroup& group, Laboratory laboratory, const std::stop_token& stop) {
        std::vector<RunOutcome> outcomes;
        for (const RunPlan& plan : group.plans)
            outcomes.push_back(train(plan, !group.resume_id.empty(), group.resume_id, laboratory, stop));
        return outcomes;
    };
}

void FakeTraining::allow(std::int64_t steps) {
    {
        const std::lock_guard lock(m_mutex);
        m_allowed += steps;
    }
    m_changed.notify_all();
}

RunOutcome FakeTraining::train(const RunPlan& plan, bool resume, const std::string& id,
                               const Laboratory& laboratory, const std::stop_token& stop) {
    Run run{resume ? laboratory.ledger.resume(id) : laboratory.ledger.begin(plan), laboratory};
    run.start();
    while (run.step < total_steps(plan.spec)) {
        const Turn turn = waitForTurn(run, stop);
        if (turn == Turn::stop) return run.end(RunStatus::stopped);
        if (turn == Turn::interrupt) return run.end(RunStatus::interrupted);
        if (run.step == 2 && plan.variant == "throws")
            throw Error(ErrorKind::data, "The token store is damaged.");
        if (run.step == 2 && plan.variant == "fails") return run.end(RunStatus::failed, "No memory is left.");
        run.make_step();
    }
    return run.end(RunStatus::done);
}

FakeTraining::Turn FakeTraining::waitForTurn(Run& run, const std::stop_token& stop) {
    bool paused = false;
    while (true) {
        if (stop.stop_requested()) return Turn::interrupt;
        const RunCommand command = run.laboratory.controls.command(run.ticket.id);
        if (command == RunCommand::stop) return Turn::stop;
        if ((command == RunCommand::pause) != paused) {
            paused = !paused;
            run.say(StatusChanged{paused ? RunStatus::paused : RunStatus::running, {}, {}});
        }
        if (!paused && isAllowed()) return Turn::step;
    }
}

/// Waits a moment for the test's leave, because a wish may come meanwhile and nobody wakes us for it.
bool FakeTraining::isAllowed() {
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait_for(lock, std::chrono::milliseconds(2), [this] { return m_allowed > 0; }))
        return false;
    --m_allowed;
    return true;
}

RunPlan smallPlan(const std::string& variant, std::int64_t steps) {
    RunSpec spec;
    spec.task = Task::teacher;
    spec.data.domains = {"en", "fr"};
    spec.optim.tokens = steps * tokens_per_step(spec);
    spec.schedule.block =
        static_cast<std::int64_t>(std::hash<std::string>()(variant) % 1'000'000) + 1; // trains alone
    return {"study", variant, 1, spec};
}

} // namespace retort
