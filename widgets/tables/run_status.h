// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QIcon>
#include <QPalette>
#include <QString>

namespace retort {

/// "running", "done", … in the language of the window.
[[nodiscard]] QString statusText(RunStatus status);
/// One sentence on what the status means and what can be done.
[[nodiscard]] QString statusHelp(RunStatus status);
[[nodiscard]] QColor statusColor(RunStatus status, bool isDark);
/// A sign of its own for each status, so that colour is not needed to tell them apart; white on a selected
/// row.
[[nodiscard]] QIcon statusIcon(RunStatus status, bool isDark);
/// The same sign in the colours of a button: running to go on, paused to hold, stopped to end.
[[nodiscard]] QIcon buttonIcon(RunStatus sign, const QPalette& palette);
/// When the run was created, in the time of this place.
[[nodiscard]] QString createdText(const RunRecord& run);
[[nodiscard]] QString taskText(const RunRecord& run);

} // namespace retort
