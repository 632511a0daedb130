// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/drawer.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <filesystem>
#include <functional>
#include <vector>

namespace retort {

/// Saves files on a thread of its own, one after the other: no window waits for them. Of the window's thread;
/// what was begun is done before the application goes.
class FileSaver : public QObject {
    Q_OBJECT
public:
    /// Returns what was written, the file that was asked for first; throws std::exception with one sentence.
    /// On another thread, once.
    using Write = std::function<std::vector<std::filesystem::path>()>;

    /// That of the application.
    static FileSaver& instance();

    void save(const QString& file, Write write);

Q_SIGNALS:
    void began(const QString& file);
    void saved(const QStringList& files);
    void failed(const QString& problem);

private:
    explicit FileSaver(QObject* parent);
    void finish(const Write& write);

    QThreadPool m_thread;
};

/// Draws with this very program, which has to answer to --render as app/main.cpp does.
[[nodiscard]] Drawer ownDrawer();

/// Empty, or one sentence why no file of that name can be written.
[[nodiscard]] QString placeProblem(const QString& file);

} // namespace retort
