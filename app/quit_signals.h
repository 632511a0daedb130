// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace retort {

/// SIGINT, SIGTERM and SIGHUP (Ctrl+C, the end of a session, a closed terminal) as a signal of Qt. A second
/// one ends the program at once. One object per process.
class QuitSignals : public QObject {
    Q_OBJECT
public:
    explicit QuitSignals(QObject* parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void asked();

private:
    void hear();

    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace retort
