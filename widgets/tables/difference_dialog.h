// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QDialog>
#include <QStringList>
#include <vector>

namespace retort {

/// What differs between the specifications of two or more runs, and nothing else: a row for each field, by
/// JSON pointer, and a column for each run.
class DifferenceDialog : public QDialog {
    Q_OBJECT
public:
    explicit DifferenceDialog(const std::vector<RunRecord>& runs, QWidget* parent = nullptr);

Q_SIGNALS:
    /// JSON pointers: a table of runs is to show these fields.
    void columnsRequested(const QStringList& pointers);
};

} // namespace retort
