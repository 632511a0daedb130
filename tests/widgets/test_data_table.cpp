// SPDX-License-Identifier: GPL-3.0-or-later
#include "printed.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/data_table.h"
#include "widgets/tables/shaded_cell.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

using namespace retort;
using test::printed;

class TestDataTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void fieldsAreReadAsTheyAreWritten() {
        const QString odd = QStringLiteral("a, \"b\"\nc");
        QCOMPARE(csvRows(csvField(odd) + QStringLiteral(",x\n,\n\n\"\"\nlast")),
                 (QList<QStringList>{{odd, "x"}, {"", ""}, {""}, {"last"}}));
        QVERIFY(csvRows({}).isEmpty());
    }
    void numbersAreShownInTheLanguageOfTheWindow() {
        const std::unique_ptr<DataTableModel> model(
            csvTable(QStringLiteral("run,step,loss\na,12345,3.14159265358979\nb,,NaN\nc,1\n")));
        const QAbstractItemModelTester tester(model.get());
        QCOMPARE(printed(*model), QStringLiteral("run|step|loss|\na|12345|3.14159|\nb||NaN|\nc|1||"));
    }
    void aNumberStandsAtTheRight() {
        const std::unique_ptr<DataTableModel> model(csvTable(QStringLiteral("a,b\nx,1.5\n")));
        QCOMPARE(model->index(0, 0).data(Qt::TextAlignmentRole).toInt(),
                 int(Qt::AlignLeft | Qt::AlignVCenter));
        QCOMPARE(model->index(0, 1).data(Qt::TextAlignmentRole).toInt(),
                 int(Qt::AlignRight | Qt::AlignVCenter));
    }
    void aHeatMapOpensAsAList() {
        QStandardItemModel cells(2, 2);
        cells.setVerticalHeaderLabels({"after en", "after fr"});
        cells.setHorizontalHeaderLabels({"en", "fr"});
        cells.setItem(1, 0, new QStandardItem(QStringLiteral("3.41")));
        cells.item(1, 0)->setToolTip(QStringLiteral("forgotten"));
        QTableView table;
        table.setModel(&cells);
        table.setAccessibleName(QStringLiteral("Scores"));
        setUpHeatMap(table);
        table.show();
        table.setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&table));
        QTest::keyClick(&table, Qt::Key_T);
        const auto* dialog = table.findChild<QWidget*>(QStringLiteral("dataTable"));
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->windowTitle(), QStringLiteral("Scores: data"));
        QCOMPARE(printed(*dialog->findChild<QTableView*>()->model()),
                 QStringLiteral("Row|Column|Value|In words|\nafter en|en|||\nafter en|fr|||\n"
                                "after fr|en|3.41|forgotten|\nafter fr|fr|||"));
    }
    void selectedCellsAreCopied() {
        QWidget plot;
        openDataTable(plot, QStringLiteral("Plot"), csvTable(QStringLiteral("a,b\n1,2\n3,4\n")));
        auto* table = plot.findChild<QTableView*>();
        table->selectAll();
        table->actions().first()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("1\t2\n3\t4"));
    }
};

QTEST_MAIN(TestDataTable)
#include "test_data_table.moc"
