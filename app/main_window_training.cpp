// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that deals with the open workspace and its training.
#include "app/main_window.h"

#include "app/banner.h"
#include "app/compare_desk.h"
#include "app/data_desk.h"
#include "app/queue_desk.h"
#include "app/report_desk.h"
#include "app/router_desk.h"
#include "app/run_desk.h"
#include "app/study_desk.h"
#include "app/training_status.h"
#include "app/try_desk.h"
#include "widgets/pages/router_page.h"
#include "widgets/pages/studies_page.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>

#include <exception>
#include <utility>

namespace retort {

void MainWindow::chooseWorkspace() {
    auto* dialog = new QFileDialog(this, tr("Open Workspace"), m_parts.settings->recentWorkspaces().value(0));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openWorkspace);
    dialog->open();
}

void MainWindow::openWorkspace(const QString& folder) {
    const QString topic = QStringLiteral("workspace");
    if (m_workspace &&
        QDir(folder) == QDir(QString::fromStdString(m_workspace->workspace().folder().string())))
        return;
    if (m_workspace && m_workspace->controller().isBusy())
        return showError(topic, tr("A run is training in this workspace; stop it before you open another."));
    try {
        auto workspace = std::make_unique<OpenWorkspace>(folder, m_parts.run);
        if (m_workspace) m_studyDesk->keep();
        m_dataDesk.reset();
        m_reportDesk.reset();
        m_tryDesk.reset();
        m_routerDesk.reset();
        m_compareDesk.reset();
        m_runDesk.reset();
        m_queueDesk.reset();
        closeWorkspaceDialogs();
        m_workspace = std::move(workspace);
        m_banners->clear(topic);
        m_parts.settings->addRecentWorkspace(QDir(folder).absolutePath());
        createDesks();
        connectTraining();
        m_studyDesk->setWorkspace(m_workspace.get());
        showWorkspaces();
        showTraining();
    } catch (const std::exception& error) {
        showError(topic, QString::fromStdString(error.what()));
    }
}

void MainWindow::createDesks() {
    m_queueDesk = std::make_unique<QueueDesk>(*m_workspace, *m_studies, *m_parts.settings);
    m_runDesk = std::make_unique<RunDesk>(*m_workspace, *m_live, *m_runs);
    m_compareDesk = std::make_unique<CompareDesk>(*m_workspace, *m_compare);
    m_routerDesk = std::make_unique<RouterDesk>(*m_workspace, *m_router);
    m_tryDesk = std::make_unique<TryDesk>(*m_workspace, *m_try, m_parts.openModel);
    m_dataDesk = std::make_unique<DataDesk>(*m_workspace, *m_data);
    m_reportDesk = std::make_unique<ReportDesk>(*m_workspace, *m_report);
    connect(m_queueDesk.get(), &QueueDesk::changed, this, &MainWindow::showTraining);
    connect(m_runDesk.get(), &RunDesk::opened, this, [this] { showPage(live); });
    connect(m_runDesk.get(), &RunDesk::routerOpened, this, [this](const QString& id) {
        showPage(router);
        m_router->showRun(id);
    });
    connect(m_runDesk.get(), &RunDesk::cloned, m_studyDesk, &StudyDesk::begin);
    connect(m_runDesk.get(), &RunDesk::chosenChanged, this, &MainWindow::updateRunActions);
}

void MainWindow::connectTraining() {
    const RunController& controller = m_workspace->controller();
    connect(&controller, &RunController::finished, this, &MainWindow::showOutcome);
    connect(&controller, &RunController::failed, this, [this](const QString& message) {
        showError(QStringLiteral("run"), message);
        QApplication::alert(this);
    });
    connect(&controller, &RunController::recorderTroubleChanged, this,
            [this](const QString& sentence) { showTrouble(QStringLiteral("recorder"), sentence); });
    connect(m_workspace.get(), &OpenWorkspace::failed, this,
            [this](const QString& sentence) { showTrouble(QStringLiteral("store"), sentence); });
}

void MainWindow::showTrouble(const QString& topic, const QString& sentence) {
    if (sentence.isEmpty())
        m_banners->clear(topic);
    else
        showError(topic, sentence);
}

