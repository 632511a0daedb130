// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/studies_page.h"

#include "widgets/forms/card.h"
#include "widgets/forms/column_flow.h"
#include "widgets/forms/primary_button.h"
#include "widgets/forms/symbol_icon.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/pages/queue_view.h"

#include <QCommandLinkButton>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {

StudiesPage::StudiesPage(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(18);
    layout->addWidget(createHeader());
    auto* body = new QHBoxLayout;
    body->setSpacing(20);
    body->addWidget(createReadyStudies(), 1);
    body->addWidget(createSide());
    layout->addLayout(body, 1);
    setReadyStudies({});
    setRecentWorkspaces({});
}

QWidget* StudiesPage::createHeader() {
    auto* header = new QWidget(this);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins({});
    auto* titles = new QVBoxLayout;
    titles->setSpacing(2);
    auto* title = new QLabel(tr("Studies"), header);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.9);
    large.setBold(true);
    title->setFont(large);
    m_workspace = new TintedLabel({}, header);
    m_workspace->setObjectName(QStringLiteral("workspace"));
    m_workspace->setTextInteractionFlags(Qt::TextSelectableByMouse);
    titles->addWidget(title);
    titles->addWidget(m_workspace);
    layout->addLayout(titles, 1);
    auto* make = new PrimaryButton("add", tr("&New study"), header);
    make->setObjectName(QStringLiteral("newStudy"));
    make->setMinimumSize(140, 34);
    layout->addWidget(make, 0, Qt::AlignVCenter);
    connect(make, &QPushButton::clicked, this, &StudiesPage::newStudyRequested);
    return header;
}

