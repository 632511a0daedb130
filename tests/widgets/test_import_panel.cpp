// SPDX-License-Identifier: GPL-3.0-or-later
#include "mnemonics.h"
#include "sample_imports.h"
#include "widgets/forms/field_row.h"
#include "widgets/forms/spec_form.h"
#include "widgets/pages/import_panel.h"
#include "widgets/pages/import_report_panel.h"
#include "widgets/pages/import_sources.h"
#include "widgets/pages/import_tables.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/report_table_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace retort;

namespace {

struct Fixture {
    Fixture() {
        panel.resize(1280, 800);
        panel.show();
    }
    template <class Widget>
    Widget* part(const char* name) const {
        auto* found = panel.findChild<Widget*>(QLatin1String(name));
        if (found == nullptr) qFatal("no %s", name);
        return found;
    }
    [[nodiscard]] QString outlook() const { return part<QLabel>("importOutlook")->text(); }
    [[nodiscard]] bool canBegin() const { return part<QPushButton>("beginImport")->isEnabled(); }
    [[nodiscard]] const QAbstractItemModel& rows(const char* table) const {
        return *part<ReportTableView>(table)->model();
    }
    void type(const char* pointer, const QString& text) const {
        auto* line = panel.findChild<QLineEdit*>(QLatin1String(pointer) + QStringLiteral("/input"));
        if (line == nullptr) qFatal("no %s", pointer);
        line->setText(text);
        Q_EMIT line->textEdited(text);
        Q_EMIT line->editingFinished();
    }
    ImportPanel panel;
};

} // namespace

class TestImportPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void saysWhatIsMissing() {
        const Fixture fixture;
        QVERIFY(fixture.outlook().startsWith(QStringLiteral("Add files or folders")));
        QVERIFY(!fixture.canBegin());
        QVERIFY(!fixture.part<QPushButton>("previewImport")->isEnabled());
    }
    void pathsSuggestNamesAndDomains() {
        QCOMPARE(suggestedSource(QStringLiteral("/x/fr")).domain, "fr");
        QCOMPARE(suggestedSource(QStringLiteral("/x/train.de.jsonl")).domain, "de");
        QCOMPARE(suggestedSource(QStringLiteral("/x/py")).domain, "py");
        QCOMPARE(suggestedSource(QStringLiteral("/x/wiki40b_en-fr-de_train.json")).domain, "");
        Fixture fixture;
        fixture.panel.begin({QStringLiteral("/x/My Letters.json"), QStringLiteral("/x/fr")});
        QCOMPARE(fixture.panel.spec().name, "my-letters");
        QCOMPARE(fixture.panel.spec().sources.size(), std::size_t{2});
        QCOMPARE(fixture.panel.spec().sources[1].path, "/x/fr");
        QVERIFY(fixture.canBegin());
    }
    void fieldsOfSourcesAndOptionsAreInWhatIsAskedFor() {
        Fixture fixture;
        const QSignalSpy asked(&fixture.panel, &ImportPanel::importRequested);
        fixture.panel.begin({QStringLiteral("/x/a"), QStringLiteral("/x/b")});
        fixture.part<ReportTableView>("importSources")->chooseRow(1);
        fixture.type("/sources/0/domain", QStringLiteral("es"));
        fixture.type("/split/valid", QStringLiteral("0.1"));
        fixture.part<QPushButton>("beginImport")->click();
        QCOMPARE(asked.count(), 1);
        const auto spec = asked[0][0].value<ImportSpec>();
        QCOMPARE(spec.sources[0].domain, "");
        QCOMPARE(spec.sources[1].domain, "es");
        QCOMPARE(spec.split.valid, 0.1);
    }
    void problemsStandBesideTheirFields() {
        Fixture fixture;
        fixture.panel.begin({QStringLiteral("/x/a"), QStringLiteral("/x/b")});
        fixture.type("/cleaning/max_characters", QStringLiteral("10"));
        QVERIFY(!fixture.canBegin());
        QCOMPARE(fixture.outlook(), QStringLiteral("1 problem to solve before it can begin"));
        QVERIFY(fixture.panel.findChild<SpecForm*>()->row("/cleaning/max_characters")->hasProblem());
        fixture.type("/cleaning/max_characters", QStringLiteral("5000"));
        QVERIFY(fixture.canBegin());
        fixture.part<ReportTableView>("importSources")->chooseRow(1);
        fixture.type("/sources/0/path", QString());
        QVERIFY(!fixture.canBegin());
        QVERIFY(fixture.panel.findChild<FieldRow*>(QStringLiteral("/sources/0/path"))->hasProblem());
        QCOMPARE(fixture.rows("importSources").index(1, 3).data().toString(), QStringLiteral("to solve"));
        fixture.part<QToolButton>("removeSource")->click();
        QVERIFY(fixture.canBegin());
        QCOMPARE(fixture.panel.spec().sources.size(), std::size_t{1});
    }
    void whoCountsTokensIsOfferedTheTokenizer() {
        Fixture fixture;
        fixture.panel.setTokenizer("/w/artifacts/tokenizer-1");
        fixture.panel.begin({QStringLiteral("/x/a")});
        auto* unit = fixture.part<QComboBox>("/balance/unit/input");
        unit->setCurrentIndex(unit->findText(QStringLiteral("tokens")));
        Q_EMIT unit->activated(unit->currentIndex());
        QCOMPARE(fixture.panel.spec().balance.tokenizer, "/w/artifacts/tokenizer-1");
    }
    void saysThatACorpusIsReplaced() {
        Fixture fixture;
        fixture.panel.setTaken({"letters"});
        fixture.panel.begin({QStringLiteral("/x/letters.json")});
        QVERIFY(fixture.outlook().contains(QStringLiteral("replaces it")));
        QVERIFY(fixture.canBegin());
        fixture.panel.setPossible(false);
        QVERIFY(!fixture.canBegin());
    }
    void thePreviewIsShown() {
        Fixture fixture;
        fixture.panel.begin({QStringLiteral("/x/letters.json")});
        fixture.panel.showPreview(sampleImport());
        QCOMPARE(fixture.rows("importedDomains").rowCount(), 3);
        QVERIFY(fixture.part<ScorePlot>("importBalance")->isVisible());
        QVERIFY(fixture.part<QLabel>("importRemarks")->text().contains(QStringLiteral("differ by 1.25 %")));
        fixture.panel.begin({});
        QVERIFY(!fixture.part<ScorePlot>("importBalance")->isVisible());
    }
    void reportsAreTables() {
        const ImportReport report = sampleImport();
        const ReportTable domains = importedDomains(report);
        QCOMPARE(domains.columns.size(), std::size_t{9}); // 5, and 2 of each split
        QCOMPARE(domains.rows[1][0].text, "en");
        QCOMPARE(domains.rows[1][1].value, std::optional(900.0));
        QCOMPARE(domains.rows[1][5].value, std::optional(400.0));
        const ReportTable skipped = skippedDocuments(report);
        QCOMPARE(skipped.rows.size(), std::size_t{3}); // reasons that left nothing out are not there
        QCOMPARE(skipped.rows[0][0].text, "not UTF-8");
        QCOMPARE(skipped.rows[2][1].value, std::optional(480.0));
        QCOMPARE(skippedExamples(report).rows[0][2].text, "byte 12 is not UTF-8");
        QCOMPARE(importedSources(report).rows[0][4].text, "none known (10), CC-BY-SA-3.0 (1190)");
        const ScoreFigure figure = importBalance(report);
        QCOMPARE(figure.columns[0].points[1].y, 1.5);
        QCOMPARE(figure.columns[1].points[1].y, 0.8);
        QVERIFY(importRemarks(report)
                    .join(QLatin1Char(' '))
                    .contains(QStringLiteral("No id, text or paragraph")));
    }
    void everyReasonHasWords() {
        for (std::size_t reason = 0; reason < skip_reasons; ++reason)
            QVERIFY(!skipReasonText(static_cast<SkipReason>(reason)).isEmpty());
    }
    void everyMnemonicLeadsToOnePart() {
        Fixture fixture;
        fixture.panel.begin({QStringLiteral("/x/letters.json")});
        QCOMPARE(ambiguousMnemonics(fixture.panel), QStringList());
        fixture.panel.showPreview(sampleImport());
        QCOMPARE(ambiguousMnemonics(fixture.panel), QStringList());
    }
};

QTEST_MAIN(TestImportPanel)
#include "test_import_panel.moc"
