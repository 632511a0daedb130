// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/space_dialog.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace retort;
namespace fs = std::filesystem;

namespace {

constexpr int patience_ms = 60'000;

} // namespace

class TestSpaceDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsChosenIsFreed() {
        const QTemporaryDir folder;
        const Workspace workspace(folder.filePath("workspace").toStdString());
        const fs::path cache = workspace.folder() / "caches/hidden-1/en",
                       leftover = workspace.artifacts() / "model-0123456789abcdef/weights";
        for (const fs::path& file : {cache, leftover}) {
            fs::create_directories(file.parent_path());
            std::ofstream(file) << std::string(20'000, 'x');
        }
        SpaceDialog dialog(workspace);
        dialog.show();
        auto* free = dialog.findChild<QPushButton*>("free");
        auto* state = dialog.findChild<QLabel*>("state");
        QTRY_VERIFY_WITH_TIMEOUT(free->isEnabled(), patience_ms);
        dialog.findChild<QCheckBox*>("leftovers")->setChecked(false);
        QTRY_VERIFY_WITH_TIMEOUT(free->isEnabled() && free->text().startsWith("&Free "), patience_ms);
        const QString size = free->text().mid(6);
        free->click();
        QTRY_COMPARE_WITH_TIMEOUT(state->text(), size + " freed.", patience_ms);
        QVERIFY(!fs::exists(cache));
        QVERIFY(fs::exists(leftover));
        QVERIFY(!free->isEnabled());
    }
};

QTEST_MAIN(TestSpaceDialog)
#include "test_space_dialog.moc"
