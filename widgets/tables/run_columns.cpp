// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/run_columns.h"

#include "spec/run_spec_fields.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/run_status.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::RunTableModel)
};

using TextOf = std::function<QString(const RunRecord&)>;
using NumberOf = std::function<std::optional<double>(const RunRecord&)>;
using NumberText = std::function<QString(double)>;

RunColumn wordColumn(const char* key, const QString& title, const QString& help, TextOf text) {
    return {QLatin1String(key),
            QLatin1String(key),
            title,
            help,
            true,
            text,
            [text](const RunRecord& run) { return QVariant(text(run)); },
            {}};
}

RunColumn numberColumn(const QString& key, const QString& title, const QString& help, NumberOf number,
                       NumberText words) {
    return {key,
            key,
            title,
            help,
            false,
            [number, words](const RunRecord& run) {
                const auto value = number(run);
                return value ? words(*value) : dash();
            },
            [number](const RunRecord& run) {
                const auto value = number(run);
                return value ? QVariant(*value) : QVariant();
            },
            words};
}

QString shortNumber(double value) {
    return numberText(value);
}

QString shortWhole(double value) {
    return wholeText(std::llround(value));
}

/// Of the last step while the run is trained, then of the whole run, as its page says.
std::optional<double> speedOf(const RunRecord& run) {
    if (is_live(run.status) && run.summary.tokens_per_second) return run.summary.tokens_per_second;
    if (run.wall_seconds > 0) return double(run.tokens) / run.wall_seconds;
    return {};
}

std::optional<double> shareDone(const RunRecord& run) {
    if (run.total_steps <= 0) return 0;
    return double(run.steps) / double(run.total_steps);
}

QString tagsText(const RunRecord& run) {
    return QString::fromStdString(value_text(run.marks.tags));
}

/// By study, variant and then the seed as a number, whatever a person calls it.
QVariant nameOrder(const RunRecord& run) {
    return QString(QString::fromStdString(run.marks.name.empty() ? run.study + '/' + run.variant + '/'
                                                                 : run.marks.name) +
                   QString::number(run.seed).rightJustified(20, QLatin1Char('0')));
}

void addIdentity(std::vector<RunColumn>& columns) {
    const auto add = [&](const char* key, const QString& title, const QString& help, TextOf text) {
        columns.push_back(wordColumn(key, title, help, std::move(text)));
    };
    add("name", Text::tr("Run"), Text::tr("The name that a person gave, or study/variant/seed"),
        [](const RunRecord& run) { return QString::fromStdString(run.title()); });
    columns.back().value = nameOrder;
    add("starred", QStringLiteral("★"), Text::tr("Starred; press it to change that"),
        [](const RunRecord& run) { return run.marks.starred ? QStringLiteral("★") : QString(); });
    add("status", Text::tr("Status"), {}, [](const RunRecord& run) { return statusText(run.status); });
    add("study", Text::tr("Study"), {},
        [](const RunRecord& run) { return QString::fromStdString(run.study); });
    add("variant", Text::tr("Variant"), {},
        [](const RunRecord& run) { return QString::fromStdString(run.variant); });
    columns.push_back({QStringLiteral("seed"),
                       QStringLiteral("seed"),
                       Text::tr("Seed"),
                       {},
                       false,
                       [](const RunRecord& run) { return QString::number(run.seed); },
                       [](const RunRecord& run) { return QVariant::fromValue<qulonglong>(run.seed); },
                       {}});
    add("task", Text::tr("Task"), {}, [](const RunRecord& run) { return taskText(run); });
}

void addProgress(std::vector<RunColumn>& columns) {
    columns.push_back(numberColumn(
        QStringLiteral("progress"), Text::tr("Steps"), Text::tr("Optimiser steps done, of all"), shareDone,
        [](double share) { return QStringLiteral("%1 %").arg(std::floor(share * 100)); }));
    columns.back().text = [](const RunRecord& run) {
        return QStringLiteral("%1 / %2").arg(wholeText(run.steps), wholeText(run.total_steps));
    };
    columns.push_back(numberColumn(QStringLiteral("left"), Text::tr("Left"),
                                   Text::tr("Time of training that is left, at the mean speed so far"),
                                   seconds_left, durationText));
    columns.back().numberText = nullptr; // a mean over those in training would say nothing
}

