// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the Router page that need no page.
#include "sample_routers.h"
#include "widgets/pages/evidence_view.h"
#include "widgets/tables/confusion_model.h"
#include "widgets/tables/router_ranking.h"

#include <QTest>
#include <QTextEdit>
#include <cmath>

using namespace retort;

namespace {

ScoredRun scored(const std::string& variant, const RoutingEvaluation& matrix) {
    return {variant, {&matrix}};
}

/// The mark of the token that begins there; not valid where there is none.
QColor markAt(const QTextEdit& text, int position) {
    for (const QTextEdit::ExtraSelection& mark : text.extraSelections())
        if (mark.cursor.selectionStart() == position) return mark.format.background().color();
    return {};
}

} // namespace

class TestRouterTables : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void theRankingTakesFoldsWhereThereIsNoSplit() {
        RoutingEvaluation folds = sampleMatrix("logistic", 0, 0.1), one = folds, older = folds;
        folds.split = one.split = "folds";
        one.fold = 1;
        QVERIFY(judgedMatrix({&one}, 0) == nullptr);
        QVERIFY(judgedMatrix({&one, &folds}, 0) == &folds);
        QVERIFY(judgedMatrix({&folds}, 16) == nullptr);
        RoutingEvaluation newer = older;
        newer.step = 100;
        QVERIFY(judgedMatrix({&folds, &newer, &older}, 0) == &newer);
        const RoutingEvaluation other = sampleMatrix("svm", 16, 0.1);
        QCOMPARE(rankRouters({scored("a", folds), scored("b", other)}, false).size(), std::size_t{1});
    }
    void shadesStayReadable() {
        for (const QPalette& palette : {QPalette(Qt::white), QPalette(QColor(0x1e, 0x1f, 0x22))})
            for (int i = 0; i <= 20; ++i) {
                const QColor fill = shadeOf(i / 20.0, palette);
                const double light = 0.2126 * std::pow(fill.redF(), 2.2) +
                                     0.7152 * std::pow(fill.greenF(), 2.2) +
                                     0.0722 * std::pow(fill.blueF(), 2.2);
                const bool isInkWhite = inkOn(fill) == QColor(Qt::white);
                const double contrast = isInkWhite ? 1.05 / (light + 0.05) : (light + 0.05) / 0.05;
                QVERIFY2(contrast >= 4.5, qPrintable(fill.name()));
            }
        QCOMPARE(shadeOf(0, QPalette(Qt::white)), QPalette(Qt::white).color(QPalette::Base));
    }
    void tokensThatDecidedAreMarked() {
        QString text;
        const auto pieces =
            weighPieces({"a\xc3", "\xa9", " b", " c"}, {{1, 2, 0.6}, {2, 1, -1}, {3, 2, 9}}, text);
        QCOMPARE(text, QStringLiteral("aé b c"));
        QCOMPARE(pieces[0].end, 1);
        QCOMPARE(pieces[1].begin, 1);
        QCOMPARE(pieces[1].end, 2);
        QVERIFY(std::abs(pieces[1].weight - 0.3) < 1e-12); // half of a feature of two
        QVERIFY(std::abs(pieces[2].weight + 0.7) < 1e-12);
        QCOMPARE(pieces[3].weight, 0.0); // a feature beyond the pieces does not count
        EvidenceView view;
        view.setText({"a\xc3", "\xa9", " b", " c"}, {{1, 2, 0.6}, {2, 1, -1}});
        const QTextEdit& shown = *view.findChild<QTextEdit*>();
        QCOMPARE(shown.extraSelections().size(), 2);
        QVERIFY(markAt(shown, 1).blue() > markAt(shown, 1).red());
        QVERIFY(markAt(shown, 2).red() > markAt(shown, 2).blue());
        QVERIFY(markAt(shown, 1).lightness() > markAt(shown, 2).lightness()); // the weaker one
        QCOMPARE(view.describe(2), QStringLiteral("“␣b”: 0.700 against the decision"));
        QCOMPARE(view.describe(0), QStringLiteral("“a” had no say"));
        QCOMPARE(view.describe(6), QString());
    }
};

QTEST_MAIN(TestRouterTables)
#include "test_router_tables.moc"
