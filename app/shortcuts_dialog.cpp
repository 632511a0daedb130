// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shortcuts_dialog.h"

#include "widgets/forms/bold_font.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace retort {
namespace {

QString plainText(const QAction* action) {
    return action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

QString keysOf(const QAction* action) {
    QStringList keys;
    for (const QKeySequence& sequence : action->shortcuts())
        keys << sequence.toString(QKeySequence::NativeText);
    return keys.join(QStringLiteral(", "));
}

QTreeWidget* makeSheet(const QList<WindowActions::Group>& groups, QWidget* parent) {
    auto* sheet = new QTreeWidget(parent);
    sheet->setColumnCount(2);
    sheet->setHeaderLabels({ShortcutsDialog::tr("Command"), ShortcutsDialog::tr("Keys")});
    sheet->setRootIsDecorated(false);
    sheet->setAccessibleName(ShortcutsDialog::tr("Keyboard shortcuts"));
    for (const WindowActions::Group& group : groups) {
        auto* top = new QTreeWidgetItem(sheet, {group.title});
        top->setFont(0, boldFont(sheet->font()));
        for (const QAction* action : group.actions)
            new QTreeWidgetItem(top, {plainText(action), keysOf(action)});
    }
    sheet->expandAll();
    sheet->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    return sheet;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<WindowActions::Group>& groups, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(makeSheet(groups, this));
    column->addWidget(buttons);
    resize(460, 560);
}

} // namespace retort
