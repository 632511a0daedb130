// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shortcuts_dialog.h"

#include <QAction>
#include <QMainWindow>
#include <QShortcut>
#include <QTest>
#include <QTreeWidget>

using namespace retort;

class TestShortcutsDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keysOfAPageAreFoundOnce() {
        QWidget page;
        auto* own = new QAction("&Clone…", &page);
        own->setShortcut(Qt::CTRL | Qt::Key_D);
        auto* ofMenu = new QAction("&Save", &page);
        ofMenu->setShortcut(QKeySequence::Save);
        new QAction("Without keys", &page);
        auto* part = new QWidget(&page);
        (new QShortcut(Qt::Key_F6, part))->setWhatsThis("Pause or resume");
        new QShortcut(Qt::Key_F7, part); // which says nothing of itself
        const ShortcutGroup group = shortcutsWithin("Page", page, {{"File", {ofMenu}}});
        QCOMPARE(group.keys,
                 (QList<std::pair<QString, QString>>{{"Clone", "Ctrl+D"}, {"Pause or resume", "F6"}}));
        QCOMPARE(shortcutsOf({"File", {ofMenu}}).keys.first().second, "Ctrl+S");
    }
    void theSheetShowsAllGroupsThatHaveKeys() {
        ShortcutsDialog dialog({{"Page", {{"Clone", "Ctrl+D"}}}, {"Nothing", {}}, shortcutsOfPlots()},
                               nullptr);
        const auto* sheet = dialog.findChild<QTreeWidget*>();
        QCOMPARE(sheet->topLevelItemCount(), 2);
        QCOMPARE(sheet->topLevelItem(0)->child(0)->text(1), "Ctrl+D");
        QCOMPARE(sheet->topLevelItem(1)->childCount(), 9);
    }
};

QTEST_MAIN(TestShortcutsDialog)
#include "test_shortcuts_dialog.moc"
