// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/confusion_table.h"

#include "widgets/tables/confusion_model.h"
#include "widgets/tables/shaded_cell.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

namespace retort {
ConfusionTable::ConfusionTable(ConfusionModel* model, QWidget* parent) : QTableView(parent), m_matrix(model) {
    setModel(model);
    setUpHeatMap(*this);
    setAccessibleName(tr("Confusion matrix, true domains by what was said"));
    verticalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    for (QHeaderView* header : {horizontalHeader(), verticalHeader()})
        header->setHighlightSections(true);
    horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(QStringLiteral("0.00000")));
    verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 8);
    connect(this, &QTableView::clicked, this, &ConfusionTable::choose);
}

void ConfusionTable::choose(const QModelIndex& index) {
    if (m_matrix->isCell(index)) Q_EMIT cellChosen(index.row(), index.column());
}

void ConfusionTable::copy() {
    QGuiApplication::clipboard()->setText(m_matrix->plainText());
}

void ConfusionTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copy();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return choose(currentIndex());
    QTableView::keyPressEvent(event);
}

/// All of six rows, so that a splitter does not hide half of the matrix.
QSize ConfusionTable::minimumSizeHint() const {
    const int rows = horizontalHeader()->sizeHint().height() + 6 * verticalHeader()->minimumSectionSize();
    return {QTableView::minimumSizeHint().width(), rows};
}

} // namespace retort
