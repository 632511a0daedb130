// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/stage_matrix_table.h"

#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/shaded_cell.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>
#include <cmath>
#include <limits>

namespace retort {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Below this the palest cell is no paler: noise is not to look like forgetting.
constexpr double leastLossSpan = 0.1;      ///< nats per token
constexpr double leastAccuracySpan = 0.01; ///< share

QString nameOf(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

const std::vector<double>& valuesOf(const StageScores& scores, StageUnit unit) {
    return unit == StageUnit::accuracy ? scores.accuracy : scores.loss;
}

QString csvLines(const StageMatrix& matrix, const QString& stage, std::int64_t step,
                 const StageScores& scores) {
    QString lines;
    const auto number = [](double value) { return std::isnan(value) ? QString() : fileNumber(value); };
    for (std::size_t j = 0; j < matrix.domains.size(); ++j) {
        const QStringList fields = {csvField(stage),
                                    QString::number(step),
                                    csvField(nameOf(matrix.domains[j])),
                                    number(scores.loss[j]),
                                    number(std::exp(scores.loss[j])),
                                    number(scores.accuracy[j])};
        lines += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return lines;
}

} // namespace

void StageMatrixModel::setMatrix(StageMatrix matrix) {
    const bool isSame = matrix.domains == m_matrix.domains &&
                        std::ranges::equal(matrix.rows, m_matrix.rows, {}, &StageRow::name, &StageRow::name);
    exchange(isSame, [&] {
        m_matrix = std::move(matrix);
        fitShades();
    });
}

void StageMatrixModel::setUnit(StageUnit unit) {
    m_unit = unit;
    fitShades();
    tellValuesChanged();
}

int StageMatrixModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_matrix.rows.size());
}

int StageMatrixModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_matrix.domains.size());
}

/// Perplexity is compared, and shaded, as nats per token.
double StageMatrixModel::value(int row, int column) const {
    return valuesOf(m_matrix.rows[static_cast<std::size_t>(row)].scores,
                    m_unit)[static_cast<std::size_t>(column)];
}

double StageMatrixModel::behind(int row, int column) const {
    const double difference = value(row, column) - m_best[static_cast<std::size_t>(column)];
    return m_unit == StageUnit::accuracy ? -difference : difference;
}

/// The row from which on a domain can be forgotten; of one that has no stage, every row counts.
int StageMatrixModel::firstLearned(int column) const {
    return m_matrix.is_sequential && column < rowCount() ? column : 0;
}

void StageMatrixModel::fitShades() {
    m_best.assign(m_matrix.domains.size(), nan);
    for (int column = 0; column < columnCount(); ++column)
        for (int row = firstLearned(column); row < rowCount(); ++row) {
            double& best = m_best[static_cast<std::size_t>(column)];
            if (std::isnan(best) || behind(row, column) < 0) best = value(row, column);
        }
    m_span = m_unit == StageUnit::accuracy ? leastAccuracySpan : leastLossSpan;
    for (int column = 0; column < columnCount(); ++column)
        for (int row = firstLearned(column); row < rowCount(); ++row)
            if (behind(row, column) > m_span) m_span = behind(row, column); // never for NaN
}

bool StageMatrixModel::isOwnStage(int row, int column) const {
    return m_matrix.is_sequential && row == column;
}

QVariant StageMatrixModel::shade(int row, int column) const {
    if (std::isnan(value(row, column))) return {};
    const double lost = behind(row, column);
    const double share = std::isnan(lost) ? 0 : std::clamp(1 - lost / m_span, 0.0, 1.0);
    return share * share; // the shade is of its root
}

QString StageMatrixModel::number(int row, int column) const {
    const double number = value(row, column);
    if (std::isnan(number)) return {};
    if (m_unit == StageUnit::accuracy) return tr("%1 %").arg(numberText(100 * number, 3));
    return numberText(m_unit == StageUnit::perplexity ? std::exp(number) : number);
}

QString StageMatrixModel::unitText() const {
    return m_unit == StageUnit::accuracy     ? tr("accuracy")
           : m_unit == StageUnit::perplexity ? tr("perplexity")
                                             : tr("nats per token");
}

QString StageMatrixModel::stageText(int row) const {
    const StageRow& stage = m_matrix.rows[static_cast<std::size_t>(row)];
    const QString place = tr("step %1").arg(wholeText(stage.step));
    if (!m_matrix.is_sequential) return tr("after %1 of the training (%2)").arg(nameOf(stage.name), place);
    return tr("after %1 (stage %2 of %3, %4)")
        .arg(nameOf(stage.name))
        .arg(row + 1)
        .arg(m_matrix.rows.size())
        .arg(place);
}

