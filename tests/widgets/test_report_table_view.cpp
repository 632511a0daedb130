// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/report_table_view.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

namespace {

ReportTable sample() {
    return {"Sizes",
            {{"Name"}, {"Size", true, "bytes"}},
            {{{"b"}, {"2 kB", 2000.0}}, {{"a"}, {"10 kB", 10'000.0}}, {{"c"}, {"—"}}}};
}

QString column(const QTableView& view, int column) {
    QStringList texts;
    for (int row = 0; row < view.model()->rowCount(); ++row)
        texts << view.model()->index(row, column).data().toString();
    return texts.join(QLatin1Char(' '));
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestReportTableView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isAModel() {
        ReportTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.setTable(sample());
        QCOMPARE(model.rowCount(), 3);
        model.setTable({});
        QCOMPARE(model.columnCount(), 0);
    }
    void rowsStandAsGivenUntilSorted() {
        ReportTableView view(QStringLiteral("sizes"));
        view.setTable(sample());
        QCOMPARE(column(view, 0), QStringLiteral("b a c"));
        view.setCurrentIndex(view.model()->index(0, 1));
        QTest::keyClick(&view, Qt::Key_S);
        QVERIFY(column(view, 0).contains(QStringLiteral("b a"))); // by number, not by text
        QTest::keyClick(&view, Qt::Key_S);
        QVERIFY(column(view, 0).contains(QStringLiteral("a b")));
        QTest::keyClick(&view, Qt::Key_S);
        QCOMPARE(column(view, 0), QStringLiteral("b a c"));
    }
    void aRowIsChosenHoweverItIsSorted() {
        ReportTableView view(QStringLiteral("sizes"));
        view.setTable(sample());
        const QSignalSpy changes(&view, &ReportTableView::rowChanged);
        view.sortByColumn(0, Qt::AscendingOrder);
        view.chooseRow(1);
        QCOMPARE(view.currentRow(), 1);
        QCOMPARE(view.currentIndex().row(), 0); // a is first now
        QCOMPARE(changes.back()[0].toInt(), 1);
    }
    void theChoiceStaysWhileTheRowsDo() {
        ReportTableView view(QStringLiteral("sizes"));
        view.setTable(sample());
        view.chooseRow(2);
        ReportTable later = sample();
        later.rows[2][1] = {"3 kB", 3000.0};
        view.setTable(later);
        QCOMPARE(view.currentRow(), 2);
        QCOMPARE(view.model()->index(2, 1).data().toString(), QStringLiteral("3 kB"));
    }
    void filesAreTakenByTheirEnding() {
        ReportTableView view(QStringLiteral("sizes"));
        view.setTable(sample());
        const QTemporaryDir folder;
        for (const char* name : {"a.csv", "a.md", "a.tex"})
            QCOMPARE(view.exportTo(folder.filePath(QLatin1String(name))), QString());
        QCOMPARE(bytesOf(folder.filePath(QStringLiteral("a.csv"))),
                 QByteArray("Name,bytes\nb,2000\na,10000\nc,—\n"));
        QVERIFY(bytesOf(folder.filePath(QStringLiteral("a.md"))).contains("| b "));
        QVERIFY(bytesOf(folder.filePath(QStringLiteral("a.tex"))).contains("\\toprule"));
        QVERIFY(!view.exportTo(QStringLiteral("/nowhere/a.csv")).isEmpty());
    }
    void isCopiedAsMarkdown() {
        ReportTableView view(QStringLiteral("sizes"));
        view.setTable(sample());
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("| b ")));
    }
};

QTEST_MAIN(TestReportTableView)
#include "test_report_table_view.moc"
