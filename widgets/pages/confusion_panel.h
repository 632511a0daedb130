// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/confusion.h"
#include "widgets/pages/router_source.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace retort {

class ConfusionModel;
class ConfusionTable;
class MatrixChoice;

/// The confusion matrix of a run: which one, how its cells are shown, and what it says in one line.
class ConfusionPanel : public QWidget {
    Q_OBJECT
public:
    explicit ConfusionPanel(QWidget* parent = nullptr);

    /// `record` is told in the file of an export. The matrices must outlive the next call.
    void setMatrices(const RunRecord& record, const std::vector<NumberedMatrix>& matrices);
    /// Without abstention.
    void setForced(bool isForced);
    [[nodiscard]] const MatrixChoice& choice() const { return *m_choice; }
    /// As it is shown: without abstention there is no column unknown.
    [[nodiscard]] const ConfusionMatrix& matrix() const;
    [[nodiscard]] QString cellSentence(int row, int column) const;
    /// All that the matrix holds, as CSV; empty without one.
    [[nodiscard]] QString csv() const;

Q_SIGNALS:
    void matrixChanged();
    void cellChosen(int row, int column);
    void exportRequested();

private:
    QWidget* createTools();
    void createNormalisation();
    void showMatrix();

    RunRecord m_record;
    bool m_isForced = false;
    MatrixChoice* m_choice;
    ConfusionModel* m_model;
    ConfusionTable* m_table;
    QComboBox* m_normalisation = nullptr;
    QLabel* m_title;
    QLabel* m_summary;
};

} // namespace retort
