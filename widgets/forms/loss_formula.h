// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec.h"

#include <QWidget>

class QLabel;

namespace retort {

class TintedLabel;

/// The loss of a run in rich text.
struct LossText {
    QString symbols; ///< L = α · CE(y, q) + (1 − α) · KL(p ‖ q)
    QString numbers; ///< the same with the values of the run
    QString legend;  ///< what the letters mean
};

/// Requires a run without problems.
[[nodiscard]] LossText lossText(const RunSpec& spec);

/// Shows lossText().
class LossFormula : public QWidget {
    Q_OBJECT
public:
    explicit LossFormula(QWidget* parent = nullptr);

    void setRun(const RunSpec& spec);

private:
    QLabel* m_symbols;
    QLabel* m_numbers;
    TintedLabel* m_legend;
};

} // namespace retort
