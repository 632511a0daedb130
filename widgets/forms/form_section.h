// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec_json.h"

#include <QList>
#include <QWidget>

#include <functional>
#include <set>
#include <string>
#include <vector>

class QPushButton;
class QVBoxLayout;

namespace retort {

class FieldRow;
class InlineMessage;
class SectionHeader;

/// The rows of one section and the sections within it, under a header that opens and closes them.
class FormSection : public QWidget {
    Q_OBJECT
public:
    /// Of a section within a section, in pixels.
    static constexpr int indent = 12;

    /// Leaves out the fields whose pointers are `hidden`.
    FormSection(const SectionInfo& section, const std::set<std::string>& hidden, int depth,
                QWidget* parent = nullptr);

    [[nodiscard]] const std::string& pointer() const { return m_pointer; }
    [[nodiscard]] const QList<FormSection*>& sections() const { return m_sections; }
    /// Own rows and those of the sections within, in order.
    [[nodiscard]] QList<FieldRow*> allRows() const;
    [[nodiscard]] FormSection* find(const std::string& pointer);

    /// Problems that no row shows: of the section as a whole, and of keys that are no fields.
    void setProblems(const std::vector<Problem>& problems);
    /// Whether the section is part of the run at all.
    void setPresent(bool present) { m_present = present; }
    /// Shows what `isWanted` accepts, open or not; returns whether anything is to be seen. Without a filter
    /// the header decides again.
    bool applyFilter(const std::function<bool(const FieldRow&)>& isWanted);
    /// Opens the section and those around `row`. False when the row is not here.
    bool reveal(const FieldRow* row);
    void setOpen(bool open);
    void updateCounts();

Q_SIGNALS:
    void edited(const std::string& pointer, const retort::Json& value);
    void resetRequested(const std::string& pointer);
    void removeRequested(const std::string& pointer);

private:
    void createHeader(const SectionInfo& section, int depth);
    void createProblems();
    void addRow(const FieldInfo& field);
    void addSection(const SectionInfo& section, const std::set<std::string>& hidden, int depth);
    void removeWrong();

    std::string m_pointer;
    SectionHeader* m_header = nullptr;
    QWidget* m_body;
    QVBoxLayout* m_bodyLayout;
    InlineMessage* m_notice;
    QPushButton* m_remove;
    QList<FieldRow*> m_rows;
    QList<FormSection*> m_sections;
    std::vector<std::string> m_wrong; ///< pointers that the remove button takes away
    bool m_present = true;
};

} // namespace retort
