// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_fields.h"

#include <QString>
#include <QVariant>
#include <functional>
#include <vector>

namespace retort {

/// What a table of runs shows of each in one column.
struct RunColumn {
    QString key;  ///< stays the same when others come and go: "loss", "perplexity/fr", "field/optim.lr"
    QString path; ///< of RunFields; empty where no field has the same value
    QString title;
    QString help;
    bool isWords = true;
    std::function<QString(const RunRecord&)> text;
    std::function<QVariant(const RunRecord&)> value; ///< to sort by; invalid where there is none
    /// Of numbers of which a group shows the mean; empty for others.
    std::function<QString(double)> numberText;
};

/// Those that every table has, in the order of RunTableModel::Column.
[[nodiscard]] std::vector<RunColumn> fixedRunColumns();
[[nodiscard]] RunColumn perplexityColumn(const std::string& domain);
/// Any other field.
[[nodiscard]] RunColumn fieldColumn(const RunField& field);
[[nodiscard]] QString fieldColumnKey(const QString& path);

} // namespace retort
