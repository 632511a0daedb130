// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/near_names.h"

#include <QTest>

using namespace retort;

class TestNearNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void distances_data() {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<int>("distance");
        QTest::newRow("same") << "loss"
                              << "loss" << 0;
        QTest::newRow("capitals") << "Loss"
                                  << "loss" << 0;
        QTest::newRow("empty") << ""
                               << "abc" << 3;
        QTest::newRow("kitten") << "kitten"
                                << "sitting" << 3; // Levenshtein's textbook case
        QTest::newRow("neighbours") << "perpelxity"
                                    << "perplexity" << 1;
        QTest::newRow("aligned") << "ca"
                                 << "abc" << 3; // 2 only where an exchanged pair may be edited again
    }
    void distances() {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(int, distance);
        QCOMPARE(edit_distance(a.toStdString(), b.toStdString()), std::size_t(distance));
        QCOMPARE(edit_distance(b.toStdString(), a.toStdString()), std::size_t(distance));
    }
    void onlyTheNearestAreNamed() {
        const std::vector<std::string> names = {"steps", "step", "loss", "stop"};
        QCOMPARE(near_names("stepz", names), (std::vector<std::string>{"steps", "step"}));
        QCOMPARE(near_names("stepz", names, 1), (std::vector<std::string>{"steps"}));
        QVERIFY(near_names("perplexity", names).empty());
    }
    void namesAreListedAsInASentence() {
        QCOMPARE(one_of(std::vector<std::string>{}), "");
        QCOMPARE(one_of(std::vector<std::string>{"a"}), "a");
        QCOMPARE(one_of(std::vector<std::string>{"a", "b", "c"}), "a, b or c");
    }
};

QTEST_APPLESS_MAIN(TestNearNames)
#include "test_near_names.moc"
