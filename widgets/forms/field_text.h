// SPDX-License-Identifier: GPL-3.0-or-later
// What a person types into a field, and the JSON it stands for. The C locale throughout: 0.5, never 0,5.
#pragma once

#include "spec/run_spec_json.h"

#include <QString>

namespace retort {

/// The value a text stands for. Whole numbers may be written 500000, 500 000, 500,000, 5e5 or 500k, 1.5M.
/// Text that does not parse comes back as a JSON string: it is kept in the document, and reading the
/// specification reports it in its own words.
[[nodiscard]] Json parseField(FieldInfo::Type type, const QString& text);

/// A value as a person would type it; one of the wrong type is shown as it stands.
[[nodiscard]] QString formatField(FieldInfo::Type type, const Json& value);

/// A value in a sentence or a list: on, off, 0.5, "en, fr".
[[nodiscard]] QString describeValue(const FieldInfo& field, const Json& value);

/// 123456 -> "123 456" with thin spaces that do not break.
[[nodiscard]] QString groupDigits(QString digits);

/// "no problems", "1 problem", "2 problems".
[[nodiscard]] QString problemCount(qsizetype count);

} // namespace retort