QWidget* StudiesPage::createReadyStudies() {
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(10);
    auto* title = new QLabel(QStringLiteral("<b>%1</b>").arg(tr("Ready studies")), part);
    m_noStudies = createNoStudies();
    m_studies = new ColumnFlow;
    m_studies->setColumnWidth(fontMetrics().averageCharWidth() * 52);
    auto* scroll = new QScrollArea(part);
    scroll->setObjectName(QStringLiteral("readyStudies"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_studies);
    layout->addWidget(title);
    layout->addWidget(m_noStudies);
    layout->addWidget(scroll, 1);
    return part;
}

QWidget* StudiesPage::createNoStudies() {
    auto* card = new Card(tr("No study is ready here"), this);
    card->setObjectName(QStringLiteral("noStudies"));
    auto* advice = new TintedLabel(tr("A study asks one question: a base run, variants of it, and seeds. "
                                      "Make a new one, or open a folder "
                                      "that has some."),
                                   card);
    advice->setWordWrap(true);
    auto* make = new QPushButton(symbolIcon("add"), tr("New study"), card);
    auto* open = new QPushButton(symbolIcon("folder"), tr("Open folder…"), card);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(make);
    buttons->addWidget(open);
    buttons->addStretch();
    card->body()->addWidget(advice);
    card->body()->addLayout(buttons);
    connect(make, &QPushButton::clicked, this, &StudiesPage::newStudyRequested);
    connect(open, &QPushButton::clicked, this, [this] { Q_EMIT openWorkspaceRequested({}); });
    return card;
}

QWidget* StudiesPage::createSide() {
    auto* side = new QWidget(this);
    side->setFixedWidth(fontMetrics().averageCharWidth() * 54);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    layout->setSpacing(14);
    layout->addWidget(createQueue(), 1);
    layout->addWidget(createWorkspaces());
    return side;
}

QWidget* StudiesPage::createQueue() {
    auto* card = new Card(tr("Queue"), this);
    m_queue = new QueueView(card);
    card->body()->addWidget(m_queue, 1);
    connect(m_queue, &QueueView::moveRequested, this, &StudiesPage::queueMoveRequested);
    connect(m_queue, &QueueView::removeRequested, this, &StudiesPage::queueRemoveRequested);
    connect(m_queue, &QueueView::pauseRequested, this, &StudiesPage::queuePauseRequested);
    connect(m_queue, &QueueView::goOnRequested, this, &StudiesPage::queueErrorRequested);
    return card;
}

QWidget* StudiesPage::createWorkspaces() {
    auto* card = new Card(tr("Recent workspaces"), this);
    auto* open = new QPushButton(symbolIcon("folder"), tr("&Open folder…"), card);
    open->setObjectName(QStringLiteral("openWorkspace"));
    card->addToTitle(open);
    connect(open, &QPushButton::clicked, this, [this] { Q_EMIT openWorkspaceRequested({}); });
    m_noRecent = new TintedLabel(tr("Folders you work in will stand here."), card);
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(0);
    card->body()->addWidget(m_noRecent);
    card->body()->addLayout(m_recent);
    return card;
}

QWidget* StudiesPage::createStudyCard(const ReadyStudy& study) {
    auto* card = new Card(study.title, m_studies);
    auto* description = new TintedLabel(study.description, card);
    description->setTextFormat(Qt::PlainText);
    description->setWordWrap(true);
    card->body()->addWidget(description);
    auto* open = new QPushButton(symbolIcon("open"), tr("Open"), card);
    auto* run = new QPushButton(symbolIcon("run"), tr("Run"), card);
    open->setObjectName(QStringLiteral("open:") + study.path);
    run->setObjectName(QStringLiteral("run:") + study.path);
    open->setAccessibleName(tr("Open %1").arg(study.title));
    run->setAccessibleName(tr("Run %1").arg(study.title));
    open->setToolTip(study.path);
    auto* done = new TintedLabel({}, card);
    done->setObjectName(QStringLiteral("done:") + study.path);
    m_doneLabels.emplace_back(study, done);
    showDone(study, *done);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(done);
    buttons->addStretch();
    buttons->addWidget(open);
    buttons->addWidget(run);
    card->body()->addLayout(buttons);
    const QString path = study.path;
    connect(open, &QPushButton::clicked, this, [this, path] { Q_EMIT openStudyRequested(path); });
    connect(run, &QPushButton::clicked, this, [this, path] { Q_EMIT startStudyRequested(path); });
    return card;
}

void StudiesPage::setWorkspace(const QString& folder) {
    m_workspace->setText(folder.isEmpty() ? tr("No workspace is open.")
                                          : tr("Workspace %1").arg(QDir::toNativeSeparators(folder)));
}

void StudiesPage::setRecentWorkspaces(const QStringList& folders) {
    qDeleteAll(m_recentButtons);
    m_recentButtons.clear();
    for (const QString& folder : folders) {
        auto* button = new QCommandLinkButton(QFileInfo(folder).fileName(), folder, this);
        button->setObjectName(QStringLiteral("workspace:") + folder);
        button->setIcon(symbolIcon("folder"));
        button->setAccessibleName(tr("Open workspace %1").arg(folder));
        m_recent->addWidget(button);
        m_recentButtons << button;
        connect(button, &QPushButton::clicked, this,
                [this, folder] { Q_EMIT openWorkspaceRequested(folder); });
    }
    m_noRecent->setVisible(folders.isEmpty());
}

void StudiesPage::setReadyStudies(const QList<ReadyStudy>& studies) {
    m_studies->clear();
    m_doneLabels.clear();
    for (const ReadyStudy& study : studies)
        m_studies->add(createStudyCard(study), 1);
    m_noStudies->setVisible(studies.isEmpty());
}

void StudiesPage::setRuns(const std::vector<RunRecord>& runs) {
    m_done.clear();
    for (const RunRecord& run : runs)
        if (run.status == RunStatus::done) m_done[run.study].emplace(run.variant, run.seed);
    showAllDone();
}

void StudiesPage::updateRun(const RunRecord& run) {
    if (run.status == RunStatus::done && m_done[run.study].emplace(run.variant, run.seed).second) showAllDone();
}

void StudiesPage::showAllDone() {
    for (const auto& [study, label] : m_doneLabels)
        showDone(study, *label);
}

void StudiesPage::showDone(const ReadyStudy& study, TintedLabel& label) const {
    const auto stored = m_done.find(study.name);
    const auto done = stored == m_done.end()
                          ? 0
                          : std::ranges::count_if(
                                study.runs, [&](const auto& run) { return stored->second.contains(run); });
    label.setText(done == 0 ? QString()
                            : tr("%1 of %2 runs done").arg(done).arg(static_cast<int>(study.runs.size())));
}

void StudiesPage::setQueue(const QList<QueueEntry>& entries) {
    m_queue->setEntries(entries);
}

void StudiesPage::setQueuePaused(bool paused) {
    m_queue->setPaused(paused);
}

void StudiesPage::setQueueGoesOnAfterError(bool goesOn) {
    m_queue->setGoesOnAfterError(goesOn);
}

} // namespace retort
