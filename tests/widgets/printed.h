// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QString>

namespace retort::test {

/// A flat model as text: its titles, then a line for each row, each cell followed by "|".
inline QString printed(const QAbstractItemModel& model) {
    QString text;
    for (int column = 0; column < model.columnCount(); ++column)
        text += model.headerData(column, Qt::Horizontal).toString() + u'|';
    for (int row = 0; row < model.rowCount(); ++row) {
        text += u'\n';
        for (int column = 0; column < model.columnCount(); ++column)
            text += model.index(row, column).data().toString() + u'|';
    }
    return text;
}

} // namespace retort::test
