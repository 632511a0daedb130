// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_corpora.h"
#include "widgets/tables/vocabulary_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace retort;

namespace {

QString cell(const QAbstractItemModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

} // namespace

class TestVocabularyModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void isAModel() {
        VocabularyModel model;
        const QAbstractItemModelTester tester(&model);
        model.setCounts(sampleCounts());
        QCOMPARE(model.rowCount(), 10);
        QCOMPARE(model.columnCount(), VocabularyModel::FirstShare + 3);
        model.setCounts({});
        QCOMPARE(model.rowCount(), 0);
    }
    void entriesBelongToTheDomainThatUsesThemMost() {
        VocabularyModel model;
        model.setCounts(sampleCounts());
        QCOMPARE(cell(model, 4, VocabularyModel::Token), QStringLiteral("▁the"));
        QCOMPARE(cell(model, 4, VocabularyModel::Count), QStringLiteral("620"));
        QCOMPARE(cell(model, 4, VocabularyModel::Domain), QStringLiteral("en"));
        // 600 of 1000 tokens against 10 of 1000 and 10 of 1000
        QCOMPARE(cell(model, 4, VocabularyModel::FirstShare), QStringLiteral("96.8"));
        QCOMPARE(cell(model, 6, VocabularyModel::Specificity), QStringLiteral("1.000")); // in de alone
        QCOMPARE(cell(model, 9, VocabularyModel::Domain), QStringLiteral("–"));          // nowhere
        QVERIFY(model.index(4, VocabularyModel::Evidence).data(VocabularyModel::SortRole).toDouble() > 100);
        QCOMPARE(cell(model, 3, VocabularyModel::Kind), QStringLiteral("byte"));
    }
    void theFilterTakesWordsAndDomains() {
        VocabularyModel model;
        model.setCounts(sampleCounts());
        VocabularyFilter filter(&model);
        const QAbstractItemModelTester tester(&filter);
        QCOMPARE(filter.rowCount(), 10);
        filter.setWords(QStringLiteral("E"));
        QCOMPARE(filter.rowCount(), 4); // ▁the, ▁le, ▁der, e
        filter.setDomain(0);
        QCOMPARE(filter.rowCount(), 2); // ▁the, and e, which all use alike
        filter.setWords({});
        filter.setDomain(VocabularyFilter::unused);
        QCOMPARE(filter.rowCount(), 3); // <s>, </s>, ▁zzz
    }
    void sortsByNumbers() {
        VocabularyModel model;
        model.setCounts(sampleCounts());
        VocabularyFilter filter(&model);
        filter.sort(VocabularyModel::Count, Qt::DescendingOrder);
        QCOMPARE(cell(filter, 0, VocabularyModel::Count), QStringLiteral("620"));
        QCOMPARE(cell(filter, 1, VocabularyModel::Count), QStringLiteral("600"));
        QCOMPARE(cell(filter, 2, VocabularyModel::Count), QStringLiteral("560"));
    }
    void isWrittenExactly() {
        VocabularyModel model;
        model.setCounts(sampleCounts());
        const QStringList lines = model.csv().split(QLatin1Char('\n'));
        QCOMPARE(lines[0], QStringLiteral(
                               "id,token,kind,count,domain,specificity,evidence,count_en,count_fr,count_de"));
        QCOMPARE(lines[7].section(QLatin1Char(','), 0, 5), QStringLiteral("6,▁der,text,560,de,1"));
        QCOMPARE(lines[7].section(QLatin1Char(','), 7), QStringLiteral("0,0,560"));
        QCOMPARE(lines[10], QStringLiteral("9,▁zzz,text,0,,,0,0,0,0"));
    }
};

QTEST_APPLESS_MAIN(TestVocabularyModel)
#include "test_vocabulary_model.moc"
