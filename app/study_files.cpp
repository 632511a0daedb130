// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_files.h"

#include "base/error.h"
#include "base/files.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::StudyFiles)
};

/// "alpha: 2 variants × 3 seeds, 500 k tokens each".
QString lineOf(const StudySpec& study, const std::vector<RunPlan>& plans) {
    const std::size_t variants = plans.size() / study.seeds.size();
    const auto counted = [](std::size_t count, const QString& one, const QString& many) {
        return count == 1 ? one : many.arg(count);
    };
    std::int64_t tokens = 0;
    bool areRouters = true;
    for (const RunPlan& plan : plans) {
        tokens = std::max(tokens, plan.spec.optim.tokens);
        areRouters = areRouters && plan.spec.task == Task::router;
    }
    const QString count = tokens % 1000 == 0 ? QLocale().toString(tokens / 1000) + QStringLiteral(" k")
                                             : QLocale().toString(tokens);
    return Text::tr("%1: %2 × %3, %4")
        .arg(QString::fromStdString(study.name),
             counted(variants, Text::tr("1 variant"), Text::tr("%1 variants")),
             counted(study.seeds.size(), Text::tr("1 seed"), Text::tr("%1 seeds")),
             areRouters ? Text::tr("routers") : Text::tr("%1 tokens each").arg(count));
}

ReadyStudy readyStudy(const StudySpec& study, const QString& file) {
    const std::vector<RunPlan> plans = plan_runs(study).plans;
    const std::string& title = study.title.empty() ? study.name : study.title;
    ReadyStudy ready{QString::fromStdString(title), lineOf(study, plans), file, study.name};
    for (const RunPlan& plan : plans)
        ready.runs.emplace(plan.variant, plan.spec.seed);
    return ready;
}

/// What a newcomer takes first comes first, then what takes a minute or two.
int rankOf(const QString& file) {
    return file.endsWith(QLatin1String("first-light.json")) ? 0
           : file.contains(QLatin1String("/quick/"))        ? 1
                                                            : 2;
}

} // namespace

StudySpec readStudyFile(const QString& file) {
    const std::string path = file.toStdString();
    StudyReading reading = read_study(read_file(path));
    if (reading.problems.empty()) return std::move(reading.study);
    const std::size_t more = reading.problems.size() - 1;
    std::string sentence = "The study " + path + " cannot be used: " + to_text({reading.problems.front()});
    while (sentence.ends_with('\n'))
        sentence.pop_back();
    if (more > 0) sentence += " (" + std::to_string(more) + " more)";
    throw Error(ErrorKind::usage, sentence);
}

void writeStudyFile(const QString& file, const StudySpec& study) {
    write_file_atomically(file.toStdString(), to_json(study).dump(2) + "\n");
}

QStringList studyFilesBelow(const QStringList& folders) {
    QStringList files;
    QSet<QString> seen;
    for (const QString& folder : folders) {
        const QDir root(folder);
        QStringList here;
        QDirIterator entries(folder, {QStringLiteral("*.json")}, QDir::Files, QDirIterator::Subdirectories);
        while (entries.hasNext())
            here << entries.next();
        here.sort();
        for (const QString& file : here) {
            const QString name = root.relativeFilePath(file);
            if (!seen.contains(name)) files << file;
            seen << name;
        }
    }
    return files;
}

QList<ReadyStudy> readyStudies(const QStringList& folders) {
    QList<ReadyStudy> studies;
    for (const QString& file : studyFilesBelow(folders)) {
        try {
            studies << readyStudy(readStudyFile(file), file);
        } catch (const Error&) {
            continue; // recipes of corpora and other files lie there too
        }
    }
    std::ranges::stable_sort(studies, {}, [](const ReadyStudy& study) { return rankOf(study.path); });
    return studies;
}

QStringList readyStudyFolders() {
    const QString beside = QCoreApplication::applicationDirPath();
    return {beside + QStringLiteral("/../share/retort/experiments"),
            QStringLiteral(RETORT_SOURCE_FOLDER "/experiments")};
}

StudySpec newStudy() {
    StudySpec study;
    study.name = "new-study";
    study.variants = {{"ce", {{"distill", {{"alpha", {{"value", 1.0}}}}}}}, {"kd", Json::object()}};
    return study;
}

} // namespace retort
