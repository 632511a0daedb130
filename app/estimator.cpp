// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/estimator.h"

#include "analysis/model_size.h"
#include "analysis/modular_size.h"
#include "app/text.h"
#include "spec/grid.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::StudyEstimate)
};

double tokens_of(const RunSpec& spec) {
    return static_cast<double>(total_steps(spec) * tokens_per_step(spec));
}

/// Operations per token: how large a training is, whatever its length.
double size_of(const RunSpec& spec) {
    return training_flops(spec) / tokens_of(spec);
}

struct Measurement {
    double size = 0;
    double rate = 0; ///< operations per second
};

std::optional<Measurement> measurement_of(const RunRecord& record) {
    if (record.tokens <= 0 || record.wall_seconds <= 0) return {};
    const RunSpecReading reading = read_run_spec(record.spec);
    if (!reading.problems.empty()) return {};
    const double size = size_of(reading.spec);
    return Measurement{size, size * static_cast<double>(record.tokens) / record.wall_seconds};
}

/// How fast trainings of any size are here, from the newest runs.
class Rates {
public:
    Rates(std::span<const RunRecord> known, double assumed) : assumed_(assumed) {
        std::vector<const RunRecord*> newest;
        for (const RunRecord& record : known)
            if (record.tokens > 0) newest.push_back(&record);
        std::ranges::sort(newest, std::ranges::greater(), &RunRecord::created);
        newest.resize(std::min(newest.size(), looked_at));
        for (const RunRecord* record : newest)
            if (const auto measurement = measurement_of(*record)) measurements_.push_back(*measurement);
    }
    [[nodiscard]] bool are_measured() const { return !measurements_.empty(); }

    [[nodiscard]] double of(const RunSpec& spec) const {
        if (measurements_.empty()) return assumed_;
        const double size = size_of(spec);
        std::vector<Measurement> nearest = measurements_;
        std::ranges::sort(nearest, {},
                          [size](const Measurement& m) { return std::abs(std::log(m.size / size)); });
        // A small model is held up by what is no arithmetic, and says little of a large one.
        const double least = size > much_larger * nearest.front().size ? assumed_ : 0;
        nearest.resize(std::min<std::size_t>(nearest.size(), neighbours));
        std::ranges::sort(nearest, {}, &Measurement::rate);
        return std::max(nearest[nearest.size() / 2].rate, least);
    }

private:
    static constexpr std::size_t looked_at = 50; ///< few enough that a workspace of thousands costs nothing
    static constexpr std::size_t neighbours = 3;
    static constexpr double much_larger = 4;

    std::vector<Measurement> measurements_;
    double assumed_;
};

/// What decides a teacher's bytes: of the run settings only precision and device.
RunSpec essence(RunSpec spec) {
    spec.run = {.precision = spec.run.precision, .device = spec.run.device};
    return spec;
}

class Done {
public:
    explicit Done(std::span<const RunRecord> known) {
        for (const RunRecord& record : known)
            if (record.status == RunStatus::done) records_.push_back(&record);
    }
    [[nodiscard]] bool has(const RunPlan& plan) const {
        return std::ranges::any_of(records_, [&](const RunRecord* record) {
            return record->label() == plan.label() && read_run_spec(record->spec).spec == plan.spec;
        });
    }
    [[nodiscard]] bool has_teacher(const RunSpec& teacher) const {
        return std::ranges::any_of(records_, [&](const RunRecord* record) {
            return record->task == Task::teacher && essence(read_run_spec(record->spec).spec) == teacher;
        });
    }

private:
    std::vector<const RunRecord*> records_;
};

std::optional<RunSpec> teacher_to_train(const RunSpec& spec) {
    if (!uses_teacher(spec) || !spec.teacher->artifact.empty() || !spec.teacher->path.empty()) return {};
    return essence(teacher_run(spec));
}

/// What a plan trains: itself, or the experts of ple that are not trained yet; nothing where nothing learns.
std::vector<RunSpec> trainings_of(const RunPlan& plan, const Done& done) {
    if (plan.spec.task == Task::router) return {};
    if (!has_expert_runs(plan.spec))
        return total_steps(plan.spec) > 0 ? std::vector{plan.spec} : std::vector<RunSpec>{};
    std::vector<RunSpec> experts;
    for (const std::string& expert : experts_of(plan.spec)) {
        RunSpec run = expert_run(plan.spec, expert);
        if (!done.has({plan.study, "expert-" + expert, plan.seed, run})) experts.push_back(std::move(run));
    }
    return experts;
}

