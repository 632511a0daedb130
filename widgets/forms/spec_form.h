// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec_json.h"

#include <QWidget>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QScrollArea;
class QToolButton;

namespace retort {

class ColumnFlow;
class FieldRow;
class FormSection;

/// Which part of a form matters for the values in it.
struct FormScope {
    Json present;               ///< sections that are not in it are hidden
    std::set<std::string> idle; ///< pointers of fields that change nothing
};

/// Of a run: the sections that its task has, and idle_fields().
[[nodiscard]] FormScope scopeOfRun(const Json& run);

/// The fields of a run, made from describe_run_spec(), or of another description: sections in columns, a
/// search above them (Ctrl+F), and problems beside their fields. The form shows and asks; whoever owns the
/// document answers by showValues().
class SpecForm : public QWidget {
    Q_OBJECT
public:
    using Scope = std::function<FormScope(const Json& values)>;

    /// `hidden`: pointers of fields that are not for this form.
    explicit SpecForm(const SectionInfo& root, const std::set<std::string>& hidden = {},
                      Scope scope = scopeOfRun, QWidget* parent = nullptr);

    /// Fields that neither document names show their defaults. `referenceName` is what a changed field goes
    /// back to: "base", "default".
    void showValues(const Json& values, const Json& reference, const QString& referenceName);
    /// Pointers are into the values.
    void showProblems(const std::vector<Problem>& problems);

    /// Opens what hides the field and puts the cursor into it.
    void focusField(const std::string& pointer);
    void focusSearch();
    [[nodiscard]] FieldRow* row(const std::string& pointer) const;

Q_SIGNALS:
    void edited(const std::string& pointer, const retort::Json& value);
    void resetRequested(const std::string& pointer);
    void removeRequested(const std::string& pointer);

private:
    QWidget* createSearch();
    QWidget* createScrollArea();
    void addSections(const SectionInfo& root, const std::set<std::string>& hidden);
    void addSection(const SectionInfo& section, const std::set<std::string>& hidden);
    void indexRows();
    void applyFilter();
    [[nodiscard]] FieldRow* rowAround(const std::string& pointer) const;
    [[nodiscard]] FormSection* sectionAround(std::string pointer) const;

    Scope m_scope;
    QLineEdit* m_search = nullptr;
    QToolButton* m_onlyChanged = nullptr;
    QLabel* m_nothing = nullptr;
    QScrollArea* m_scroll = nullptr;
    ColumnFlow* m_columns = nullptr;
    QList<FormSection*> m_sections;
    std::map<std::string, FieldRow*> m_rows;
};

} // namespace retort