void MainWindow::showOutcome(const RunOutcome& outcome) {
    const QString label = QString::fromStdString(outcome.plan.label());
    const RunStatus status = outcome.outcome.status;
    QApplication::alert(this);
    if (outcome.skipped)
        m_banners->showMessage(
            QStringLiteral("run"), BannerArea::Level::info,
            tr("%1 was done already with the same configuration; its curves are on the Runs page.")
                .arg(label));
    else if (status == RunStatus::failed || status == RunStatus::diverged)
        showError(QStringLiteral("run"),
                  label + QStringLiteral(": ") + QString::fromStdString(outcome.outcome.reason));
}

void MainWindow::showWorkspaces() {
    const QStringList recent = m_parts.settings->recentWorkspaces();
    m_studies->setRecentWorkspaces(recent);
    m_actions.recentWorkspaces->clear();
    for (const QString& folder : recent)
        m_actions.recentWorkspaces->addAction(QDir::toNativeSeparators(folder))->setData(folder);
    m_actions.recentWorkspaces->setEnabled(!recent.isEmpty());
    if (!m_workspace) return;
    const QString folder = QString::fromStdString(m_workspace->workspace().folder().string());
    m_studies->setWorkspace(folder);
    setWindowTitle(tr("%1 — Retort").arg(QDir(folder).dirName()));
}

void MainWindow::showTraining() {
    RunQueue& queue = m_workspace->queue();
    const QSignalBlocker quiet(m_actions.pauseQueue);
    m_actions.pauseQueue->setChecked(queue.isPaused());
    m_status->showState(m_workspace->controller(), queue, m_queueDesk->progress());
    updateRunActions();
}

const RunRecord* MainWindow::commandedRun() const {
    if (!m_workspace) return nullptr;
    const std::string& atWork = m_queueDesk->progress().run();
    if (page() != live && m_workspace->controller().holds(atWork)) return m_workspace->run(atWork);
    return m_runDesk->chosen();
}

void MainWindow::command(void (OpenWorkspace::*wish)(const std::string&)) {
    if (const RunRecord* run = commandedRun()) (m_workspace.get()->*wish)(std::string(run->id));
}

void MainWindow::updateRunActions() {
    const RunRecord* run = commandedRun();
    const auto is = [run](auto condition) { return run != nullptr && condition(run->status); };
    for (QAction* action : {m_actions.pauseQueue, m_actions.importRuns, m_actions.freeSpace})
        action->setEnabled(m_workspace != nullptr);
    m_actions.pause->setEnabled(is([](RunStatus status) { return status == RunStatus::running; }));
    m_actions.resume->setEnabled(
        is([](RunStatus status) { return status == RunStatus::paused || is_resumable(status); }));
    m_actions.stop->setEnabled(is(is_live));
}

void MainWindow::askToStop() {
    if (m_isClosing || findChild<QMessageBox*>(QStringLiteral("askToStop")) != nullptr) return;
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Training Is Running"),
        tr("%1 is training.").arg(QString::fromStdString(m_workspace->controller().current()->label())),
        QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("askToStop"));
    box->setInformativeText(
        tr("Stopped with a checkpoint, it can be resumed from the Runs page. What waits stays "
           "in the queue."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* stop = box->addButton(tr("&Stop with a Checkpoint and Quit"), QMessageBox::AcceptRole);
    QPushButton* keep = box->addButton(tr("&Keep Training"), QMessageBox::RejectRole);
    stop->setObjectName(QStringLiteral("stopAndQuit"));
    keep->setObjectName(QStringLiteral("keepTraining"));
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    connect(stop, &QPushButton::clicked, this, &MainWindow::quit);
    box->open();
}

void MainWindow::quit() {
    if (!m_workspace || !m_workspace->controller().isBusy()) {
        close();
        return;
    }
    if (std::exchange(m_isClosing, true)) return;
    RunController& controller = m_workspace->controller();
    connect(&controller, &RunController::ended, this, &QWidget::close, Qt::QueuedConnection);
    m_banners->showMessage(QStringLiteral("closing"), BannerArea::Level::info, tr("Saving a checkpoint…"));
    controller.putOff();
}

} // namespace retort
