// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the Tab key reaches, on every page and in every dialog of the window, tells a screen reader its
// name.
#include "app/import_dialog.h"
#include "app/shortcuts_dialog.h"
#include "app/space_dialog.h"
#include "window_driver.h"
#include "window_home.h"

#include <QAccessible>
#include <QTest>

using namespace retort;
using namespace retort::test;

namespace {

/// Of a widget that others are made of, such as the line within a spin box or the list of a combo box.
bool isInner(const QWidget& widget) {
    return widget.objectName().startsWith(QLatin1String("qt_")) || widget.window()->windowType() == Qt::Popup;
}

bool isNamed(QWidget& widget) {
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(&widget);
    return face != nullptr && !face->text(QAccessible::Name).trimmed().isEmpty();
}

QString whereIs(const QWidget& widget) {
    QStringList path;
    for (const QWidget* part = &widget; part != nullptr && !part->isWindow(); part = part->parentWidget())
        path.prepend(QLatin1String(part->metaObject()->className()) +
                     (part->objectName().isEmpty() ? QString() : QLatin1Char('#') + part->objectName()));
    return path.join(QStringLiteral(" > "));
}

/// Those that a person gets to by Tab and that say nothing of themselves; hidden ones too, as they may show.
QStringList nameless(const QWidget& top) {
    QStringList found;
    for (QWidget* widget : top.findChildren<QWidget*>())
        if ((widget->focusPolicy() & Qt::TabFocus) != 0 && !isInner(*widget) && !isNamed(*widget))
            found << whereIs(*widget);
    return found;
}

} // namespace

class TestAccessibleNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNamelessWidgetIsFound() {
        QWidget top;
        QPushButton silent(&top), named(QStringLiteral("Go"), &top);
        QCOMPARE(nameless(top).size(), 1);
    }
    void everyWidgetOfTheWindowHasAName() {
        Home home;
        auto window = home.open();
        runByMouse(*window, home.study("a", 3)); // so that the pages have something to show
        home.training.allowAll();
        QTRY_VERIFY(!isTraining(*window));
        for (const QAction* action : window->findChildren<QAction*>())
            if (action->objectName().startsWith(QLatin1String("page")))
                const_cast<QAction*>(action)->trigger();
        const QStringList found = nameless(*window);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
    void everyWidgetOfADialogHasAName() {
        Home home;
        auto window = home.open();
        find<QAction>(*window, "importRuns")->trigger();
        find<QAction>(*window, "freeSpace")->trigger();
        find<QAction>(*window, "shortcuts")->trigger();
        int dialogs = 0;
        for (const QDialog* dialog : window->findChildren<QDialog*>()) {
            const QStringList found = nameless(*dialog);
            QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
            ++dialogs;
        }
        QVERIFY(dialogs >= 3);
    }
};

QTEST_MAIN(TestAccessibleNames)
#include "test_accessible_names.moc"
