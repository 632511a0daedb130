// SPDX-License-Identifier: GPL-3.0-or-later
// Study files on the disk, and the ready ones that come with Retort.
#pragma once

#include "spec/study_spec.h"
#include "widgets/pages/studies_page.h"

#include <QString>
#include <QStringList>

namespace retort {

/// Throws Error{usage} with the file and its first problem, Error{data} when it cannot be read.
[[nodiscard]] StudySpec readStudyFile(const QString& file);

/// As a person would write it, indented. Throws Error{workspace} when the file cannot be written.
void writeStudyFile(const QString& file, const StudySpec& study);

/// The study files below `folders`, sorted by path within each; the first of two with the same path below its
/// folder counts.
[[nodiscard]] QStringList studyFilesBelow(const QStringList& folders);

/// Those among the files below `folders` that can be run, with a line that says how large each is.
[[nodiscard]] QList<ReadyStudy> readyStudies(const QStringList& folders);

/// Where the ready studies lie: beside the program as installed, and in the source tree of a program that was
/// built there.
[[nodiscard]] QStringList readyStudyFolders();

/// What "New Study" begins with: first light, two students of one teacher.
[[nodiscard]] StudySpec newStudy();

} // namespace retort
