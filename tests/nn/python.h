// SPDX-License-Identifier: GPL-3.0-or-later
// The judges are Debian's Python packages: python3-torch, python3-sklearn.
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

namespace retort::test {

struct PythonResult {
    bool started = false;
    int status = -1;
    QString output; ///< stdout and stderr
};

inline PythonResult run_python(const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("/usr/bin/python3"), arguments);
    PythonResult result;
    result.started = process.waitForStarted();
    if (!result.started) return result;
    process.waitForFinished(-1);
    result.status = process.exitCode();
    result.output = QString::fromUtf8(process.readAll());
    return result;
}

/// Whether the judge's modules are installed, e.g. "torch".
inline bool python_has(const QString& module) {
    return run_python({QStringLiteral("-c"), QStringLiteral("import ") + module}).status == 0;
}

} // namespace retort::test
