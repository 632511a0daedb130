// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/document.h"

#include <QString>

namespace retort {

/// Begins to write a report beside the window's thread (FileSaver): .pdf, .html with its figures in it, .tex,
/// or .md with its figures in a folder beside it. Returns an empty text, or one sentence why it cannot begin.
[[nodiscard]] QString saveReport(const ReportDocument& document, const QString& file);

} // namespace retort
