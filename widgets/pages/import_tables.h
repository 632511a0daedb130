// SPDX-License-Identifier: GPL-3.0-or-later
// What an import took and left out, as tables and a figure.
#pragma once

#include "report/table.h"
#include "spec/import_report.h"
#include "widgets/plots/score_figure.h"

#include <QString>

namespace retort {

/// "not UTF-8", "near duplicate", in a person's words.
[[nodiscard]] QString skipReasonText(SkipReason reason);

/// A row for each domain: documents and amount as read, as cleaned, and as taken for each split.
[[nodiscard]] ReportTable importedDomains(const ImportReport& report);

/// A row for each reason that left something out, a column for each domain.
[[nodiscard]] ReportTable skippedDocuments(const ImportReport& report);

/// Single documents that were left out: the first of each reason.
[[nodiscard]] ReportTable skippedExamples(const ImportReport& report);

[[nodiscard]] ReportTable importedSources(const ImportReport& report);

/// Columns for each domain: what cleaning left, and what was taken for training.
[[nodiscard]] ScoreFigure importBalance(const ImportReport& report);

/// Its sentences: how even the splits are, leaks, and what did not come out as asked for.
[[nodiscard]] QStringList importRemarks(const ImportReport& report);

} // namespace retort
