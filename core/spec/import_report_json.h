// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/field.h"
#include "spec/import_report.h"
#include "spec/run_spec_json.h"

#include <optional>

namespace retort {

template <>
struct EnumNames<SkipReason> {
    static constexpr std::array<std::pair<SkipReason, std::string_view>, skip_reasons> values = {
        {{SkipReason::not_utf8, "not_utf8"},
         {SkipReason::malformed, "malformed"},
         {SkipReason::no_text, "no_text"},
         {SkipReason::no_domain, "no_domain"},
         {SkipReason::other_domain, "other_domain"},
         {SkipReason::too_large, "too_large"},
         {SkipReason::file_size, "file_size"},
         {SkipReason::licence, "licence"},
         {SkipReason::duplicate_id, "duplicate_id"},
         {SkipReason::duplicate, "duplicate"},
         {SkipReason::near_duplicate, "near_duplicate"},
         {SkipReason::too_short, "too_short"},
         {SkipReason::too_long, "too_long"},
         {SkipReason::wrong_language, "wrong_language"},
         {SkipReason::repeated, "repeated"},
         {SkipReason::source_cap, "source_cap"},
         {SkipReason::not_common, "not_common"},
         {SkipReason::surplus, "surplus"}}};
};

[[nodiscard]] Json to_json(const ImportReport& report);

/// The inverse; nothing for what to_json() did not write.
[[nodiscard]] std::optional<ImportReport> read_import_report(const Json& json);

} // namespace retort
