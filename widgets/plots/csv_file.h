// SPDX-License-Identifier: GPL-3.0-or-later
// What every file of comma-separated values here shares.
#pragma once

#include <QList>
#include <QStringList>

namespace retort {

/// Quoted where a comma, a quotation mark or the end of a line makes that necessary (RFC 4180).
[[nodiscard]] QString csvField(QString text);

/// The fields of a text in that form, row by row; an empty line is none.
[[nodiscard]] QList<QStringList> csvRows(const QString& text);

/// Whole or not at all, in UTF-8. Returns a sentence for the user when it cannot be written.
[[nodiscard]] QString saveText(const QString& text, const QString& file);

} // namespace retort
