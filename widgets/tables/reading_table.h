// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace retort {

/// The looks of every table that is read and selected by rows. `air`: pixels of a row beyond its text.
void setUpReadingTable(QTableView& table, int air = 6);

/// Words to the left, numbers to the right; what Qt::TextAlignmentRole wants.
[[nodiscard]] QVariant cellAlignment(bool areWords);

} // namespace retort
