// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>

#include <exception>
#include <utility>

namespace retort {

/// Work of a dialog beside the window's thread, one job after the other.
class BackgroundJobs : public QObject {
    Q_OBJECT
public:
    explicit BackgroundJobs(QObject* parent = nullptr) : QObject(parent) { m_pool.setMaxThreadCount(1); }
    /// Jobs that have not begun are dropped; waits for the one at work.
    ~BackgroundJobs() override {
        m_pool.clear();
        m_pool.waitForDone();
    }

    /// Calls `done` with what `job` returns, on this object's thread; failed() where it throws.
    template <class Job, class Done>
    void run(Job job, Done done) {
        m_pool.start([this, job = std::move(job), done = std::move(done)]() mutable {
            try {
                tell([done = std::move(done), result = job()]() mutable { done(std::move(result)); });
            } catch (const std::exception& error) {
                tell([this, sentence = QString::fromUtf8(error.what())] { Q_EMIT failed(sentence); });
            }
        });
    }

Q_SIGNALS:
    void failed(const QString& sentence);

private:
    template <class Call>
    void tell(Call call) {
        QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
    }

    QThreadPool m_pool;
};

} // namespace retort
