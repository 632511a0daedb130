// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/evaluation_table.h"

#include "analysis/evaluation.h"
#include "widgets/forms/bold_font.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"

#include <QHeaderView>
#include <algorithm>
#include <array>
#include <cmath>

namespace retort {
namespace {

QString nameOf(const EvaluationRow& row) {
    QStringList parts;
    for (const std::string* part : {&row.domain, &row.expert, &row.setting})
        if (!part->empty()) parts << QString::fromStdString(*part);
    if (row.split != "valid") parts << QString::fromStdString(row.split);
    return parts.join(QStringLiteral(" · "));
}

QString percent(double share) {
    return EvaluationModel::tr("%1 %").arg(numberText(share * 100, 3));
}

struct Heading {
    const char* title;
    const char* help;
};
constexpr std::array<Heading, EvaluationModel::ColumnCount> headings = {{
    {QT_TRANSLATE_NOOP("retort::EvaluationModel", "Domain"),
     QT_TRANSLATE_NOOP("retort::EvaluationModel", "Language, or other kind of text, of the validation set.")},
    {QT_TRANSLATE_NOOP("retort::EvaluationModel", "Nats/token"),
     QT_TRANSLATE_NOOP("retort::EvaluationModel",
                       "Mean negative log-likelihood per target token: −Σ ln p / tokens. Lower is better.")},
    {QT_TRANSLATE_NOOP("retort::EvaluationModel", "Perplexity"),
     QT_TRANSLATE_NOOP("retort::EvaluationModel",
                       "exp(nats per token). Compares only runs with the same tokenizer.")},
    {QT_TRANSLATE_NOOP("retort::EvaluationModel", "Bits/byte"),
     QT_TRANSLATE_NOOP("retort::EvaluationModel", "−Σ log₂ p / UTF-8 bytes. Compares across tokenizers.")},
    {QT_TRANSLATE_NOOP("retort::EvaluationModel", "Accuracy"),
     QT_TRANSLATE_NOOP("retort::EvaluationModel",
                       "Share of targets whose likeliest token was right (top-1).")},
    {QT_TRANSLATE_NOOP("retort::EvaluationModel", "Best"),
     QT_TRANSLATE_NOOP("retort::EvaluationModel", "Lowest nats per token so far, and the step of it.")},
}};

} // namespace

void EvaluationModel::add(std::int64_t step, const EvaluationRow& row) {
    m_rows.emplace_back(step, row);
    show(step, row);
}

void EvaluationModel::show(std::int64_t step, const EvaluationRow& row) {
    const QString name = nameOf(row);
    const double loss = nats_per_token(row);
    const auto found = std::ranges::find(m_lines, name, &Line::name);
    if (found == m_lines.end()) {
        const bool addsMean = m_lines.size() == 1;
        const int place = static_cast<int>(m_lines.size());
        beginInsertRows({}, place, place + (addsMean ? 1 : 0));
        m_lines.push_back({name, step, row, loss, step});
        endInsertRows();
    } else {
        found->step = step;
        found->row = row;
        if (loss < found->bestLoss || !std::isfinite(found->bestLoss)) {
            found->bestLoss = loss;
            found->bestStep = step;
        }
    }
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void EvaluationModel::truncateAfter(std::int64_t step) {
    if (m_rows.empty() || m_rows.back().first <= step) return;
    auto rows = std::move(m_rows);
    clear();
    for (const auto& [at, row] : rows)
        if (at <= step) add(at, row);
}

void EvaluationModel::clear() {
    beginResetModel();
    m_rows.clear();
    m_lines.clear();
    endResetModel();
}

std::optional<std::int64_t> EvaluationModel::newestStep() const {
    if (m_rows.empty()) return {};
    return m_rows.back().first;
}

int EvaluationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size()) + (hasMean() ? 1 : 0);
}

/// Macro: every domain counts the same, as in the loss that decides the best checkpoint.
EvaluationModel::Ratios EvaluationModel::mean() const {
    std::vector<EvaluationRow> rows;
    for (const Line& line : m_lines)
        rows.push_back(line.row);
    rows = headline(rows);
    Ratios sum;
    for (const EvaluationRow& row : rows) {
        sum.loss += nats_per_token(row);
        sum.bitsPerByte += bits_per_byte(row);
        sum.accuracy += accuracy(row);
    }
    const auto n = static_cast<double>(rows.size());
    return {sum.loss / n, std::exp(sum.loss / n), sum.bitsPerByte / n, sum.accuracy / n};
}

QString EvaluationModel::text(int row, int column) const {
    const bool isMean = row == static_cast<int>(m_lines.size());
    const Line* line = isMean ? nullptr : &m_lines[static_cast<std::size_t>(row)];
    const Ratios ratios = isMean ? mean()
                                 : Ratios{nats_per_token(line->row), perplexity(line->row),
                                          bits_per_byte(line->row), accuracy(line->row)};
    switch (column) {
    case Domain:
        return isMean ? tr("mean") : line->name;
    case Loss:
        return numberText(ratios.loss);
    case Perplexity:
        return numberText(ratios.perplexity);
    case BitsPerByte:
        return numberText(ratios.bitsPerByte);
    case Accuracy:
        return percent(ratios.accuracy);
    case Best:
        return isMean ? QString() : tr("%1 at %2").arg(numberText(line->bestLoss), wholeText(line->bestStep));
    default:
        return {};
    }
}

QVariant EvaluationModel::data(const QModelIndex& index, int role) const {
    if (role == Qt::DisplayRole) return text(index.row(), index.column());
    if (role == Qt::TextAlignmentRole) return cellAlignment(index.column() == Domain);
    if (role == Qt::FontRole && index.row() == static_cast<int>(m_lines.size())) return boldFont();
    return {};
}

QVariant EvaluationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    const Heading& heading = headings[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole) return tr(heading.title);
    if (role == Qt::ToolTipRole) return tr(heading.help);
    if (role == Qt::TextAlignmentRole) return cellAlignment(section == Domain);
    return {};
}

EvaluationTable::EvaluationTable(EvaluationModel* model, QWidget* parent) : QTableView(parent) {
    setModel(model);
    setAccessibleName(tr("Newest evaluation by domain"));
    setUpReadingTable(*this);
    setFrameShape(QFrame::NoFrame);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
}

} // namespace retort
