// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace retort {

class ColumnFlow;
class QueueView;
class TintedLabel;

/// A study that comes with the program or lies in the workspace.
struct ReadyStudy {
    QString title;
    QString description; ///< one line
    QString path;
    std::string name = {};
    std::set<std::pair<std::string, std::uint64_t>> runs = {}; ///< variant and seed
};

struct QueueEntry {
    QString label;
    QString state;       ///< running, waiting, …
    double progress = 0; ///< 0 to 1; below 0: not known
};

/// Where a person arrives: what could be run, what is going to run, where they worked before. It shows what
/// it is given and asks; nothing changes until the owner says so by the setters.
class StudiesPage : public QWidget {
    Q_OBJECT
public:
    explicit StudiesPage(QWidget* parent = nullptr);

    void setWorkspace(const QString& folder);
    void setRecentWorkspaces(const QStringList& folders);
    void setReadyStudies(const QList<retort::ReadyStudy>& studies);
    /// Those of the workspace: each study says how many of its runs are done.
    void setRuns(const std::vector<RunRecord>& runs);
    void updateRun(const RunRecord& run);
    /// Cheap enough to be called for every tick of progress.
    void setQueue(const QList<retort::QueueEntry>& entries);
    void setQueuePaused(bool paused);
    void setQueueGoesOnAfterError(bool goesOn);

Q_SIGNALS:
    void openStudyRequested(const QString& path);
    void newStudyRequested();
    /// Empty: the owner asks for a folder.
    void openWorkspaceRequested(const QString& folderOrEmpty);
    void startStudyRequested(const QString& path);
    /// Rows of setQueue(); `to` is where the entry stands afterwards.
    void queueMoveRequested(int from, int to);
    void queueRemoveRequested(int row);
    void queuePauseRequested(bool paused);
    /// Whether the next run is to begin when one has failed.
    void queueErrorRequested(bool goesOn);

private:
    QWidget* createHeader();
    QWidget* createReadyStudies();
    QWidget* createNoStudies();
    QWidget* createSide();
    QWidget* createQueue();
    QWidget* createWorkspaces();
    QWidget* createStudyCard(const ReadyStudy& study);
    void showDone(const ReadyStudy& study, TintedLabel& label) const;
    void showAllDone();

    TintedLabel* m_workspace = nullptr;
    QWidget* m_noStudies = nullptr;
    ColumnFlow* m_studies = nullptr;
    std::vector<std::pair<ReadyStudy, TintedLabel*>> m_doneLabels;
    std::map<std::string, std::set<std::pair<std::string, std::uint64_t>>> m_done; ///< by study
    QueueView* m_queue = nullptr;
    QVBoxLayout* m_recent = nullptr;
    TintedLabel* m_noRecent = nullptr;
    QList<QWidget*> m_recentButtons;
};

} // namespace retort
