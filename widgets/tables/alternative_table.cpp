// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/alternative_table.h"

#include "widgets/forms/bold_font.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"
#include "widgets/tables/visible_text.h"

#include <QApplication>
#include <QHeaderView>
#include <algorithm>

namespace retort {
namespace {

constexpr int shownRows = 6;

} // namespace

void AlternativeModel::setToken(const GeneratedToken& token) {
    beginResetModel();
    m_rows = token.alternatives;
    const auto found = std::ranges::find(m_rows, token.piece, &GenerationAlternative::text);
    m_chosen = static_cast<int>(found - m_rows.begin());
    if (found == m_rows.end()) m_rows.push_back({token.piece, token.probability});
    endResetModel();
}

void AlternativeModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

int AlternativeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AlternativeModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AlternativeModel::data(const QModelIndex& index, int role) const {
    const GenerationAlternative& row = m_rows[static_cast<std::size_t>(index.row())];
    const QString token = visibleText(QString::fromStdString(row.text));
    const QString probability = decimalText(row.probability);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Token ? token : probability;
    case Qt::AccessibleTextRole:
        return tr("“%1”, probability %2").arg(token, probability);
    case Qt::TextAlignmentRole:
        return cellAlignment(index.column() == Token);
    case Qt::FontRole:
        return index.row() == m_chosen ? boldFont(QApplication::font()) : QVariant();
    default:
        return {};
    }
}

QVariant AlternativeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical) return {};
    if (role == Qt::TextAlignmentRole) return cellAlignment(section == Token);
    if (role != Qt::DisplayRole) return {};
    return section == Token ? tr("Might have come") : tr("Probability");
}

AlternativeTable::AlternativeTable(AlternativeModel* model, QWidget* parent) : QTableView(parent) {
    setModel(model);
    setObjectName(QStringLiteral("alternatives"));
    setAccessibleName(tr("Tokens that might have come"));
    setUpReadingTable(*this, 2);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setFrameShape(QFrame::NoFrame);
    horizontalHeader()->setSectionResizeMode(AlternativeModel::Token, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(AlternativeModel::Probability, QHeaderView::ResizeToContents);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize AlternativeTable::sizeHint() const {
    return {200, horizontalHeader()->sizeHint().height() +
                     shownRows * verticalHeader()->defaultSectionSize() + 2 * frameWidth()};
}

} // namespace retort
