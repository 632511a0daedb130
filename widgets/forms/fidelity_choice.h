// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec.h"

#include <QComboBox>

namespace retort {

/// As the paper's code has it, or corrected: what the fields in force are, and a choice that sets them all.
class FidelityChoice : public QComboBox {
    Q_OBJECT
public:
    explicit FidelityChoice(QWidget* parent = nullptr);

    /// Hidden where the two do not differ.
    void setRun(const RunSpec& spec);

Q_SIGNALS:
    /// "paper" or "corrected", by a person.
    void chosen(const QString& fidelity);
};

} // namespace retort
