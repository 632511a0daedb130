// SPDX-License-Identifier: GPL-3.0-or-later
// Runs retortctl on a scratch folder with a tiny corpus.
#pragma once

#include "support/tiny_corpus.h"

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <nlohmann/json.hpp>

namespace retort::test {

struct CtlResult {
    int status = -1;
    QByteArray out, error;
};

class Ctl {
public:
    Ctl() { import_tiny_corpus(folder_.path().toStdString()); }

    [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }
    [[nodiscard]] QString workspace() const { return path(QStringLiteral("workspace")); }

    /// A study of one distilled student of 12 steps, with `patch` merged into its base.
    QString write_study(const QString& name, const char* patch = "{}") const {
        nlohmann::ordered_json study =
            nlohmann::ordered_json::parse(R"({"retort": 1, "name": "tiny", "seeds": [1], "base": {
            "data": {"corpus": "tiny", "context": 16, "tokenizer": {"vocab": 400}},
            "teacher": {"model": {"layers": 1, "width": 24, "heads": 2}, "optim": {"batch": 4, "tokens": 640}},
            "model": {"layers": 1, "width": 16, "heads": 2}, "optim": {"batch": 4, "accumulate": 2, "tokens": 1536},
            "run": {"threads": 1, "eval_tokens": 64, "eval_every": 5, "checkpoint_every": 4}}, "variants": {"v": {}}})");
        study["base"].merge_patch(nlohmann::ordered_json::parse(patch));
        return write(name, QByteArray::fromStdString(study.dump()));
    }
    QString write(const QString& name, const QByteArray& text) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write");
        file.write(text);
        return file.fileName();
    }
    [[nodiscard]] QStringList in_workspace(QStringList arguments) const {
        return arguments << QStringLiteral("--workspace") << workspace();
    }
    [[nodiscard]] CtlResult operator()(const QStringList& arguments) const {
        QProcess process;
        process.start(QStringLiteral(RETORTCTL), arguments);
        process.waitForFinished(-1);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }
    [[nodiscard]] CtlResult run_in_workspace(const QStringList& arguments) const {
        return (*this)(in_workspace(arguments));
    }
    /// A file of the scratch folder; empty where there is none.
    [[nodiscard]] QString read(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

private:
    QTemporaryDir folder_;
};

} // namespace retort::test
