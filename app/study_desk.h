// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/study_spec.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>

namespace retort {

class BannerArea;
class DesignPage;
class OpenWorkspace;
class Session;
class Settings;
struct StudyInWork;

/// The study in work on the Design page: its file, its unsaved edits, what it will cost, and Run. Edits are
/// kept a moment after they are made, so that neither a crash nor a closed window loses them.
class StudyDesk : public QObject {
    Q_OBJECT
public:
    /// All must outlive the desk.
    struct Surroundings {
        DesignPage& page;
        BannerArea& banners;
        Session& session;
        Settings& settings;
    };
    explicit StudyDesk(const Surroundings& around, QObject* parent = nullptr);

    /// Puts the study on the page that was in work in this workspace, or a new one. `workspace` may go away.
    void setWorkspace(OpenWorkspace* workspace);

    /// Each asks first what to do with unsaved edits.
    void beginNew();
    void open(const QString& file);
    void begin(const StudySpec& study);
    void chooseFile();
    /// Puts the corpus into the study in work, which can be undone there.
    void useCorpus(const QString& corpus, const QStringList& domains);

    void save();
    void saveAs();
    /// Queues the runs of a file as it is, without opening it.
    void startFile(const QString& file);
    /// Keeps the study in work, with its edits, for the next session.
    void keep();

Q_SIGNALS:
    /// The page is wanted in front.
    void shown();
    /// Runs were added to the queue.
    void queued(int runs);

private:
    void connectPage();
    void put(const StudySpec& study, const QString& file, bool modified);
    void restore(const StudyInWork& kept);
    void load(const QString& file);
    void saveTo(const QString& file, const std::function<void()>& then);
    void saveThen(const std::function<void()>& then);
    void saveAsThen(const std::function<void()>& then);
    void afterUnsavedEdits(const std::function<void()>& go);
    void updateEstimate();
    void start(const StudySpec& study);
    /// Does `work` and shows what it throws as a banner; whether nothing was thrown.
    bool attempt(const std::function<void()>& work);
    [[nodiscard]] bool isModified() const;

    Surroundings m_around;
    QPointer<OpenWorkspace> m_workspace;
    QString m_file;
    bool m_differsFromFile = false; ///< the edits of an earlier session, which the page does not know of
    QTimer m_settle;
};

} // namespace retort
