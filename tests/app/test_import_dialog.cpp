// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import_dialog.h"

#include "spec/imported_run.h"
#include "store/run_store.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <filesystem>
#include <fstream>

using namespace retort;
namespace fs = std::filesystem;

namespace {

constexpr int patience_ms = 60'000;

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

} // namespace

class TestImportDialog : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    [[nodiscard]] fs::path path(const char* name) const { return folder_.filePath(name).toStdString(); }

private Q_SLOTS:
    void runsAreFoundNamedAndImported() {
        const Workspace workspace(path("workspace"));
        write(path("logs/fixed/seed_2.csv"), "step,loss\n1,2\n2,1\n");
        write(path("logs/bad.csv"), "step,loss\n1,2\n2,two\n");
        ImportDialog dialog(workspace);
        auto* list = dialog.findChild<QTreeWidget*>("found");
        auto* import = dialog.findChild<QPushButton*>("import");
        QVERIFY(!import->isEnabled());
        dialog.setPath(folder_.filePath("logs"));
        QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 2, patience_ms);
        QCOMPARE(list->topLevelItem(1)->text(0), "logs/fixed/2");
        QVERIFY(import->isEnabled());

        auto* study = dialog.findChild<QLineEdit*>("study");
        study->setText("mine");
        Q_EMIT study->editingFinished();
        QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItem(1)->text(0), "mine/fixed/2", patience_ms);

        import->click();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.findChild<QLabel*>("state")->text().contains("new"), patience_ms);
        QCOMPARE(list->topLevelItem(0)->text(3), "not imported");
        QVERIFY(list->topLevelItem(0)->toolTip(3).contains("bad.csv, line 3"));
        QCOMPARE(list->topLevelItem(1)->text(3), "imported");
        QVERIFY(is_imported(RunStore(workspace).run("mine/fixed/2")));

        import->click();
        QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItem(1)->text(3), "there already", patience_ms);
    }
    void nothingToImportIsSaid() {
        ImportDialog dialog{Workspace(path("workspace"))};
        dialog.setPath(folder_.filePath("nowhere"));
        QTRY_VERIFY_WITH_TIMEOUT(dialog.findChild<QLabel*>("state")->text().contains("nothing at"),
                                 patience_ms);
        QVERIFY(!dialog.findChild<QPushButton*>("import")->isEnabled());
    }
};

QTEST_MAIN(TestImportDialog)
#include "test_import_dialog.moc"
