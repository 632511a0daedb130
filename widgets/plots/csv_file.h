// SPDX-License-Identifier: GPL-3.0-or-later
// What every file of comma-separated values here shares.
#pragma once

#include <QString>

namespace retort {

/// Quoted where a comma, a quotation mark or the end of a line makes that necessary (RFC 4180).
[[nodiscard]] QString csvField(QString text);

/// Whole or not at all, in UTF-8. Returns a sentence for the user when it cannot be written.
[[nodiscard]] QString saveText(const QString& text, const QString& file);

} // namespace retort