void addMetrics(std::vector<RunColumn>& columns) {
    const auto add = [&](const char* key, const QString& title, const QString& help, NumberOf number,
                         NumberText words) {
        columns.push_back(numberColumn(QLatin1String(key), title, help, std::move(number), std::move(words)));
    };
    add(
        "loss", Text::tr("Loss"),
        Text::tr("Validation, nats per token, mean over the domains, newest evaluation"),
        [](const RunRecord& run) { return run.summary.loss; }, shortNumber);
    add(
        "best", Text::tr("Best loss"),
        Text::tr("Lowest value of the criterion of the best checkpoint, nats per token"),
        [](const RunRecord& run) { return run.best ? std::optional(run.best->loss) : std::nullopt; },
        shortNumber);
    add("speed", Text::tr("Tokens/s"), {}, speedOf, shortWhole);
    columns.back().path.clear(); // the field has the last step's alone
    add(
        "parameters", Text::tr("Parameters"), {},
        [](const RunRecord& run) {
            return run.parameters.total > 0 ? std::optional(double(run.parameters.total)) : std::nullopt;
        },
        countText);
}

void addMarks(std::vector<RunColumn>& columns) {
    columns.push_back(wordColumn("tag", Text::tr("Tags"), {}, tagsText));
    columns.push_back(wordColumn("note", Text::tr("Note"), {}, [](const RunRecord& run) {
        return QString::fromStdString(run.marks.note).simplified();
    }));
    columns.push_back(wordColumn("created", Text::tr("Created"), {}, createdText));
    columns.back().value = [](const RunRecord& run) {
        return QVariant(QString::fromStdString(run.created + run.id));
    };
}

QString fieldText(const RunValue& value) {
    if (const auto* number = std::get_if<double>(&value)) {
        const bool isWhole = std::abs(*number) < 1e15 && *number == std::floor(*number);
        return isWhole ? wholeText(std::llround(*number)) : QLocale().toString(*number, 'g', 6);
    }
    if (std::holds_alternative<std::monostate>(value)) return dash();
    return QString::fromStdString(value_text(value));
}

} // namespace

std::vector<RunColumn> fixedRunColumns() {
    std::vector<RunColumn> columns;
    addIdentity(columns);
    addProgress(columns);
    addMetrics(columns);
    addMarks(columns);
    return columns;
}

RunColumn perplexityColumn(const std::string& domain) {
    const QString name = QString::fromStdString(domain);
    RunColumn column = numberColumn(
        QStringLiteral("perplexity/") + name, Text::tr("PPL %1", "perplexity of a domain").arg(name),
        Text::tr("Perplexity = exp(nats per token) on the validation set of %1").arg(name),
        [domain](const RunRecord& run) -> std::optional<double> {
            const auto found = run.summary.perplexity.find(domain);
            if (found == run.summary.perplexity.end()) return {};
            return found->second;
        },
        shortNumber);
    column.path = QStringLiteral("perplexity.") + name;
    return column;
}

RunColumn fieldColumn(const RunField& field) {
    const QString path = QString::fromStdString(field.path);
    const bool isNumber = field.kind == RunField::Kind::number;
    return {fieldColumnKey(path),
            path,
            path,
            QString::fromStdString(field.help.empty() ? field.label : field.label + ": " + field.help),
            !isNumber,
            [read = field.read](const RunRecord& run) { return fieldText(read(run)); },
            [read = field.read, isNumber](const RunRecord& run) {
                const RunValue value = read(run);
                if (std::holds_alternative<std::monostate>(value)) return QVariant();
                if (const auto* number = std::get_if<double>(&value); number != nullptr && isNumber)
                    return QVariant(*number);
                return QVariant(QString::fromStdString(value_text(value)));
            },
            isNumber ? NumberText([](double mean) { return fieldText(mean); }) : NumberText()};
}

QString fieldColumnKey(const QString& path) {
    return QStringLiteral("field/") + path;
}

} // namespace retort
