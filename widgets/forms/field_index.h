// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec_json.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// All fields of a run in the order of the form, with the way to them.
class FieldIndex {
public:
    struct Entry {
        FieldInfo field;
        QString section; ///< "Teacher › Teacher model"; empty for the fields of the run itself
    };

    /// Made once from the description of a run.
    [[nodiscard]] static const FieldIndex& instance();

    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
    /// The field at `pointer` or around it (/data/domains/1 is in /data/domains); null for sections.
    [[nodiscard]] const Entry* find(std::string_view pointer) const;
    /// "Optimiser › Learning rate"; the pointer itself where no field is known.
    [[nodiscard]] QString label(std::string_view pointer) const;

private:
    FieldIndex();
    void add(const SectionInfo& section, const QString& path);

    std::vector<Entry> m_entries;
};

/// The value of a field in a run, its default where the run does not say.
[[nodiscard]] const Json& valueOrDefault(const Json& run, const FieldInfo& field);

/// Whether `inner` is `outer` or lies below it.
[[nodiscard]] bool isAtOrBelow(std::string_view inner, std::string_view outer);

} // namespace retort
