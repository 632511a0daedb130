// SPDX-License-Identifier: GPL-3.0-or-later
// Adds, replaces or takes away an expert of a finished modular model: as a run, which is shown before it is
// begun.
#pragma once

#include "spec/expert_change.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QWidget;

namespace retort {

class ExpertsDialog : public QDialog {
    Q_OBJECT
public:
    explicit ExpertsDialog(FinishedModel model, QWidget* parent = nullptr);

Q_SIGNALS:
    void runRequested(const retort::RunPlan& plan);

private:
    void createFields();
    QWidget* createFileRow();
    void createButtons();
    void refresh();
    void chooseFile();
    void begin();
    [[nodiscard]] ExpertChange change() const;

    FinishedModel m_model;
    QComboBox* m_kind = nullptr;
    QComboBox* m_expert = nullptr;
    QComboBox* m_origin = nullptr;
    QSpinBox* m_tokens = nullptr;
    QLineEdit* m_file = nullptr;
    QWidget* m_fileRow = nullptr;
    QLabel* m_outlook = nullptr;
    QPushButton* m_begin = nullptr;
};

} // namespace retort
