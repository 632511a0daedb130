// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/import_report_json.h"

#include "data/import/import.h"

namespace retort {

std::optional<ImportReport> import_report(const Corpus& corpus) {
    const auto section = corpus.manifest.find("import");
    if (section == corpus.manifest.end() || !section->is_object() || !section->contains("report"))
        return std::nullopt;
    return read_import_report(section->at("report"));
}

} // namespace retort
