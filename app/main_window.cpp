// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/banner.h"
#include "app/compare_desk.h"
#include "app/data_desk.h"
#include "app/queue_desk.h"
#include "app/report_desk.h"
#include "app/router_desk.h"
#include "app/run_desk.h"
#include "app/splitter_sizes.h"
#include "app/study_desk.h"
#include "app/study_files.h"
#include "app/training_status.h"
#include "app/try_desk.h"
#include "widgets/pages/compare_page.h"
#include "widgets/pages/data_page.h"
#include "widgets/pages/design_page.h"
#include "widgets/pages/live_page.h"
#include "widgets/pages/report_page.h"
#include "widgets/pages/router_page.h"
#include "widgets/pages/runs_page.h"
#include "widgets/pages/studies_page.h"
#include "widgets/pages/try_page.h"
#include "widgets/plots/file_saver.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <exception>
#include <utility>

namespace retort {

MainWindow::MainWindow(Parts parts, QWidget* parent)
    : QMainWindow(parent),
      m_parts(std::move(parts)),
      m_design(new DesignPage),
      m_actions(this, m_design->actions()) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Retort"));
    setMinimumSize(900, 600);
    createPages();
    createNavigation();
    createStatusBar();
    connectFileActions();
    connectRunActions();
    connectViewActions();
    connectHelpActions();
    connectWorkspaceDialogs();
    connectStudiesPage();
    connectSaving();
    showWorkspaces();
    updateRunActions();
    restoreSession();
}

MainWindow::~MainWindow() = default;

void MainWindow::createPages() {
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banners = new BannerArea(centre));
    column->addWidget(m_pages = new QStackedWidget(centre), 1);
    m_pages->addWidget(m_studies = new StudiesPage);
    m_pages->addWidget(m_data = new DataPage);
    m_pages->addWidget(m_design);
    m_pages->addWidget(m_live = new LivePage);
    m_pages->addWidget(m_runs = new RunsPage);
    m_pages->addWidget(m_compare = new ComparePage);
    m_pages->addWidget(m_router = new RouterPage);
    m_pages->addWidget(m_try = new TryPage);
    m_pages->addWidget(m_report = new ReportPage);
    setCentralWidget(centre);
    m_studyDesk = new StudyDesk({*m_design, *m_banners, m_parts.session, *m_parts.settings}, this);
    connect(m_studyDesk, &StudyDesk::shown, this, [this] { showPage(design); });
    connect(m_data, &DataPage::designRequested, m_studyDesk, &StudyDesk::useCorpus);
    connect(m_runs, &RunsPage::compareRequested, this, [this](const QStringList& ids) {
        m_compare->compareRuns(ids);
        m_report->reportRuns(ids); // once somebody looks there
        showPage(compare);
    });
    connect(m_runs, &RunsPage::reportRequested, this, [this](const QStringList& ids) {
        m_report->reportRuns(ids);
        showPage(report);
    });
    connect(m_compare, &ComparePage::reportRequested, this,
            [this](const QString& study, const QStringList& ids) {
                if (study.isEmpty())
                    m_report->reportRuns(ids);
                else
                    m_report->reportStudy(study);
                showPage(report);
            });
    connect(m_compare, &ComparePage::runRequested, this, [this](const QString& id) {
        m_runs->selectRun(id);
        showPage(runs);
    });
}

