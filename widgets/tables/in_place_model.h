// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

namespace retort {

/// A model whose values are all exchanged at once.
class InPlaceModel : public QAbstractTableModel {
protected:
    using QAbstractTableModel::QAbstractTableModel;

    /// Calls `replace`. Where the rows stay the same, views hear of other values only, so that selection and
    /// scrolling stay.
    template <class Replace>
    void exchange(bool areRowsSame, const Replace& replace) {
        if (!areRowsSame) beginResetModel();
        replace();
        if (!areRowsSame) return endResetModel();
        tellValuesChanged();
    }

    void tellValuesChanged() {
        if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
};

} // namespace retort
