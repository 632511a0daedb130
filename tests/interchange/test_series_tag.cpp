// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/series_tag.h"

#include <QTest>

using namespace retort;

class TestSeriesTag : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tagsSayWhatACurveIs() {
        QCOMPARE(tag_of({"ce", {}, {}, {}, "train"}), "train/ce");
        QCOMPARE(tag_of({"nll", "fr", "de", "uniform", "valid"}), "valid/nll/fr/expert:de/setting:uniform");
        QCOMPARE(tag_of({"load", {}, "fr", {}, "train"}), "train/load/expert:fr");
    }
    void tagsComeBack() {
        const std::vector<SeriesKey> keys = {{"ce", {}, {}, {}, "train"},
                                             {"nll", "fr", "de", "top1(en)", "valid"},
                                             {"load", {}, "fr", {}, "train"},
                                             {"eval/loss", "a:b%2F", {}, {}, "valid"}};
        for (const SeriesKey& key : keys)
            QVERIFY2(key_of_own_tag(tag_of(key)) == key, tag_of(key).c_str());
    }
    void tagsOfOtherProgramsStayNames_data() {
        QTest::addColumn<QString>("tag");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("split");
        QTest::newRow("plain") << "loss"
                               << ""
                               << "loss"
                               << "train";
        QTest::newRow("of training") << "train/loss"
                                     << ""
                                     << "loss"
                                     << "train";
        QTest::newRow("of validation") << "eval/loss"
                                       << ""
                                       << "eval/loss"
                                       << "valid";
        QTest::newRow("deep") << "Loss/train/fr"
                              << ""
                              << "Loss/train/fr"
                              << "train";
        QTest::newRow("Keras, training") << "epoch_loss"
                                         << "train"
                                         << "epoch_loss"
                                         << "train";
        QTest::newRow("Keras, validation") << "epoch_loss"
                                           << "valid"
                                           << "valid/epoch_loss"
                                           << "valid";
    }
    void tagsOfOtherProgramsStayNames() {
        QFETCH(QString, tag);
        QFETCH(QString, folder);
        const SeriesKey key = key_of_foreign_tag(tag.toStdString(), folder.toStdString());
        QTEST(QString::fromStdString(key.name), "name");
        QTEST(QString::fromStdString(key.split), "split");
        QVERIFY(key.domain.empty() && key.expert.empty() && key.setting.empty());
    }
};

QTEST_APPLESS_MAIN(TestSeriesTag)
#include "test_series_tag.moc"
