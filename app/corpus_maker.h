// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/corpus.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>

namespace retort {

/// Makes corpora beside the window's thread, one at a time.
class CorpusMaker : public QObject {
    Q_OBJECT
public:
    /// Returns a sentence on what was made. Called on the maker's thread; may throw.
    using Make = std::function<QString(const ProgressFunction& progress, std::stop_token stop)>;

    explicit CorpusMaker(QObject* parent = nullptr);
    /// Stops what is being made and waits until it has stopped.
    ~CorpusMaker() override;

    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// Makes the corpus `name`. Does nothing while another is being made.
    void begin(const QString& name, Make make);
    void cancel() { m_stop.request_stop(); }

Q_SIGNALS:
    void progressed(const QString& phase, double share);
    /// `name` is empty where nothing was made.
    void ended(const QString& sentence, bool isProblem, const QString& name);

private:
    struct Progress {
        QString phase;
        double share = 0;
    };
    void work(const QString& name, const Make& make, const std::stop_token& stop);
    void post(const std::string& phase, double share);
    void deliver();

    bool m_isBusy = false;
    std::stop_source m_stop;
    std::mutex m_mutex;
    Progress m_progress;                  ///< the newest
    std::atomic<bool> m_isCalled = false; ///< deliver() is on its way
    QThreadPool m_thread;
};

} // namespace retort