/// As the routers of the same classifier and folds took here; a guess where there is none.
double routing_seconds(const RouterSpec& router, std::span<const RunRecord> known) {
    constexpr double guessed = 5; // of one training with its questions
    std::vector<double> seconds;
    for (const RunRecord& record : known) {
        if (record.task != Task::router || record.wall_seconds <= 0) continue;
        const auto other = read_run_spec(record.spec).spec.router;
        if (other && other->classifier == router.classifier && other->folds == router.folds)
            seconds.push_back(record.wall_seconds);
    }
    if (seconds.empty()) return guessed * static_cast<double>(1 + router.folds);
    const auto middle = seconds.begin() + std::ssize(seconds) / 2;
    std::ranges::nth_element(seconds, middle);
    return *middle;
}

} // namespace

StudyEstimate estimate(std::span<const RunPlan> plans, std::span<const RunRecord> known, double assumedRate) {
    StudyEstimate result;
    const Rates rates(known, assumedRate);
    result.measured = rates.are_measured();
    const Done done(known);
    std::vector<RunSpec> teachers, routers;
    const auto add = [&](const RunSpec& spec) {
        result.memory = std::max(result.memory, memory_bytes(spec).total());
        const double seconds = training_flops(spec) / rates.of(spec);
        result.seconds += seconds;
        return seconds;
    };
    const auto add_teacher = [&](const RunSpec& spec) {
        const auto teacher = teacher_to_train(spec);
        if (!teacher || std::ranges::find(teachers, *teacher) != teachers.end()) return;
        teachers.push_back(*teacher);
        if (done.has_teacher(*teacher)) return;
        ++result.teachers;
        result.teacherSeconds += add(*teacher);
    };
    const auto add_router = [&](const RunPlan& router) {
        if (std::ranges::find(routers, router.spec) != routers.end()) return;
        routers.push_back(router.spec);
        if (!done.has(router)) result.seconds += routing_seconds(*router.spec.router, known);
    };
    for (const RunPlan& plan : plans) {
        if (done.has(plan)) {
            ++result.done;
            continue;
        }
        ++result.runs;
        if (plan.spec.task == Task::router) result.seconds += routing_seconds(*plan.spec.router, known);
        if (asks_router(plan.spec)) add_router({plan.study, "router", plan.seed, router_run(plan.spec)});
        if (plan.spec.modular) result.memory = std::max(result.memory, memory_bytes(plan.spec).total());
        for (const RunSpec& training : trainings_of(plan, done)) {
            add(training);
            add_teacher(training);
        }
    }
    return result;
}

double carefulRate(int cores) {
    return 8e9 * std::max(cores, 1);
}

namespace {

QString runsText(int count) {
    return count == 1 ? Text::tr("1 run") : Text::tr("%1 runs").arg(count);
}

QString teachersText(const StudyEstimate& estimate) {
    const QString time = roughDuration(estimate.teacherSeconds);
    return estimate.teachers == 1
               ? Text::tr("%1 of it for a teacher, trained first").arg(time)
               : Text::tr("%1 of it for %2 teachers, trained first").arg(time).arg(estimate.teachers);
}

} // namespace

QString toText(const StudyEstimate& estimate) {
    if (estimate.runs == 0)
        return estimate.done == 0
                   ? QString()
                   : Text::tr("Nothing to train: %1 done already.").arg(runsText(estimate.done));
    QString text = Text::tr("%1: about %2").arg(runsText(estimate.runs), roughDuration(estimate.seconds));
    if (estimate.memory > 0) text += Text::tr(" and %1 of memory").arg(bytesText(estimate.memory));
    if (estimate.teachers > 0) text += QStringLiteral("; ") + teachersText(estimate);
    if (estimate.done > 0) text += Text::tr("; %1 done already").arg(runsText(estimate.done));
    text += QLatin1Char('.');
    if (!estimate.measured) text += Text::tr(" No run measured yet: a careful guess.");
    return text;
}

} // namespace retort
