// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/corpus_maker.h"

#include <exception>
#include <utility>

namespace retort {

CorpusMaker::CorpusMaker(QObject* parent) : QObject(parent) {
    m_thread.setMaxThreadCount(1);
    m_thread.setThreadPriority(QThread::LowPriority);
}

CorpusMaker::~CorpusMaker() {
    m_stop.request_stop();
    m_thread.waitForDone();
}

void CorpusMaker::begin(const QString& name, Make make) {
    if (std::exchange(m_isBusy, true)) return;
    m_stop = std::stop_source();
    m_thread.start(
        [this, name, make = std::move(make), stop = m_stop.get_token()] { work(name, make, stop); });
}

void CorpusMaker::work(const QString& name, const Make& make, const std::stop_token& stop) {
    QString sentence;
    bool isProblem = false;
    try {
        sentence = make([this](const std::string& phase, double share) { post(phase, share); }, stop);
    } catch (const std::exception& error) {
        sentence = QString::fromStdString(error.what());
        isProblem = true;
    }
    QMetaObject::invokeMethod(
        this,
        [this, sentence, isProblem, name] {
            m_isBusy = false;
            Q_EMIT ended(sentence, isProblem, isProblem ? QString() : name);
        },
        Qt::QueuedConnection);
}

/// Progress may come a thousand times a second; the window hears of the newest when it has time.
void CorpusMaker::post(const std::string& phase, double share) {
    {
        const std::lock_guard lock(m_mutex);
        m_progress = {QString::fromStdString(phase), share};
    }
    if (!m_isCalled.exchange(true))
        QMetaObject::invokeMethod(
            this, [this] { deliver(); }, Qt::QueuedConnection);
}

void CorpusMaker::deliver() {
    m_isCalled = false;
    Progress newest;
    {
        const std::lock_guard lock(m_mutex);
        newest = m_progress;
    }
    if (m_isBusy) Q_EMIT progressed(newest.phase, newest.share);
}

} // namespace retort