void MainWindow::createNavigation() {
    auto* bar = new QToolBar(tr("Pages"), this);
    bar->setObjectName(QStringLiteral("navigation"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    bar->setIconSize(QSize(24, 24));
    bar->addActions(m_actions.pages->actions());
    for (QAction* action : m_actions.pages->actions()) {
        QWidget* button = bar->widgetForAction(action);
        button->setMinimumSize(76, 60);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    addToolBar(Qt::LeftToolBarArea, bar);
    m_actions.pages->actions().first()->setChecked(true);
}

void MainWindow::createStatusBar() {
    m_status = new TrainingStatus(this);
    statusBar()->addPermanentWidget(m_status);
}

void MainWindow::connectFileActions() {
    connect(m_actions.newStudy, &QAction::triggered, m_studyDesk, &StudyDesk::beginNew);
    connect(m_actions.openStudy, &QAction::triggered, m_studyDesk, &StudyDesk::chooseFile);
    connect(m_actions.saveStudyAs, &QAction::triggered, m_studyDesk, &StudyDesk::saveAs);
    connect(m_actions.openWorkspace, &QAction::triggered, this, &MainWindow::chooseWorkspace);
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.recentWorkspaces, &QMenu::triggered, this,
            [this](const QAction* action) { openWorkspace(action->data().toString()); });
}

void MainWindow::connectRunActions() {
    connect(m_actions.pause, &QAction::triggered, this, [this] { command(&OpenWorkspace::pauseRun); });
    connect(m_actions.resume, &QAction::triggered, this, [this] { command(&OpenWorkspace::resumeRun); });
    connect(m_actions.stop, &QAction::triggered, this, [this] { command(&OpenWorkspace::stopRun); });
    connect(m_actions.pauseQueue, &QAction::toggled, this, [this](bool paused) {
        if (m_workspace) m_workspace->queue().setPaused(paused);
    });
    connect(m_studyDesk, &StudyDesk::queued, this, [this](int count) {
        const QString text =
            count == 1 ? tr("1 run added to the queue") : tr("%1 runs added to the queue").arg(count);
        statusBar()->showMessage(text, 5000);
        showPage(live);
    });
}

void MainWindow::connectViewActions() {
    connect(m_actions.pages, &QActionGroup::triggered, this,
            [this](const QAction* action) { showPage(static_cast<Page>(action->data().toInt())); });
    connect(m_actions.themes, &QActionGroup::triggered, this, &MainWindow::chooseTheme);
    connect(m_actions.fullScreen, &QAction::toggled, this, [this](bool full) {
        setWindowState(full ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    });
    for (QAction* action : m_actions.themes->actions())
        action->setChecked(action->data().toString() == themeName(m_parts.settings->theme()));
}

void MainWindow::connectStudiesPage() {
    connect(m_studies, &StudiesPage::openStudyRequested, m_studyDesk, &StudyDesk::open);
    connect(m_studies, &StudiesPage::newStudyRequested, m_studyDesk, &StudyDesk::beginNew);
    connect(m_studies, &StudiesPage::startStudyRequested, this, &MainWindow::startStudy);
    connect(m_studies, &StudiesPage::openWorkspaceRequested, this, [this](const QString& folder) {
        if (folder.isEmpty())
            chooseWorkspace();
        else
            openWorkspace(folder);
    });
    m_studies->setReadyStudies(readyStudies(m_parts.readyStudyFolders));
}

/// Figures and reports are written beside the window; here it says how that goes.
void MainWindow::connectSaving() {
    FileSaver& saver = FileSaver::instance();
    connect(&saver, &FileSaver::began, this, [this](const QString& file) {
        statusBar()->showMessage(tr("Saving %1…").arg(QFileInfo(file).fileName()));
    });
    connect(&saver, &FileSaver::saved, this, [this](const QStringList& files) {
        statusBar()->clearMessage();
        QStringList names;
        for (const QString& file : files)
            names << QFileInfo(file).fileName();
        const QString folder = QFileInfo(files.first()).absolutePath();
        m_banners->showMessage(
            QStringLiteral("saved"), BannerArea::Level::info,
            tr("Saved in %1: %2.").arg(QDir::toNativeSeparators(folder), names.join(QStringLiteral(", "))),
            {tr("Open &Folder"), [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); }});
    });
    connect(&saver, &FileSaver::failed, this, [this](const QString& problem) {
        statusBar()->clearMessage();
        showError(QStringLiteral("saved"), problem);
    });
}

void MainWindow::restoreSession() {
    const Session::Window window = m_parts.session.window();
    if (!restoreGeometry(window.geometry)) resize(1280, 800);
    restoreSplitterSizes(*m_pages, window.splitters);
    m_runs->restoreLayout(window.runsTable);
    showPage(static_cast<Page>(std::clamp<int>(window.page, studies, report)));
}

void MainWindow::keepSession() {
    m_parts.session.setWindow({saveGeometry(), page(), m_runs->saveLayout(), splitterSizes(*m_pages)});
    m_studyDesk->keep();
}

void MainWindow::showPage(Page page) {
    m_pages->setCurrentIndex(page);
    m_actions.pages->actions().at(page)->setChecked(true);
    m_actions.offerUndo(page == runs ? m_runs->undoActions() : QList<QAction*>());
    updateRunActions();
}

MainWindow::Page MainWindow::page() const {
    return static_cast<Page>(m_pages->currentIndex());
}

void MainWindow::openStudy(const QString& file) {
    m_studyDesk->open(file);
}

void MainWindow::startStudy(const QString& file) {
    m_studyDesk->startFile(file);
}

void MainWindow::showError(const QString& topic, const QString& sentence) {
    m_banners->showMessage(topic, BannerArea::Level::error, sentence);
}

void MainWindow::chooseTheme(const QAction* action) {
    const Theme theme = themeOf(action->data().toString());
    m_parts.settings->setTheme(theme);
    applyTheme(theme);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_workspace && m_workspace->controller().isBusy()) {
        event->ignore();
        askToStop();
        return;
    }
    keepSession();
    event->accept();
}

} // namespace retort
