// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/column_dialog.h"

#include "widgets/tables/run_table.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace retort {

ColumnDialog::ColumnDialog(RunTable& table, const RunFields& fields, QWidget* parent)
    : QDialog(parent), m_table(table), m_search(new QLineEdit), m_list(new QListWidget) {
    setWindowTitle(tr("Columns"));
    m_search->setAccessibleName(tr("Search columns"));
    m_search->setPlaceholderText(tr("lr, alpha, perplexity…"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("fields"));
    m_list->setAccessibleName(tr("Fields and metrics"));
    m_list->setAlternatingRowColors(true);
    for (const RunField& field : fields.all())
        addField(field);
    connect(m_search, &QLineEdit::textChanged, this, &ColumnDialog::search);
    connect(m_list, &QListWidget::itemChanged, this, &ColumnDialog::apply);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    resize(520, 560);
}

void ColumnDialog::addField(const RunField& field) {
    const QString path = QString::fromStdString(field.path), label = QString::fromStdString(field.label);
    auto* item = new QListWidgetItem(QStringLiteral("%1 — %2").arg(path, label), m_list);
    item->setData(Qt::UserRole, path);
    item->setToolTip(QString::fromStdString(field.help));
    const bool isFixed = field.path == "name"; // without it nobody knows whose row it is
    item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsUserCheckable |
                   (isFixed ? Qt::NoItemFlags : Qt::ItemIsEnabled));
    item->setCheckState(m_table.showsField(path) ? Qt::Checked : Qt::Unchecked);
}

void ColumnDialog::search(const QString& words) {
    const QStringList parts = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* item = m_list->item(row);
        item->setHidden(!std::ranges::all_of(
            parts, [item](const QString& part) { return item->text().contains(part, Qt::CaseInsensitive); }));
    }
}

void ColumnDialog::apply(const QListWidgetItem* item) {
    const QString path = item->data(Qt::UserRole).toString();
    if (item->checkState() == Qt::Checked)
        m_table.showField(path);
    else
        m_table.hideField(path);
}

} // namespace retort
