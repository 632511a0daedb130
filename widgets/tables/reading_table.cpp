// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/reading_table.h"

#include <QHeaderView>

namespace retort {

void setUpReadingTable(QTableView& table, int air) {
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setShowGrid(false);
    table.setAlternatingRowColors(true);
    table.setTabKeyNavigation(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + air);
    table.horizontalHeader()->setHighlightSections(false);
}

QVariant cellAlignment(bool areWords) {
    return QVariant((areWords ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

} // namespace retort
