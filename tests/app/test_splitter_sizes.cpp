// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/splitter_sizes.h"

#include <QLabel>
#include <QSplitter>
#include <QTest>
#include <QVBoxLayout>

using namespace retort;

namespace {

/// Two pages, one with a splitter within a splitter.
struct Pages {
    QWidget top;
    QSplitter* outer = nullptr;
    QSplitter* inner = nullptr;
    QSplitter* other = nullptr;

    explicit Pages(int parts = 2) {
        auto* column = new QVBoxLayout(&top);
        column->addWidget(outer = new QSplitter);
        column->addWidget(other = new QSplitter);
        outer->addWidget(inner = new QSplitter(Qt::Vertical));
        for (QSplitter* splitter : {outer, inner, other})
            while (splitter->count() < parts)
                splitter->addWidget(new QLabel);
        top.resize(800, 600);
        top.show();
    }
};

} // namespace

class TestSplitterSizes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sizesComeBackToTheirPlaces() {
        Pages before;
        before.outer->setSizes({100, 600});
        before.inner->setSizes({50, 200});
        before.other->setSizes({600, 100});
        const QVariantMap sizes = splitterSizes(before.top);
        QCOMPARE(sizes.size(), 3);
        Pages after;
        QVERIFY(after.outer->sizes() != before.outer->sizes());
        restoreSplitterSizes(after.top, sizes);
        QCOMPARE(after.outer->sizes(), before.outer->sizes());
        QCOMPARE(after.inner->sizes(), before.inner->sizes());
        QCOMPARE(after.other->sizes(), before.other->sizes());
    }
    void whatHasOtherPartsStays() {
        Pages before(3), after(2);
        before.outer->setSizes({100, 100, 500});
        const QList<int> sizes = after.outer->sizes();
        restoreSplitterSizes(after.top, splitterSizes(before.top));
        QCOMPARE(after.outer->sizes(), sizes);
    }
};

QTEST_MAIN(TestSplitterSizes)
#include "test_splitter_sizes.moc"
