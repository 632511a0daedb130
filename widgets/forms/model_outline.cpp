// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/model_outline.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace retort {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(retort::ModelOutline)
};

ModelOutline outline(const QString& title, const ModelSpec& model, const RunSpec& spec) {
    const std::int64_t vocab = spec.data.tokenizer.vocab;
    return {title,
            model,
            {},
            parameter_count(model, vocab, spec.data.context),
            flops_per_token(model, vocab, spec.data.context)};
}

QString originOf(const TeacherSpec& teacher) {
    if (!teacher.artifact.empty())
        return Words::tr("artifact %1").arg(QString::fromStdString(teacher.artifact));
    return QString::fromStdString(teacher.path);
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
    if (uses_teacher(spec)) {
        models.push_back(outline(Words::tr("Teacher"), spec.teacher->model, spec));
        models.back().origin = originOf(*spec.teacher);
    }
    const QString trained = spec.task == Task::teacher ? Words::tr("Teacher") : Words::tr("Student");
    models.push_back(outline(trained, spec.model, spec));
    return models;
}

QString shortCount(double count) {
    return scaled(count, {"", "k", "M", "G", "T", "P"});
}

QString shortBytes(double bytes) {
    return scaled(bytes, {"B", "kB", "MB", "GB", "TB", "PB"});
}

} // namespace retort
