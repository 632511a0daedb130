// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/routing.h"

#include <QWidget>

class QLabel;
class QSplitter;
class QTableView;

namespace retort {

class EvidenceView;
class ExampleModel;

/// The texts of a cell of the matrix, and the chosen one of them with what decided it.
class ExamplePanel : public QWidget {
    Q_OBJECT
public:
    explicit ExamplePanel(QWidget* parent = nullptr);

    /// What a person has to do before there is something to read.
    void showAdvice(const QString& sentence);
    /// `cell`: the sentence of the cell; `count`: inputs that fell into it.
    void showExamples(const QString& cell, std::int64_t count, std::vector<RoutedExample> examples,
                      const std::vector<std::string>& domains);

private:
    void createTable();
    void showText(int row);

    ExampleModel* m_model;
    QLabel* m_title;
    QTableView* m_table;
    EvidenceView* m_text;
    QSplitter* m_content;
};

} // namespace retort
