// SPDX-License-Identifier: GPL-3.0-or-later
// A person's folders, and the windows that they open one after the other.
#pragma once

#include "app/banner.h"
#include "app/main_window.h"
#include "app/study_files.h"
#include "fake_training.h"
#include "window_driver.h"

#include <QTemporaryDir>

#include <algorithm>

namespace retort::test {

/// The folders of one user, who may open one window after the other.
class Home {
public:
    FakeTraining training;

    [[nodiscard]] std::unique_ptr<MainWindow> open() { return open(training.function()); }
    [[nodiscard]] std::unique_ptr<MainWindow> open(RunFunction run) {
        auto window =
            std::make_unique<MainWindow>(MainWindow::Parts{std::move(run),
                                                           std::make_shared<Settings>(path("retort.ini")),
                                                           Session(path("state").toStdString()),
                                                           {path("ready")}});
        window->show();
        window->openWorkspace(workspace());
        return window;
    }
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    [[nodiscard]] QString workspace() const { return path("workspace"); }
    /// The newest attempt; nothing but its name while there is none.
    [[nodiscard]] RunRecord stored(const std::string& name) const {
        const std::vector<RunRecord> runs = RunStore(Workspace(workspace().toStdString())).runs();
        const auto found =
            std::ranges::find_if(runs, [&](const RunRecord& run) { return run.label() == name; });
        return found == runs.end() ? RunRecord{} : *found;
    }

    /// A study file of one run of `steps` steps.
    [[nodiscard]] QString study(const std::string& variant, std::int64_t steps) const {
        const RunPlan plan = smallPlan(variant, steps);
        StudySpec study;
        study.name = plan.study;
        study.title = "Does it learn?";
        study.base = to_json(plan.spec);
        study.base.erase("retort");
        study.base.erase("seed");
        study.variants = {{variant, Json::object()}};
        const QString file = path((variant + ".json").c_str());
        writeStudyFile(file, study);
        return file;
    }

private:
    QTemporaryDir m_folder;
};

inline QString banner(const MainWindow& window, const char* topic) {
    return find<BannerArea>(window)->text(QLatin1String(topic));
}

} // namespace retort::test
