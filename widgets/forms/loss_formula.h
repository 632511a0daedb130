// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec.h"

#include <QWidget>

class QLabel;

namespace retort {

class TintedLabel;

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
