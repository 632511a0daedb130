// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_table.h"

#include "widgets/plots/data_table.h"
#include "widgets/plots/line_plot.h"
#include "widgets/plots/number_text.h"

#include <algorithm>

namespace retort {

CurveTableModel::CurveTableModel(const LinePlot& plot, QObject* parent) : QAbstractTableModel(parent) {
    for (const auto& curve : plot.curves()) {
        if (!curve->isVisible) continue;
        const auto steps = curve->steps();
        const auto values = curve->values().values();
        m_columns.push_back({curve->label(), {steps.begin(), steps.end()}, {values.begin(), values.end()}});
        m_steps.insert(m_steps.end(), steps.begin(), steps.end());
    }
    std::ranges::sort(m_steps);
    m_steps.erase(std::unique(m_steps.begin(), m_steps.end()), m_steps.end());
}

int CurveTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int CurveTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + 1;
}

QVariant CurveTableModel::data(const QModelIndex& index, int role) const {
    if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const std::int64_t step = m_steps[static_cast<std::size_t>(index.row())];
    if (index.column() == 0) return wholeText(step);
    const Column& column = m_columns[static_cast<std::size_t>(index.column()) - 1];
    const auto found = std::ranges::lower_bound(column.steps, step);
    if (found == column.steps.end() || *found != step) return {};
    return numberText(column.values[static_cast<std::size_t>(found - column.steps.begin())], 6);
}

QVariant CurveTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
    return section == 0 ? tr("Step") : m_columns[static_cast<std::size_t>(section) - 1].label;
}

void openCurveTable(LinePlot& plot) {
    openDataTable(plot, plot.title(), new CurveTableModel(plot), [&plot] { plot.exportFigure(); });
}

} // namespace retort
