// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec.h"

#include <QWidget>

#include <cstdint>

class QGridLayout;

namespace retort {

/// Parameters, arithmetic and memory of a run in numbers, a column per model.
class ModelTable : public QWidget {
    Q_OBJECT
public:
    explicit ModelTable(QWidget* parent = nullptr);

    /// Requires a run without problems.
    void setRun(const RunSpec& spec);

private:
    void clear();
    void addExpertRuns(const RunSpec& spec);
    void addDeadParameters(std::int64_t dead);
    void addLine(const QString& name, const QStringList& cells, const QString& help);

    QGridLayout* m_grid;
    int m_lines = 0;
};

} // namespace retort
