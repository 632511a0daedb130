// SPDX-License-Identifier: GPL-3.0-or-later
// Importing files on the Data page; the form itself is tested in test_import_panel.cpp.
#include "data_page_fixture.h"
#include "widgets/pages/import_panel.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QUrl>

using namespace retort;

namespace {

using Fixture = DataPageFixture;

} // namespace

class TestDataPageImport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void filesAreImported() {
        Fixture fixture;
        fixture.part<QToolButton>("importTexts")->click();
        auto* panel = fixture.page.findChild<ImportPanel*>();
        QVERIFY(panel->isVisible() && !fixture.table("corpora").isVisible());
        fixture.part<QPushButton>("closeImport")->click();
        QVERIFY(!panel->isVisible() && fixture.table("corpora").isVisible());
        fixture.page.beginImport({QStringLiteral("/x/letters.json")});
        fixture.part<QPushButton>("previewImport")->click();
        QCOMPARE(fixture.lastCall(), "preview letters");
        QCOMPARE(panel->findChild<ReportTableView*>(QStringLiteral("importedDomains"))->model()->rowCount(),
                 3);
        fixture.page.setCorpora({sampleCorpus(), damagedCorpus()}); // which leaves the form alone
        QVERIFY(panel->isVisible());
        fixture.part<QPushButton>("beginImport")->click();
        QCOMPARE(fixture.lastCall(), "import letters");
        fixture.page.setJob(QStringLiteral("letters: reading"), 0.5);
        QVERIFY(!fixture.part<QPushButton>("beginImport")->isEnabled());
        ListedCorpus made = sampleCorpus("letters");
        made.report = sampleImport();
        fixture.page.endJob(QStringLiteral("letters is ready"), false, QStringLiteral("letters"));
        fixture.page.setCorpora({sampleCorpus(), made});
        QVERIFY(!panel->isVisible());
        QCOMPARE(fixture.table("corpora").currentRow(), 1);
        QCOMPARE(fixture.page.findChild<QTabWidget*>(QStringLiteral("corpusTabs"))->currentIndex(),
                 6); // its report
    }
    void anImportThatFailsLeavesTheFormOpen() {
        Fixture fixture;
        fixture.page.beginImport({QStringLiteral("/x/letters.json")});
        fixture.part<QPushButton>("beginImport")->click();
        fixture.page.endJob(QStringLiteral("There is no file /x/letters.json."), true);
        QVERIFY(fixture.page.findChild<ImportPanel*>()->isVisible());
        QVERIFY(fixture.isSaid("There is no file"));
        QVERIFY(fixture.part<QPushButton>("beginImport")->isEnabled());
    }
    void filesAreDropped() {
        Fixture fixture{std::vector<ListedCorpus>()};
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(QStringLiteral("/x/letters.json")),
                       QUrl::fromLocalFile(QStringLiteral("/x/fr")),
                       QUrl(QStringLiteral("https://example.org/x"))});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &files, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&fixture.page, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &files, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&fixture.page, &drop);
        const auto* panel = fixture.page.findChild<ImportPanel*>();
        QVERIFY(panel->isVisible());
        QCOMPARE(panel->spec().sources.size(), std::size_t{2});
        QCOMPARE(panel->spec().sources[1].domain, "fr");
    }
};

QTEST_MAIN(TestDataPageImport)
#include "test_data_page_import.moc"
