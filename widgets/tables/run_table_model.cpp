// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/run_table_model.h"

#include "spec/run_spec_fields.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"
#include "widgets/tables/run_status.h"

#include <QSet>
#include <algorithm>
#include <array>

namespace retort {
namespace {

struct ColumnText {
    const char* key;
    const char* title;
    const char* help;
};
constexpr std::array<ColumnText, RunTableModel::FixedColumnCount> columnTexts = {{
    {"status", QT_TRANSLATE_NOOP("retort::RunTableModel", "Status"), ""},
    {"study", QT_TRANSLATE_NOOP("retort::RunTableModel", "Study"), ""},
    {"variant", QT_TRANSLATE_NOOP("retort::RunTableModel", "Variant"), ""},
    {"seed", QT_TRANSLATE_NOOP("retort::RunTableModel", "Seed"), ""},
    {"task", QT_TRANSLATE_NOOP("retort::RunTableModel", "Task"), ""},
    {"progress", QT_TRANSLATE_NOOP("retort::RunTableModel", "Steps"),
     QT_TRANSLATE_NOOP("retort::RunTableModel", "Optimiser steps done, of all")},
    {"loss", QT_TRANSLATE_NOOP("retort::RunTableModel", "Loss"),
     QT_TRANSLATE_NOOP("retort::RunTableModel",
                       "Validation, nats per token, mean over the domains, newest evaluation")},
    {"best", QT_TRANSLATE_NOOP("retort::RunTableModel", "Best loss"),
     QT_TRANSLATE_NOOP("retort::RunTableModel",
                       "Lowest value of the criterion of the best checkpoint, nats per token")},
    {"speed", QT_TRANSLATE_NOOP("retort::RunTableModel", "Tokens/s"), ""},
    {"parameters", QT_TRANSLATE_NOOP("retort::RunTableModel", "Parameters"), ""},
    {"created", QT_TRANSLATE_NOOP("retort::RunTableModel", "Created"), ""},
}};

QVariant valueOrNothing(const std::optional<double>& value) {
    return value ? QVariant(*value) : QVariant();
}

QString numberOrDash(const std::optional<double>& value) {
    return value ? numberText(*value) : dash();
}

double shareDone(const RunRecord& run) {
    return run.total_steps > 0 ? double(run.steps) / double(run.total_steps) : 0;
}

/// Of the last step while the run is trained, then of the whole run, as its page says.
std::optional<double> speedOf(const RunRecord& run) {
    if (is_live(run.status) && run.summary.tokens_per_second) return run.summary.tokens_per_second;
    if (run.wall_seconds > 0) return double(run.tokens) / run.wall_seconds;
    return {};
}

std::optional<double> perplexityOf(const RunRecord& run, const std::string& domain) {
    const auto found = run.summary.perplexity.find(domain);
    if (found == run.summary.perplexity.end()) return {};
    return found->second;
}

QString stepsText(const RunRecord& run) {
    return QStringLiteral("%1 / %2").arg(wholeText(run.steps), wholeText(run.total_steps));
}

bool isWords(int column) {
    return (column <= RunTableModel::TaskColumn && column != RunTableModel::Seed) ||
           column == RunTableModel::Created;
}

QString idOf(const RunRecord& run) {
    return QString::fromStdString(run.id);
}

} // namespace

void RunTableModel::setRuns(std::vector<RunRecord> runs) {
    removeAbsent(runs);
    std::vector<RunRecord> added;
    for (RunRecord& run : runs) {
        const int row = rowOf(idOf(run));
        if (row < 0) {
            added.push_back(std::move(run));
            continue;
        }
        addDomains(run);
        m_runs[static_cast<std::size_t>(row)] = std::move(run);
    }
    if (!m_runs.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    appendRuns(std::move(added));
}

void RunTableModel::removeAbsent(const std::vector<RunRecord>& runs) {
    QSet<QString> kept;
    for (const RunRecord& run : runs)
        kept.insert(idOf(run));
    const auto isGone = [&](int row) { return !kept.contains(idOf(run(row))); };
    for (int last = rowCount() - 1; last >= 0; --last) {
        if (!isGone(last)) continue;
        int first = last;
        while (first > 0 && isGone(first - 1))
            --first;
        beginRemoveRows({}, first, last);
        m_runs.erase(m_runs.begin() + first, m_runs.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
    indexRows();
}

void RunTableModel::appendRuns(std::vector<RunRecord> runs) {
    if (runs.empty()) return;
    for (const RunRecord& run : runs)
        addDomains(run);
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(runs.size()) - 1);
    std::ranges::move(runs, std::back_inserter(m_runs));
    indexRows();
    endInsertRows();
}

void RunTableModel::updateRun(const RunRecord& run) {
    const int row = rowOf(idOf(run));
    if (row < 0) return appendRuns({run});
    addDomains(run);
    m_runs[static_cast<std::size_t>(row)] = run;
    emitRowChanged(row);
}

void RunTableModel::addDomains(const RunRecord& run) {
    for (const auto& [domain, value] : run.summary.perplexity) {
        if (std::ranges::find(m_domains, domain) != m_domains.end()) continue;
        beginInsertColumns({}, columnCount(), columnCount());
        m_domains.push_back(domain);
        endInsertColumns();
    }
}

void RunTableModel::indexRows() {
    m_rows.clear();
    for (std::size_t row = 0; row < m_runs.size(); ++row)
        m_rows.insert(idOf(m_runs[row]), static_cast<int>(row));
}

void RunTableModel::emitRowChanged(int row) {
    Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void RunTableModel::setDark(bool isDark) {
    m_isDark = isDark;
    if (!m_runs.empty())
        Q_EMIT dataChanged(index(0, Status), index(rowCount() - 1, Status), {Qt::DecorationRole});
}

std::string RunTableModel::domainOf(int column) const {
    return m_domains[static_cast<std::size_t>(column - FixedColumnCount)];
}

QString RunTableModel::columnKey(int column) const {
    if (column < FixedColumnCount) return QLatin1String(columnTexts[static_cast<std::size_t>(column)].key);
    return QStringLiteral("perplexity/") + QString::fromStdString(domainOf(column));
}

int RunTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : FixedColumnCount + static_cast<int>(m_domains.size());
}

QString RunTableModel::text(const RunRecord& run, int column) const {
    switch (column) {
    case Status:
        return statusText(run.status);
    case Study:
        return QString::fromStdString(run.study);
    case Variant:
        return QString::fromStdString(run.variant);
    case Seed:
        return QString::number(run.seed);
    case TaskColumn:
        return taskText(run);
    case Progress:
        return stepsText(run);
    case Loss:
        return numberOrDash(run.summary.loss);
    case Best:
        return numberOrDash(run.best ? std::optional(run.best->loss) : std::nullopt);
    case Speed:
        return speedOf(run) ? wholeText(static_cast<std::int64_t>(*speedOf(run))) : dash();
    case Parameters:
        return run.parameters.total > 0 ? countText(double(run.parameters.total)) : dash();
    case Created:
        return createdText(run);
    default:
        return numberOrDash(perplexityOf(run, domainOf(column)));
    }
}

QVariant RunTableModel::sortValue(const RunRecord& run, int column) const {
    switch (column) {
    case Seed:
        return QVariant::fromValue<qulonglong>(run.seed);
    case Progress:
        return shareDone(run);
    case Loss:
        return valueOrNothing(run.summary.loss);
    case Best:
        return run.best ? QVariant(run.best->loss) : QVariant();
    case Speed:
        return valueOrNothing(speedOf(run));
    case Parameters:
        return run.parameters.total > 0 ? QVariant(qlonglong(run.parameters.total)) : QVariant();
    case Created:
        return QString::fromStdString(run.created + run.id);
    default:
        break;
    }
    if (column < FixedColumnCount) return text(run, column);
    return valueOrNothing(perplexityOf(run, domainOf(column)));
}

QVariant RunTableModel::toolTip(const RunRecord& run, int column) const {
    if (column == Status)
        return run.reason.empty() ? statusHelp(run.status) : QString::fromStdString(run.reason);
    if (column == Best && run.best) return tr("At step %1").arg(wholeText(run.best->step));
    if (column == Parameters)
        return tr("%1, of which %2 are used for one token")
            .arg(wholeText(run.parameters.total), wholeText(run.parameters.active));
    if (column == Variant && run.attempt > 1) return tr("Attempt %1").arg(run.attempt);
    return {};
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
    const RunRecord& record = run(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(record, column);
    case SortRole:
        return sortValue(record, column);
    case FilterRole:
        return QString(QString::fromStdString(record.label()) + u' ' + statusText(record.status) + u' ' +
                       taskText(record));
    case ProgressRole:
        return column == Progress ? QVariant(shareDone(record)) : QVariant();
    case Qt::TextAlignmentRole:
        return cellAlignment(isWords(column));
    case Qt::DecorationRole:
        return column == Status ? QVariant(statusIcon(record.status, m_isDark)) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(record, column);
    default:
        return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    const bool isFixed = section < FixedColumnCount;
    if (role == Qt::TextAlignmentRole) return cellAlignment(isWords(section));
    if (role == Qt::DisplayRole)
        return isFixed
                   ? tr(columnTexts[static_cast<std::size_t>(section)].title)
                   : tr("PPL %1", "perplexity of a domain").arg(QString::fromStdString(domainOf(section)));
    if (role == Qt::ToolTipRole)
        return isFixed ? tr(columnTexts[static_cast<std::size_t>(section)].help)
                       : tr("Perplexity = exp(nats per token) on the validation set of %1")
                             .arg(QString::fromStdString(domainOf(section)));
    return {};
}

} // namespace retort
