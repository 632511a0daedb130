// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QDialog>

namespace retort {

/// What differs between the specifications of two runs, and nothing else, by JSON pointer.
class DifferenceDialog : public QDialog {
    Q_OBJECT
public:
    DifferenceDialog(const RunRecord& left, const RunRecord& right, QWidget* parent = nullptr);
};

} // namespace retort
