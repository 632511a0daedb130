// SPDX-License-Identifier: GPL-3.0-or-later
// Which of a run's matrices is shown.
#pragma once

#include "widgets/pages/router_source.h"
#include "widgets/pages/tool_row.h"

#include <tuple>

class QComboBox;
class QLabel;
class QSlider;

namespace retort {

/// A slider over a few values with their names beside it; cannot be seen where there is nothing to choose.
class ValueSlider : public QWidget {
    Q_OBJECT
public:
    ValueSlider(const char* name, const QString& label, QWidget* parent = nullptr);

    struct Value {
        std::int64_t value = 0;
        QString text;
    };
    /// The chosen value stays where it is still there; else the last is chosen.
    void setValues(std::vector<Value> values);
    [[nodiscard]] std::int64_t value() const;

Q_SIGNALS:
    void changed();

private:
    void show(int place);

    std::vector<Value> m_values;
    QSlider* m_slider;
    QLabel* m_text;
};

/// Inputs (splits and folds), input length and step; what is chosen stays while other runs have it too.
class MatrixChoice : public ToolRow {
    Q_OBJECT
public:
    explicit MatrixChoice(QWidget* parent = nullptr);

    /// They must outlive the next call.
    void setMatrices(const std::vector<NumberedMatrix>& matrices);
    /// Null where there are none.
    [[nodiscard]] const NumberedMatrix* matrix() const;
    /// Of the same inputs and step, whole articles too, by rising length.
    [[nodiscard]] std::vector<const NumberedMatrix*> lengths() const;
    /// "whole articles of valid".
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    void changed();

private:
    using Inputs = std::tuple<std::string, std::string, std::int64_t>; ///< kind, split, fold
    [[nodiscard]] static Inputs inputsOf(const RoutingEvaluation& matrix);
    [[nodiscard]] std::vector<const NumberedMatrix*> chosenInputs() const;
    void showInputs();
    void showLengths();
    void showSteps();

    std::vector<const NumberedMatrix*> m_matrices;
    std::vector<Inputs> m_inputs; ///< of the combo's items
    QComboBox* m_inputsChoice = nullptr;
    ValueSlider* m_length = nullptr;
    ValueSlider* m_step = nullptr;
};

} // namespace retort
