// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_fields.h"

#include <QDialog>

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace retort {

class RunTable;

/// Which fields and metrics a table of runs shows; what is ticked shows at once.
class ColumnDialog : public QDialog {
    Q_OBJECT
public:
    /// The table must outlive the dialog.
    ColumnDialog(RunTable& table, const RunFields& fields, QWidget* parent = nullptr);

private:
    void addField(const RunField& field);
    void search(const QString& words);
    void apply(const QListWidgetItem* item);

    RunTable& m_table;
    QLineEdit* m_search;
    QListWidget* m_list;
};

} // namespace retort
