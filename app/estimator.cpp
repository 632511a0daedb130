// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/estimator.h"

#include "analysis/model_size.h"
#include "app/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <vector>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::StudyEstimate)
};

/// Enough for a median, few enough that a workspace of thousands of runs costs nothing.
constexpr std::size_t rates_wanted = 15;

std::optional<double> rate_of(const RunRecord& record) {
    if (record.tokens <= 0 || record.wall_seconds <= 0) return {};
    const RunSpecReading reading = read_run_spec(record.spec);
    if (!reading.problems.empty()) return {};
    const auto all = static_cast<double>(total_steps(reading.spec) * tokens_per_step(reading.spec));
    return training_flops(reading.spec) * static_cast<double>(record.tokens) / all / record.wall_seconds;
}

std::optional<double> measured_rate(std::span<const RunRecord> known) {
    std::vector<const RunRecord*> newest;
    for (const RunRecord& record : known)
        if (record.tokens > 0) newest.push_back(&record);
    std::ranges::sort(newest, std::ranges::greater(), &RunRecord::created);
    std::vector<double> rates;
    for (const RunRecord* record : newest) {
        if (rates.size() == rates_wanted) break;
        if (const auto rate = rate_of(*record)) rates.push_back(*rate);
    }
    if (rates.empty()) return {};
    const auto middle = rates.begin() + static_cast<std::ptrdiff_t>(rates.size() / 2);
    std::ranges::nth_element(rates, middle);
    return *middle;
}

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

} // namespace

StudyEstimate estimate(std::span<const RunPlan> plans, std::span<const RunRecord> known, double assumedRate) {
    StudyEstimate result;
    const auto measured = measured_rate(known);
    result.measured = measured.has_value();
    const double rate = measured.value_or(assumedRate);
    const Done done(known);
    std::vector<RunSpec> teachers;
    const auto add = [&](const RunSpec& spec) {
        result.memory = std::max(result.memory, memory_bytes(spec).total());
        result.seconds += training_flops(spec) / rate;
    };
    for (const RunPlan& plan : plans) {
        if (done.has(plan)) {
            ++result.done;
            continue;
        }
        ++result.runs;
        add(plan.spec);
        const auto teacher = teacher_to_train(plan.spec);
        if (!teacher || std::ranges::find(teachers, *teacher) != teachers.end()) continue;
        teachers.push_back(*teacher);
        if (done.has_teacher(*teacher)) continue;
        ++result.teachers;
        add(*teacher);
        result.teacherSeconds += training_flops(*teacher) / rate;
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
    QString text =
        Text::tr("%1: about %2 and %3 of memory")
            .arg(runsText(estimate.runs), roughDuration(estimate.seconds), bytesText(estimate.memory));
    if (estimate.teachers > 0) text += QStringLiteral("; ") + teachersText(estimate);
    if (estimate.done > 0) text += Text::tr("; %1 done already").arg(runsText(estimate.done));
    text += QLatin1Char('.');
    if (!estimate.measured) text += Text::tr(" No run measured yet: a careful guess.");
    return text;
}

} // namespace retort
