// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_lock.h"

#include "base/error.h"

namespace retort {

WindowLock::WindowLock(const std::filesystem::path& workspace)
    : m_file(QString::fromStdString((workspace / "window.lock").string())) {
    m_file.setStaleLockTime(0); // held for as long as its process lives, however long that is
    if (m_file.tryLock(0)) return;
    qint64 process = 0;
    QString host;
    QString program;
    m_file.getLockInfo(&process, &host, &program);
    throw Error(ErrorKind::workspace, "The workspace " + workspace.string() +
                                          " is open in another window (process " + std::to_string(process) +
                                          " on " + host.toStdString() +
                                          "); close it there or open another workspace.");
}

} // namespace retort
