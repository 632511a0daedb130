// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/open_workspace.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/text_writer.h"
#include "app/window_actions.h"

#include <QMainWindow>

#include <memory>

class QStackedWidget;

namespace retort {

class BannerArea;
class CompareDesk;
class ComparePage;
class DataDesk;
class DataPage;
class DesignPage;
class LivePage;
class QueueDesk;
class ReportDesk;
class ReportPage;
class RouterDesk;
class RouterPage;
class RunDesk;
class RunsPage;
class StudiesPage;
class StudyDesk;
class TryDesk;
class TryPage;
class TrainingStatus;

/// The window: nine pages, the commands, messages above the page and the state of the training below it.
/// What the pages do is the desks' affair.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// What a window is made with; a test gives its own.
    struct Parts {
        RunFunction run;
        std::shared_ptr<Settings> settings;
        Session session;
        QStringList readyStudyFolders;
        OpenTextModel openModel = {}; ///< of runs that write on the Try page
    };
    enum Page { studies, data, design, live, runs, compare, router, tryOut, report };

    explicit MainWindow(Parts parts, QWidget* parent = nullptr);
    /// Stops a run at work with a checkpoint; closing asks before.
    ~MainWindow() override;

    /// Shows a banner and keeps the present workspace when the folder cannot be used.
    void openWorkspace(const QString& folder);
    void openStudy(const QString& file);
    /// Puts all runs of the file into the queue and begins.
    void startStudy(const QString& file);
    /// Closes without asking: a run at work is stopped with a checkpoint first.
    void quit();
    void showPage(Page page);
    [[nodiscard]] Page page() const;
    /// Null before a workspace could be opened.
    [[nodiscard]] OpenWorkspace* workspace() const { return m_workspace.get(); }

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void createPages();
    void createNavigation();
    void createStatusBar();
    void connectFileActions();
    void connectRunActions();
    void connectViewActions();
    void connectHelpActions();
    void connectWorkspaceDialogs();
    void closeWorkspaceDialogs();
    template <class Dialog>
    void openBeside();
    void connectStudiesPage();
    void connectSaving();
    void restoreSession();
    void keepSession();

    void chooseWorkspace();
    void createDesks();
    void connectTraining();
    [[nodiscard]] const RunRecord* commandedRun() const;
    void command(void (OpenWorkspace::*command)(const std::string&));
    void showWorkspaces();
    void showTraining();
    void updateRunActions();
    void showOutcome(const RunOutcome& outcome);
    void showError(const QString& topic, const QString& sentence);
    /// Until it is over, which an empty sentence says.
    void showTrouble(const QString& topic, const QString& sentence);
    void chooseTheme(const QAction* action);
    void showAbout();
    void showShortcuts();

    void askToStop();

    Parts m_parts;
    DesignPage* m_design;
    WindowActions m_actions;
    QStackedWidget* m_pages = nullptr;
    BannerArea* m_banners = nullptr;
    StudiesPage* m_studies = nullptr;
    DataPage* m_data = nullptr;
    LivePage* m_live = nullptr;
    RunsPage* m_runs = nullptr;
    ComparePage* m_compare = nullptr;
    RouterPage* m_router = nullptr;
    TryPage* m_try = nullptr;
    ReportPage* m_report = nullptr;
    TrainingStatus* m_status = nullptr;
    StudyDesk* m_studyDesk = nullptr;

    std::unique_ptr<OpenWorkspace> m_workspace;
    std::unique_ptr<QueueDesk> m_queueDesk; ///< after the workspace that they use, so that they go before it
    std::unique_ptr<RunDesk> m_runDesk;
    std::unique_ptr<CompareDesk> m_compareDesk;
    std::unique_ptr<RouterDesk> m_routerDesk;
    std::unique_ptr<TryDesk> m_tryDesk;
    std::unique_ptr<DataDesk> m_dataDesk;
    std::unique_ptr<ReportDesk> m_reportDesk;
    bool m_isClosing = false;
};

} // namespace retort
