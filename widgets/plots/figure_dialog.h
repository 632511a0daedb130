// SPDX-License-Identifier: GPL-3.0-or-later
// Where a figure goes and how wide it is there.
#pragma once

#include "widgets/plots/figure_file.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace retort {

/// Asks for venue, width, form and file; what was chosen last is offered again. It does not hold up the
/// window.
class FigureDialog : public QDialog {
    Q_OBJECT
public:
    /// `name` is that of the file, without an ending.
    FigureDialog(const QString& name, SaveFigure save, QWidget* parent = nullptr);

    [[nodiscard]] FigureTarget target() const;
    void accept() override;

private:
    void createFields(const QString& name);
    void connectFields();
    void chooseVenue();
    void chooseEnding();
    void browse();
    void describe();

    SaveFigure m_save;
    QComboBox* m_venue = nullptr;
    QDoubleSpinBox* m_width = nullptr; ///< millimetres
    QComboBox* m_ending = nullptr;
    QLineEdit* m_file = nullptr;
    QPushButton* m_browse = nullptr;
    QLabel* m_note = nullptr;
};

} // namespace retort
