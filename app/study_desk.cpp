// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_desk.h"

#include "app/banner.h"
#include "app/estimator.h"
#include "app/open_workspace.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/study_files.h"
#include "base/error.h"
#include "widgets/pages/design_page.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QUndoStack>

#include <chrono>
#include <exception>
#include <thread>

namespace retort {
namespace {

using namespace std::chrono_literals;

QString studyFilter() {
    return StudyDesk::tr("Studies (*.json)");
}

double assumedRate() {
    // Two hardware threads share the arithmetic of a core.
    return carefulRate(static_cast<int>(std::thread::hardware_concurrency() + 1) / 2);
}

QFileDialog* makeDialog(QWidget* parent, const QString& title, const QString& place) {
    auto* dialog = new QFileDialog(parent, title, place, studyFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    return dialog;
}

} // namespace

StudyDesk::StudyDesk(const Surroundings& around, QObject* parent) : QObject(parent), m_around(around) {
    m_settle.setSingleShot(true);
    m_settle.setInterval(400ms);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        updateEstimate();
        keep();
    });
    connectPage();
}

void StudyDesk::connectPage() {
    connect(&m_around.page, &DesignPage::studyEdited, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_around.page, &DesignPage::runRequested, this, &StudyDesk::start);
    connect(&m_around.page, &DesignPage::saveRequested, this, &StudyDesk::save);
}

void StudyDesk::setWorkspace(OpenWorkspace* workspace) {
    m_workspace = workspace;
    connect(workspace, &OpenWorkspace::runsReplaced, this, &StudyDesk::updateEstimate);
    connect(&workspace->controller(), &RunController::finished, this, &StudyDesk::updateEstimate);
    const auto kept = m_around.session.study(workspace->workspace().folder());
    if (kept)
        restore(*kept);
    else
        put(newStudy(), {}, false);
}

void StudyDesk::put(const StudySpec& study, const QString& file, bool modified) {
    m_file = file;
    m_differsFromFile = modified;
    m_around.page.setStudy(study, file);
    updateEstimate();
    keep();
}

void StudyDesk::restore(const StudyInWork& kept) {
    put(kept.study, kept.file, kept.modified);
    if (kept.unapplied.isEmpty()) return;
    m_around.page.setUnappliedText(kept.unapplied);
    keep();
}

bool StudyDesk::isModified() const {
    return m_differsFromFile || m_around.page.isModified();
}

void StudyDesk::beginNew() {
    begin(newStudy());
}

void StudyDesk::begin(const StudySpec& study) {
    afterUnsavedEdits([this, study] {
        put(study, {}, false);
        Q_EMIT shown();
    });
}

void StudyDesk::open(const QString& file) {
    afterUnsavedEdits([this, file] { load(file); });
}

bool StudyDesk::attempt(const std::function<void()>& work) {
    const QString topic = QStringLiteral("study");
    try {
        m_around.banners.clear(topic);
        work();
        return true;
    } catch (const std::exception& error) {
        m_around.banners.showMessage(topic, BannerArea::Level::error, QString::fromStdString(error.what()));
        return false;
    }
}

void StudyDesk::load(const QString& file) {
    attempt([&] {
        put(readStudyFile(file), file, false);
        m_around.settings.setStudyFolder(QFileInfo(file).absolutePath());
        Q_EMIT shown();
    });
}

void StudyDesk::chooseFile() {
    QFileDialog* dialog =
        makeDialog(m_around.page.window(), tr("Open Study"), m_around.settings.studyFolder());
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &StudyDesk::open);
    dialog->open();
}

void StudyDesk::useCorpus(const QString& corpus, const QStringList& domains) {
    std::vector<std::string> names;
    for (const QString& domain : domains)
        names.push_back(domain.toStdString());
    m_around.page.setCorpus(corpus.toStdString(), names);
    Q_EMIT shown();
}

void StudyDesk::save() {
    saveThen([] {});
}

void StudyDesk::saveAs() {
    saveAsThen([] {});
}

void StudyDesk::saveThen(const std::function<void()>& then) {
    if (!m_around.page.findChild<QAction*>(QStringLiteral("save"))->isEnabled())
        attempt([] {
            throw Error(ErrorKind::usage, "The study cannot be saved as it is; mend its faults first.");
        });
    else if (m_file.isEmpty() || !QFileInfo(m_file).isWritable())
        saveAsThen(then);
    else
        saveTo(m_file, then);
}

void StudyDesk::saveAsThen(const std::function<void()>& then) {
    QFileDialog* dialog =
        makeDialog(m_around.page.window(), tr("Save Study"), m_around.settings.studyFolder());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QString::fromStdString(m_around.page.study().name) + QStringLiteral(".json"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, then](const QString& file) { saveTo(file, then); });
    dialog->open();
}

void StudyDesk::saveTo(const QString& file, const std::function<void()>& then) {
    const bool saved = attempt([&] {
        const StudySpec study = m_around.page.study();
        writeStudyFile(file, study);
        m_around.settings.setStudyFolder(QFileInfo(file).absolutePath());
        m_file = file;
        m_differsFromFile = false;
        m_around.page.markSaved(file);
        keep();
    });
    if (saved) then();
}

void StudyDesk::afterUnsavedEdits(const std::function<void()>& go) {
    if (!isModified()) return go();
    auto* box = new QMessageBox(QMessageBox::Question, tr("Unsaved Edits"),
                                tr("The study “%1” has edits that are in no file.")
                                    .arg(QString::fromStdString(m_around.page.study().name)),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel,
                                m_around.page.window());
    box->setObjectName(QStringLiteral("unsavedEdits"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::finished, this, [this, go](int answer) {
        if (answer == QMessageBox::Discard) go();
        if (answer == QMessageBox::Save) saveThen(go);
    });
    box->open();
}

void StudyDesk::startFile(const QString& file) {
    attempt([&] { start(readStudyFile(file)); });
}

void StudyDesk::start(const StudySpec& study) {
    attempt([&] {
        if (!m_workspace)
            throw Error(ErrorKind::workspace, "No workspace is open; open one first (Ctrl+Shift+O).");
        Q_EMIT queued(m_workspace->startStudy(study));
    });
}

void StudyDesk::keep() {
    if (!m_workspace) return;
    const bool isStudyModified = m_differsFromFile || !m_around.page.undoStack()->isClean();
    m_around.session.setStudy(
        m_workspace->workspace().folder(),
        {m_around.page.study(), m_file, isStudyModified, m_around.page.unappliedText()});
}

void StudyDesk::updateEstimate() {
    if (!m_workspace) return;
    const PlanReading reading = plan_runs(m_around.page.study());
    m_around.page.setEstimate(toText(estimate(reading.plans, m_workspace->runs(), assumedRate())));
}

} // namespace retort
