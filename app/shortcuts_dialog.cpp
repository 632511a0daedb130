// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shortcuts_dialog.h"

#include "widgets/forms/bold_font.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QShortcut>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace retort {
namespace {

QString plainText(QString text) {
    return text.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

QString textOf(const QKeySequence& keys) {
    return keys.toString(QKeySequence::NativeText);
}

QString textOf(std::initializer_list<Qt::Key> keys) {
    QStringList texts;
    for (const Qt::Key key : keys)
        texts << textOf(QKeySequence(key));
    return texts.join(QStringLiteral(", "));
}

std::pair<QString, QString> rowOf(const QAction& action) {
    QStringList keys;
    for (const QKeySequence& sequence : action.shortcuts())
        keys << textOf(sequence);
    return {plainText(action.text()), keys.join(QStringLiteral(", "))};
}

bool isInMenu(QAction* action, const QList<WindowActions::Group>& menus) {
    return std::ranges::any_of(menus, [action](const auto& menu) { return menu.actions.contains(action); });
}

QTreeWidget* makeSheet(const QList<ShortcutGroup>& groups, QWidget* parent) {
    auto* sheet = new QTreeWidget(parent);
    sheet->setColumnCount(2);
    sheet->setHeaderLabels({ShortcutsDialog::tr("Command"), ShortcutsDialog::tr("Keys")});
    sheet->setRootIsDecorated(false);
    sheet->setAccessibleName(ShortcutsDialog::tr("Keyboard shortcuts"));
    for (const ShortcutGroup& group : groups) {
        if (group.keys.isEmpty()) continue;
        auto* top = new QTreeWidgetItem(sheet, {group.title});
        top->setFont(0, boldFont(sheet->font()));
        for (const auto& [command, keys] : group.keys)
            new QTreeWidgetItem(top, {command, keys});
    }
    sheet->expandAll();
    sheet->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    sheet->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    return sheet;
}

} // namespace

ShortcutGroup shortcutsOf(const WindowActions::Group& menu) {
    ShortcutGroup group{menu.title, {}};
    for (const QAction* action : menu.actions)
        group.keys << rowOf(*action);
    return group;
}

ShortcutGroup shortcutsWithin(const QString& title, const QWidget& page,
                              const QList<WindowActions::Group>& menus) {
    ShortcutGroup group{title, {}};
    const auto add = [&](const std::pair<QString, QString>& row) {
        if (!row.first.isEmpty() && !row.second.isEmpty() && !group.keys.contains(row)) group.keys << row;
    };
    for (QAction* action : page.findChildren<QAction*>())
        if (!isInMenu(action, menus)) add(rowOf(*action));
    for (const QShortcut* shortcut : page.findChildren<QShortcut*>())
        add({shortcut->whatsThis(), textOf(shortcut->key())});
    return group;
}

ShortcutGroup shortcutsOfPlots() {
    using D = ShortcutsDialog;
    const QString shift = textOf(QKeySequence(Qt::SHIFT | Qt::Key_Left)) + QStringLiteral(", ") +
                          textOf(QKeySequence(Qt::SHIFT | Qt::Key_Right));
    return {D::tr("Within a plot"),
            {{D::tr("Move along the curves"), textOf({Qt::Key_Left, Qt::Key_Right})},
             {D::tr("Move up and down"), textOf({Qt::Key_Up, Qt::Key_Down})},
             {D::tr("Zoom in and out"), textOf({Qt::Key_Plus, Qt::Key_Minus})},
             {D::tr("Show all"), textOf({Qt::Key_Home})},
             {D::tr("Read the points one by one"), shift},
             {D::tr("Logarithmic or linear"), textOf({Qt::Key_L})},
             {D::tr("Pick the next curve"), textOf({Qt::Key_PageUp, Qt::Key_PageDown})},
             {D::tr("Go to the run of the picked curve"), textOf({Qt::Key_Return})},
             {D::tr("Show the points as a table"), textOf({Qt::Key_T})}}};
}

ShortcutsDialog::ShortcutsDialog(const QList<ShortcutGroup>& groups, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(makeSheet(groups, this));
    column->addWidget(buttons);
    resize(520, 640);
}

} // namespace retort
