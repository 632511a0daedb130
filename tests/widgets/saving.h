// SPDX-License-Identifier: GPL-3.0-or-later
// For tests of what is saved beside the window: pictures are drawn by another start of the program that asks,
// which here is the test.
#pragma once

#include "widgets/plots/figure_file.h"
#include "widgets/plots/file_saver.h"
#include "widgets/print/render.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

namespace retort::test {

inline QByteArray contentOf(const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What `begin`, which returns why it cannot, has saved when it is done; empty, and a failed test, where it
/// could not.
template <class Begin>
QStringList savedBy(const Begin& begin) {
    QSignalSpy saved(&FileSaver::instance(), &FileSaver::saved);
    const QSignalSpy failed(&FileSaver::instance(), &FileSaver::failed);
    if (const QString problem = begin(); !problem.isEmpty()) {
        QTest::qFail(qPrintable(problem), __FILE__, __LINE__);
        return {};
    }
    [&] { QTRY_VERIFY_WITH_TIMEOUT(!saved.isEmpty() || !failed.isEmpty(), 60'000); }();
    if (!failed.isEmpty()) QTest::qFail(qPrintable(failed.first().first().toString()), __FILE__, __LINE__);
    return saved.isEmpty() ? QStringList() : saved.first().first().toStringList();
}

/// The files of a figure whose picture is `file`.
inline QStringList savedFigure(const Figure& figure, const QString& file, double width = 396) {
    return savedBy([&] { return saveFigure(figure, {file, width}); });
}

/// As QTEST_MAIN; it answers to --render REQUEST --out DIR too.
template <class Test>
int runDrawingTest(int argc, char** argv) {
    QApplication program(argc, argv);
    QCoreApplication::setApplicationVersion(QStringLiteral("1.2.3"));
    if (argc == 5 && QByteArray(argv[1]) == "--render") {
        const QString problem = render(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[4]));
        if (!problem.isEmpty()) qCritical("%s", qPrintable(problem));
        return problem.isEmpty() ? 0 : 3;
    }
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace retort::test

#define RETORT_DRAWING_TEST_MAIN(Test)                                                                       \
    int main(int argc, char** argv) {                                                                        \
        return retort::test::runDrawingTest<Test>(argc, argv);                                               \
    }
