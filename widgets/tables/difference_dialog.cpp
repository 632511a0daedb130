// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/difference_dialog.h"

#include "analysis/spec_difference.h"
#include "widgets/tables/json_tree.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace retort {
namespace {

QString cellText(const std::optional<Json>& value) {
    return value ? jsonText(*value) : DifferenceDialog::tr("(absent)");
}

QStringList titlesOf(const std::vector<RunRecord>& runs) {
    QStringList titles = {DifferenceDialog::tr("Field")};
    for (const RunRecord& run : runs)
        titles << QString::fromStdString(run.title());
    return titles;
}

QTreeWidget* createList(const std::vector<DifferingField>& found, const std::vector<RunRecord>& runs) {
    auto* list = new QTreeWidget;
    list->setObjectName(QStringLiteral("differences"));
    list->setAccessibleName(DifferenceDialog::tr("Differences"));
    list->setHeaderLabels(titlesOf(runs));
    list->setRootIsDecorated(false);
    list->setAlternatingRowColors(true);
    list->setUniformRowHeights(true);
    for (const DifferingField& field : found) {
        QStringList cells = {QString::fromStdString(field.pointer)};
        for (const std::optional<Json>& value : field.values)
            cells << cellText(value);
        new QTreeWidgetItem(list, cells);
    }
    const bool fits = runs.size() <= 3;
    list->header()->setSectionResizeMode(fits ? QHeaderView::Stretch : QHeaderView::Interactive);
    for (int column = 0; !fits && column < list->columnCount(); ++column)
        list->resizeColumnToContents(column);
    return list;
}

QString summaryText(std::size_t runs, std::size_t fields) {
    if (fields == 0) return DifferenceDialog::tr("The specifications are the same.");
    if (runs == 2)
        return fields == 1 ? DifferenceDialog::tr("1 field differs.")
                           : DifferenceDialog::tr("%1 fields differ.").arg(fields);
    return fields == 1 ? DifferenceDialog::tr("1 field differs among %1 runs.").arg(runs)
                       : DifferenceDialog::tr("%1 fields differ among %2 runs.").arg(fields).arg(runs);
}

/// Tab-separated, as spreadsheets take it.
void copyList(const QTreeWidget& list) {
    QStringList lines;
    const auto add = [&](const QTreeWidgetItem& item) {
        QStringList cells;
        for (int column = 0; column < list.columnCount(); ++column)
            cells << item.text(column);
        lines << cells.join(QLatin1Char('\t'));
    };
    add(*list.headerItem());
    for (int row = 0; row < list.topLevelItemCount(); ++row)
        add(*list.topLevelItem(row));
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace

DifferenceDialog::DifferenceDialog(const std::vector<RunRecord>& runs, QWidget* parent) : QDialog(parent) {
    setWindowTitle(runs.size() == 2 ? tr("Difference of two configurations")
                                    : tr("Difference of %1 configurations").arg(runs.size()));
    std::vector<const Json*> specs;
    for (const RunRecord& run : runs)
        specs.push_back(&*run.spec);
    const std::vector<DifferingField> found = differing_fields(specs);
    QTreeWidget* list = createList(found, runs);
    QStringList pointers;
    for (const DifferingField& field : found)
        pointers << QString::fromStdString(field.pointer);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* columns = buttons->addButton(tr("Show as Co&lumns"), QDialogButtonBox::ActionRole);
    QPushButton* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    columns->setToolTip(tr("Adds these fields to the table of runs"));
    columns->setEnabled(!found.empty());
    connect(columns, &QPushButton::clicked, this, [this, pointers] { Q_EMIT columnsRequested(pointers); });
    connect(copy, &QPushButton::clicked, list, [list] { copyList(*list); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(new QLabel(summaryText(runs.size(), found.size())));
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
    resize(runs.size() > 3 ? 900 : 680, 420);
}

} // namespace retort
