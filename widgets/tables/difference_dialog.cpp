// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/difference_dialog.h"

#include "analysis/spec_difference.h"
#include "widgets/tables/json_tree.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace retort {
namespace {

QString sideText(const std::optional<Json>& side) {
    return side ? side->is_object() ? QString::fromStdString(side->dump()) : jsonText(*side)
                : DifferenceDialog::tr("(absent)");
}

QTreeWidget* createList(const std::vector<Difference>& found, const QString& left, const QString& right) {
    auto* list = new QTreeWidget;
    list->setObjectName(QStringLiteral("differences"));
    list->setAccessibleName(DifferenceDialog::tr("Differences"));
    list->setHeaderLabels({DifferenceDialog::tr("Field"), left, right});
    list->setRootIsDecorated(false);
    list->setAlternatingRowColors(true);
    for (const Difference& difference : found)
        new QTreeWidgetItem(list, {QString::fromStdString(difference.pointer), sideText(difference.left),
                                   sideText(difference.right)});
    list->header()->setSectionResizeMode(QHeaderView::Stretch);
    return list;
}

} // namespace

DifferenceDialog::DifferenceDialog(const RunRecord& left, const RunRecord& right, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Difference of two configurations"));
    const auto found = differences(left.spec, right.spec);
    const auto count = found.size();
    auto* summary = new QLabel(count == 0   ? tr("The specifications are the same.")
                               : count == 1 ? tr("1 field differs.")
                                            : tr("%1 fields differ.").arg(count));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(summary);
    layout->addWidget(
        createList(found, QString::fromStdString(left.label()), QString::fromStdString(right.label())), 1);
    layout->addWidget(buttons);
    resize(680, 380);
}

} // namespace retort