QString StageMatrixModel::sentence(const QModelIndex& index) const {
    const int row = index.row(), column = index.column();
    const QString place =
        tr("%1, %2").arg(stageText(row), nameOf(m_matrix.domains[static_cast<std::size_t>(column)]));
    if (std::isnan(value(row, column))) return tr("%1: not measured yet").arg(place);
    const QString text = tr("%1: %2 %3").arg(place, number(row, column), unitText());
    const double lost = behind(row, column);
    if (row < firstLearned(column)) return tr("%1; before its own stage").arg(text);
    if (lost == 0) return tr("%1; its best").arg(text);
    if (m_unit == StageUnit::accuracy)
        return tr("%1; %2 points below its best").arg(text, numberText(100 * lost, 3));
    return tr("%1; %2 nats per token above its best").arg(text, numberText(lost, 3));
}

QString StageMatrixModel::legend() const {
    if (std::ranges::all_of(m_best, [](double best) { return std::isnan(best); })) return {};
    const QString frame = m_matrix.is_sequential ? tr(" Framed: the domain's own stage.") : QString();
    if (m_unit == StageUnit::accuracy)
        return tr("Deep: the domain's best. Palest: %1 points below it, or more.")
                   .arg(numberText(100 * m_span, 3)) +
               frame;
    return tr("Deep: the domain's best. Palest: %1 nats per token above it, or more.")
               .arg(numberText(m_span, 3)) +
           frame;
}

QVariant StageMatrixModel::data(const QModelIndex& index, int role) const {
    const int row = index.row(), column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return number(row, column);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return sentence(index);
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignCenter);
    case shadeRole:
        return shade(row, column);
    case strongRole:
    case framedRole:
        return isOwnStage(row, column);
    default:
        return {};
    }
}

QVariant StageMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const bool isStage = orientation == Qt::Vertical;
    const auto place = static_cast<std::size_t>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant((isStage ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && isStage) return stageText(section);
    if (role != Qt::DisplayRole) return {};
    return isStage ? tr("after %1").arg(nameOf(m_matrix.rows[place].name)) : nameOf(m_matrix.domains[place]);
}

QString StageMatrixModel::csv() const {
    QString csv = QStringLiteral("stage,step,domain,nats_per_token,perplexity,accuracy\n");
    csv += csvLines(m_matrix, QStringLiteral("random"), 0, m_matrix.random);
    csv += csvLines(m_matrix, QStringLiteral("unigram"), 0, m_matrix.unigram);
    for (const StageRow& row : m_matrix.rows)
        csv += csvLines(m_matrix, nameOf(row.name), row.step, row.scores);
    return csv;
}

QString StageMatrixModel::plainText() const {
    QStringList lines, heading = {unitText()};
    for (int column = 0; column < columnCount(); ++column)
        heading << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << heading.join(QLatin1Char('\t'));
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells = {headerData(row, Qt::Vertical, Qt::DisplayRole).toString()};
        for (int column = 0; column < columnCount(); ++column)
            cells << number(row, column);
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

Figure StageMatrixModel::figure() const {
    const auto heading = [&](int section, Qt::Orientation orientation) {
        return headerData(section, orientation, Qt::DisplayRole).toString().toStdString();
    };
    MatrixFigure matrix{unitText().toStdString(), {}, {}, {}, {}, {}};
    for (int column = 0; column < columnCount(); ++column)
        matrix.columns.push_back(heading(column, Qt::Horizontal));
    for (int row = 0; row < rowCount(); ++row) {
        matrix.rows.push_back(heading(row, Qt::Vertical));
        for (int column = 0; column < columnCount(); ++column) {
            const QVariant depth = shade(row, column);
            if (isOwnStage(row, column)) matrix.framed.push_back(matrix.values.size());
            matrix.values.push_back(value(row, column));
            matrix.texts.push_back(number(row, column).toStdString());
            matrix.shades.push_back(depth.isValid() ? depth.toDouble() : nan);
        }
    }
    return {"forgetting-matrix",
            tr("Scores after each stage by domain").toStdString(),
            legend().toStdString(),
            std::move(matrix),
            {},
            Json::object(),
            csv().toStdString()};
}

StageMatrixTable::StageMatrixTable(StageMatrixModel* model, QWidget* parent)
    : QTableView(parent), m_stages(model) {
    setModel(model);
    setUpHeatMap(*this);
    setObjectName(QStringLiteral("stageMatrix"));
    setAccessibleName(tr("Scores after each stage by domain"));
    horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(QStringLiteral("0.00000")));
    verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 7);
    verticalHeader()->setSectionResizeMode(QHeaderView::Stretch);
}

void StageMatrixTable::copy() {
    QGuiApplication::clipboard()->setText(m_stages->plainText());
}

void StageMatrixTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copy();
    QTableView::keyPressEvent(event);
}

int StageMatrixTable::heightOf(int rows) const {
    return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->minimumSectionSize() + 2;
}

QSize StageMatrixTable::sizeHint() const {
    return {QTableView::sizeHint().width(), heightOf(std::max(3, m_stages->rowCount()))};
}

/// All of six stages; of more, the rest is scrolled to.
QSize StageMatrixTable::minimumSizeHint() const {
    return {QTableView::minimumSizeHint().width(), heightOf(std::clamp(m_stages->rowCount(), 2, 6))};
}

} // namespace retort
