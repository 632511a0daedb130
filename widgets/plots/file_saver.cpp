// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/file_saver.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <exception>
#include <utility>

namespace retort {

FileSaver::FileSaver(QObject* parent) : QObject(parent) {
    m_thread.setMaxThreadCount(1);
}

FileSaver& FileSaver::instance() {
    static QPointer<FileSaver> saver;
    if (saver == nullptr) saver = new FileSaver(QCoreApplication::instance());
    return *saver;
}

void FileSaver::save(const QString& file, Write write) {
    Q_EMIT began(file);
    m_thread.start([this, write = std::move(write)] { finish(write); });
}

/// Not on the window's thread: what it tells goes there as an event.
void FileSaver::finish(const Write& write) {
    try {
        QStringList files;
        for (const std::filesystem::path& file : write())
            files << QString::fromStdString(file.string());
        QMetaObject::invokeMethod(
            this, [this, files] { Q_EMIT saved(files); }, Qt::QueuedConnection);
    } catch (const std::exception& error) {
        const QString problem = QString::fromUtf8(error.what());
        QMetaObject::invokeMethod(
            this, [this, problem] { Q_EMIT failed(problem); }, Qt::QueuedConnection);
    }
}

Drawer ownDrawer() {
    return {QCoreApplication::applicationFilePath().toStdString(),
            QCoreApplication::applicationVersion().toStdString()};
}

QString placeProblem(const QString& file) {
    const QFileInfo folder(QFileInfo(file).path());
    if (folder.isDir() && folder.isWritable()) return {};
    return FileSaver::tr("%1 is no folder that can be written to; choose another.").arg(folder.filePath());
}

} // namespace retort
