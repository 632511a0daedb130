// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/document.h"

#include <QString>

class QWidget;

namespace retort {

/// By the ending of `file`: .pdf, .html with its figures in it, .tex, or .md with its figures in a folder
/// beside it. Returns an empty text, or one sentence why nothing could be written. The window's thread.
[[nodiscard]] QString saveReport(const ReportDocument& document, const QString& file);

/// The same, and tells a failure in a message of `parent`.
void exportReport(const ReportDocument& document, const QString& file, QWidget* parent);

} // namespace retort
