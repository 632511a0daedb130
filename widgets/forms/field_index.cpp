// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/field_index.h"

#include "widgets/forms/json_path.h"

#include <algorithm>

namespace retort {
namespace {

QString joined(const QString& path, const QString& label) {
    return path.isEmpty() ? label : path + QStringLiteral(" › ") + label;
}

} // namespace

const FieldIndex& FieldIndex::instance() {
    static const FieldIndex index;
    return index;
}

FieldIndex::FieldIndex() {
    add(describe_run_spec(), {});
}

void FieldIndex::add(const SectionInfo& section, const QString& path) {
    for (const FieldInfo& field : section.fields)
        m_entries.push_back({field, path});
    for (const SectionInfo& nested : section.sections)
        add(nested, joined(path, QString::fromStdString(nested.label)));
}

const FieldIndex::Entry* FieldIndex::find(std::string_view pointer) const {
    const auto around = [pointer](const Entry& entry) { return isAtOrBelow(pointer, entry.field.pointer); };
    const auto found = std::ranges::find_if(m_entries, around);
    return found == m_entries.end() ? nullptr : &*found;
}

QString FieldIndex::label(std::string_view pointer) const {
    const Entry* entry = find(pointer);
    if (entry == nullptr) return QString::fromUtf8(pointer.data(), static_cast<qsizetype>(pointer.size()));
    return joined(entry->section, QString::fromStdString(entry->field.label));
}

const Json& valueOrDefault(const Json& run, const FieldInfo& field) {
    const Json* value = valueAt(run, field.pointer);
    return value != nullptr ? *value : field.default_value;
}

bool isAtOrBelow(std::string_view inner, std::string_view outer) {
    return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
}

} // namespace retort
