// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/confusion_model.h"

#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"

namespace retort {
namespace {

QString name(const std::string& domain) {
    return QString::fromStdString(domain);
}

} // namespace

void ConfusionModel::setMatrix(ConfusionMatrix matrix) {
    const bool isSame = matrix.rows == m_matrix.rows && matrix.columns == m_matrix.columns;
    exchange(isSame, [&] { m_matrix = std::move(matrix); });
}

void ConfusionModel::setNormalisation(Normalisation by) {
    m_by = by;
    tellValuesChanged();
}

int ConfusionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || m_matrix.rows.empty() ? 0 : static_cast<int>(m_matrix.rows.size()) + 1;
}

int ConfusionModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || m_matrix.columns.empty() ? 0 : static_cast<int>(m_matrix.columns.size()) + 1;
}

bool ConfusionModel::isCell(const QModelIndex& index) const {
    return index.isValid() && index.row() < rowCount() - 1 && index.column() < columnCount() - 1;
}

/// Of a cell, or of the sum that stands there.
std::int64_t ConfusionModel::count(const QModelIndex& index) const {
    std::int64_t sum = 0;
    for (std::size_t row = 0; row < m_matrix.rows.size(); ++row)
        for (std::size_t column = 0; column < m_matrix.columns.size(); ++column) {
            const bool isInRow = index.row() == rowCount() - 1 || int(row) == index.row();
            const bool isInColumn = index.column() == columnCount() - 1 || int(column) == index.column();
            if (isInRow && isInColumn) sum += m_matrix.at(row, column);
        }
    return sum;
}

/// Of what a cell is shown as a part; of its row where counts are shown.
std::int64_t ConfusionModel::whole(const QModelIndex& index) const {
    if (m_by == Normalisation::all) return m_matrix.total();
    if (m_by == Normalisation::columns) return count(index.siblingAtRow(rowCount() - 1));
    return count(index.siblingAtColumn(columnCount() - 1));
}

double ConfusionModel::share(const QModelIndex& index) const {
    const std::int64_t all = whole(index);
    return all == 0 ? 0.0 : static_cast<double>(count(index)) / static_cast<double>(all);
}

QString ConfusionModel::text(const QModelIndex& index) const {
    if (!isCell(index) || m_by == Normalisation::counts) return wholeText(count(index));
    return decimalText(share(index));
}

QString ConfusionModel::sentence(const QModelIndex& index) const {
    if (!isCell(index)) return sumSentence(index);
    return tr("true %1, said %2: %3 of %4, %5")
        .arg(name(m_matrix.rows[static_cast<std::size_t>(index.row())]),
             name(m_matrix.columns[static_cast<std::size_t>(index.column())]), wholeText(count(index)),
             wholeText(whole(index)), decimalText(share(index)));
}

/// With the scores of the domain, which a reader of the sum may want.
QString ConfusionModel::sumSentence(const QModelIndex& index) const {
    const bool isRowSum = index.row() < rowCount() - 1;
    if (isRowSum) {
        const auto row = static_cast<std::size_t>(index.row());
        const ClassScores scores = class_scores(m_matrix)[row];
        return tr("true %1: %2 inputs; precision %3, recall %4, F1 %5")
            .arg(name(m_matrix.rows[row]), wholeText(scores.support), decimalText(scores.precision),
                 decimalText(scores.recall), decimalText(scores.f1));
    }
    if (index.column() == columnCount() - 1) return tr("all: %1 inputs").arg(wholeText(m_matrix.total()));
    return tr("said %1: %2 inputs")
        .arg(name(m_matrix.columns[static_cast<std::size_t>(index.column())]), wholeText(count(index)));
}

QVariant ConfusionModel::data(const QModelIndex& index, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return sentence(index);
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignCenter);
    case ShareRole:
        return isCell(index) ? QVariant(share(index)) : QVariant();
    case RightRole:
        return isCell(index) && m_matrix.is_right(static_cast<std::size_t>(index.row()),
                                                  static_cast<std::size_t>(index.column()));
    default:
        return {};
    }
}

QVariant ConfusionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const bool isTrue = orientation == Qt::Vertical;
    const auto& names = isTrue ? m_matrix.rows : m_matrix.columns;
    const bool isSum = section == static_cast<int>(names.size());
    if (role == Qt::TextAlignmentRole)
        return QVariant((isTrue ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && isSum)
        return isTrue ? tr("How often each was said") : tr("Inputs of each domain");
    if (role != Qt::DisplayRole) return {};
    if (isSum) return isTrue ? tr("All") : tr("Inputs");
    const QString domain = name(names[static_cast<std::size_t>(section)]);
    return isTrue ? tr("true %1").arg(domain) : tr("said %1").arg(domain);
}

QString ConfusionModel::plainText() const {
    QStringList lines, heading = {QString()};
    for (int column = 0; column < columnCount(); ++column)
        heading << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << heading.join(QLatin1Char('\t'));
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells = {headerData(row, Qt::Vertical, Qt::DisplayRole).toString()};
        for (int column = 0; column < columnCount(); ++column)
            cells << text(index(row, column));
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString confusionCsv(const ConfusionMatrix& matrix, const QString& headings, const QString& fields) {
    QString csv = headings + QStringLiteral("true,said,count,row_share,column_share,share\n");
    const std::vector<double> rows = normalised(matrix, Normalisation::rows);
    const std::vector<double> columns = normalised(matrix, Normalisation::columns);
    const std::vector<double> all = normalised(matrix, Normalisation::all);
    for (std::size_t i = 0; i < matrix.counts.size(); ++i) {
        const QStringList cell = {csvField(name(matrix.rows[i / matrix.columns.size()])),
                                  csvField(name(matrix.columns[i % matrix.columns.size()])),
                                  QString::number(matrix.counts[i]),
                                  fileNumber(rows[i]),
                                  fileNumber(columns[i]),
                                  fileNumber(all[i])};
        csv += fields + cell.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return csv;
}

} // namespace retort
