// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace retort {

class ConfusionModel;

/// Cells are shaded by their share and fill the view; arrows move, Enter and a click choose, Ctrl+C copies
/// the matrix.
class ConfusionTable : public QTableView {
    Q_OBJECT
public:
    explicit ConfusionTable(ConfusionModel* model, QWidget* parent = nullptr);

    void copy();

Q_SIGNALS:
    void cellChosen(int row, int column);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    QSize minimumSizeHint() const override;

private:
    void choose(const QModelIndex& index);

    ConfusionModel* m_matrix;
};

} // namespace retort
