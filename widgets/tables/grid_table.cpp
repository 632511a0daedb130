// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/grid_table.h"

#include "widgets/plots/number_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>
#include <cmath>
#include <limits>

namespace retort {

void GridModel::setGrid(MeanGrid grid) {
    const bool isSame = grid.settings == m_grid.settings && grid.domains == m_grid.domains;
    exchange(isSame, [&] {
        m_grid = std::move(grid);
        m_ranges.clear();
        for (int column = 0; column < columnCount(); ++column) {
            double least = std::numeric_limits<double>::infinity(), largest = -least;
            for (int row = 0; row < rowCount(); ++row) {
                const double mean = cell(row, column).mean.value_or(std::nan(""));
                if (std::isnan(mean)) continue;
                least = std::min(least, mean);
                largest = std::max(largest, mean);
            }
            m_ranges.emplace_back(least, largest);
        }
    });
}

void GridModel::setPerplexity(bool isPerplexity) {
    m_isPerplexity = isPerplexity;
    tellValuesChanged();
}

int GridModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_grid.settings.size());
}

int GridModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || m_grid.domains.empty() ? 0 : static_cast<int>(m_grid.domains.size()) + 1;
}

const SampleSummary& GridModel::cell(int row, int column) const {
    const auto setting = static_cast<std::size_t>(row), domain = static_cast<std::size_t>(column);
    return domain < m_grid.domains.size() ? m_grid.at(setting, domain) : m_grid.macro[setting];
}

QString GridModel::columnName(int column) const {
    const auto domain = static_cast<std::size_t>(column);
    return domain < m_grid.domains.size() ? QString::fromStdString(m_grid.domains[domain]) : tr("mean");
}

QString GridModel::number(int row, int column) const {
    const auto& mean = cell(row, column).mean;
    if (!mean) return dash();
    return numberText(m_isPerplexity ? std::exp(*mean) : *mean);
}

bool GridModel::isBest(int row, int column) const {
    const auto& mean = cell(row, column).mean;
    const auto& [least, largest] = m_ranges[static_cast<std::size_t>(column)];
    return mean && *mean == least && least < largest;
}

QVariant GridModel::shade(int row, int column) const {
    const auto& mean = cell(row, column).mean;
    const auto& [least, largest] = m_ranges[static_cast<std::size_t>(column)];
    if (!mean) return {};
    if (largest <= least) return 0.0;
    const double share = (largest - *mean) / (largest - least);
    return share * share; // the shade is of its root
}

QString GridModel::sentence(const QModelIndex& index) const {
    const int row = index.row(), column = index.column();
    const SampleSummary& summary = cell(row, column);
    const QString name = QStringLiteral("%1, %2").arg(
        headerData(row, Qt::Vertical, Qt::DisplayRole).toString(), columnName(column));
    if (!summary.mean) return tr("%1: not measured").arg(name);
    QString text = (m_isPerplexity ? tr("%1: perplexity %2") : tr("%1: %2 nats per token"))
                       .arg(name, number(row, column));
    if (summary.standard_deviation)
        text += tr("; mean of %1 seeds, s.d. %2 nats per token")
                    .arg(QString::number(summary.n), numberText(*summary.standard_deviation, 2));
    return isBest(row, column) ? tr("%1; best of the column").arg(text) : text;
}

QVariant GridModel::data(const QModelIndex& index, int role) const {
    const int row = index.row(), column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return isBest(row, column) ? QStringLiteral("★ ") + number(row, column) : number(row, column);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return sentence(index);
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignCenter);
    case shadeRole:
        return shade(row, column);
    case strongRole:
        return isBest(row, column);
    default:
        return {};
    }
}

QVariant GridModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const bool isSetting = orientation == Qt::Vertical;
    if (role == Qt::TextAlignmentRole)
        return QVariant((isSetting ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && isSetting)
        return tr("How the experts in parentheses are mixed; + common: with the common expert");
    if (role != Qt::DisplayRole) return {};
    return isSetting ? QString::fromStdString(m_grid.settings[static_cast<std::size_t>(section)])
                     : columnName(section);
}

GridTable::GridTable(GridModel* model, QWidget* parent) : QTableView(parent), m_grid(model) {
    setModel(model);
    setUpHeatMap(*this);
    setObjectName(QStringLiteral("grid"));
    setAccessibleName(tr("Evaluation grid, settings by domains"));
    horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(QStringLiteral("★ 0.0000 ")));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
}

void GridTable::copy() {
    QGuiApplication::clipboard()->setText(m_grid->text(QStringLiteral("md"), {}));
}

void GridTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copy();
    QTableView::keyPressEvent(event);
}

} // namespace retort
