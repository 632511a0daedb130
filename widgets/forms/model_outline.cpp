// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/model_outline.h"

#include "analysis/modular_size.h"
#include "spec/grid.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace retort {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(retort::ModelOutline)
};

QString originOf(const TeacherSpec& teacher) {
    if (!teacher.artifact.empty())
        return Words::tr("artifact %1").arg(QString::fromStdString(teacher.artifact));
    return QString::fromStdString(teacher.path);
}

ModelOutline teacherOutline(const RunSpec& spec) {
    const ModelSpec& model = spec.teacher->model;
    const std::int64_t vocab = spec.data.tokenizer.vocab;
    const ModelSize size = parameter_count(model, vocab, spec.data.context);
    return {Words::tr("Teacher"),
            model,
            originOf(*spec.teacher),
            size,
            size.total,
            flops_per_token(model, vocab, spec.data.context)};
}

/// Of the run itself, or of the runs of its experts.
bool learnsFromTeacher(const RunSpec& spec) {
    return uses_teacher(has_expert_runs(spec) ? expert_run(spec, experts_of(spec).front()) : spec);
}

/// Three digits with the unit of a thousandfold that leaves one to three before the point.
QString scaled(double number, const std::array<const char*, 6>& units) {
    std::size_t unit = 0;
    for (; std::abs(number) >= 999.5 && unit + 1 < units.size(); ++unit)
        number /= 1000;
    const int decimals = unit == 0 || std::abs(number) >= 99.95 ? 0 : std::abs(number) >= 9.995 ? 1 : 2;
    const QString text = QLocale::c().toString(number, 'f', decimals);
    return *units[unit] == '\0' ? text : text + QChar(0x00A0) + QLatin1String(units[unit]);
}

} // namespace

std::vector<ModelOutline> modelOutlines(const RunSpec& spec) {
    std::vector<ModelOutline> models;
    if (spec.task == Task::router) return models;
    if (learnsFromTeacher(spec)) models.push_back(teacherOutline(spec));
    const QString trained = spec.task == Task::teacher   ? Words::tr("Teacher")
                            : spec.task == Task::modular ? Words::tr("Modular")
                                                         : Words::tr("Student");
    const ModelSize size = parameter_count(spec);
    models.push_back({trained,
                      spec.model,
                      {},
                      size,
                      spec.modular ? modular_size(spec).active() : size.total,
                      flops_per_token(spec)});
    return models;
}

QString shortCount(double count) {
    return scaled(count, {"", "k", "M", "G", "T", "P"});
}

QString shortBytes(double bytes) {
    return scaled(bytes, {"B", "kB", "MB", "GB", "TB", "PB"});
}

} // namespace retort
