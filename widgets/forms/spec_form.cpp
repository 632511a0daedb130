// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/spec_form.h"

#include "spec/idle_fields.h"
#include "widgets/forms/column_flow.h"
#include "widgets/forms/field_index.h"
#include "widgets/forms/field_row.h"
#include "widgets/forms/form_section.h"
#include "widgets/forms/json_path.h"
#include "widgets/forms/symbol_icon.h"
#include "widgets/forms/tinted_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace retort {
namespace {

/// Lines of a section with all that is in it; headers count as one.
int linesOf(const SectionInfo& section) {
    int lines = 1 + static_cast<int>(section.fields.size());
    for (const SectionInfo& nested : section.sections)
        lines += linesOf(nested);
    return lines;
}

/// How far a row of a nested section stands in, so that all editors stand in one line.
int indentOf(const std::string& pointer) {
    const auto depth = std::ranges::count(pointer, '/') - 2;
    return FormSection::indent * static_cast<int>(std::max<std::ptrdiff_t>(0, depth));
}

} // namespace

/// A teacher has no teacher: such sections are shown only while the run has them.
FormScope scopeOfRun(const Json& run) {
    const RunSpec spec = read_run_spec(run).spec;
    return {to_json(spec), idle_fields(spec)};
}

SpecForm::SpecForm(const SectionInfo& root, const std::set<std::string>& hidden, Scope scope, QWidget* parent)
    : QWidget(parent), m_scope(std::move(scope)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(10);
    layout->addWidget(createSearch());
    layout->addWidget(createScrollArea(), 1);
    addSections(root, hidden);
    indexRows();
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setWhatsThis(tr("Find a field"));
    connect(find, &QShortcut::activated, this, &SpecForm::focusSearch);
}

QWidget* SpecForm::createSearch() {
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    m_search = new QLineEdit(bar);
    m_search->setObjectName(QStringLiteral("fieldSearch"));
    m_search->setPlaceholderText(tr("Find a field (Ctrl+F)"));
    m_search->setAccessibleName(tr("Find a field by name, pointer or help"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(symbolIcon("search"), QLineEdit::LeadingPosition);
    m_onlyChanged = new QToolButton(bar);
    m_onlyChanged->setObjectName(QStringLiteral("onlyChanged"));
    m_onlyChanged->setText(tr("Only what differs"));
    m_onlyChanged->setCheckable(true);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_onlyChanged);
    connect(m_search, &QLineEdit::textChanged, this, &SpecForm::applyFilter);
    connect(m_onlyChanged, &QToolButton::toggled, this, &SpecForm::applyFilter);
    new QShortcut(Qt::Key_Escape, m_search, m_search, &QLineEdit::clear, Qt::WidgetShortcut);
    return bar;
}

QWidget* SpecForm::createScrollArea() {
    m_columns = new ColumnFlow;
    m_columns->setColumnWidth(fontMetrics().averageCharWidth() * 44);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_columns);
    m_nothing = new TintedLabel({}, this);
    m_nothing->setObjectName(QStringLiteral("noFieldFits"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();
    auto* holder = new QWidget(this);
    auto* layout = new QVBoxLayout(holder);
    layout->setContentsMargins({});
    layout->addWidget(m_nothing);
    layout->addWidget(m_scroll, 1);
    return holder;
}

void SpecForm::addSections(const SectionInfo& root, const std::set<std::string>& hidden) {
    SectionInfo general = root;
    general.label = tr("General").toStdString();
    general.sections.clear();
    addSection(general, hidden);
    for (const SectionInfo& section : root.sections)
        addSection(section, hidden);
}

void SpecForm::addSection(const SectionInfo& section, const std::set<std::string>& hidden) {
    auto* part = new FormSection(section, hidden, 0, m_columns);
    m_columns->add(part, linesOf(section));
    m_sections << part;
    connect(part, &FormSection::edited, this, &SpecForm::edited);
    connect(part, &FormSection::resetRequested, this, &SpecForm::resetRequested);
    connect(part, &FormSection::removeRequested, this, &SpecForm::removeRequested);
}

void SpecForm::indexRows() {
    int width = 0;
    for (const FormSection* section : std::as_const(m_sections))
        for (FieldRow* row : section->allRows()) {
            const std::string& pointer = row->field().pointer;
            m_rows[pointer] = row;
            width = std::max(width, row->labelWidth() + indentOf(pointer));
        }
    for (const auto& [pointer, row] : m_rows)
        row->setLabelWidth(width - indentOf(pointer));
}

void SpecForm::showValues(const Json& values, const Json& reference, const QString& referenceName) {
    for (const auto& [pointer, row] : m_rows)
        row->setValue(valueOrDefault(values, row->field()), valueOrDefault(reference, row->field()),
                      referenceName);
    const FormScope scope = m_scope(values);
    for (const auto& [pointer, row] : m_rows)
        row->setIdle(scope.idle.contains(pointer));
    for (FormSection* section : std::as_const(m_sections))
        section->setPresent(valueAt(scope.present, section->pointer()) != nullptr ||
                            valueAt(values, section->pointer()) != nullptr);
    applyFilter();
}

void SpecForm::showProblems(const std::vector<Problem>& problems) {
    std::map<FieldRow*, QStringList> ofRow;
    std::map<FormSection*, std::vector<Problem>> ofSection;
    for (const Problem& problem : problems)
        if (FieldRow* row = rowAround(problem.pointer))
            ofRow[row] << QString::fromStdString(problem.message);
        else
            ofSection[sectionAround(problem.pointer)].push_back(problem);
    for (const auto& [pointer, row] : m_rows)
        row->setProblem(ofRow[row].join(u'\n'));
    const auto show = [&](FormSection* section, const auto& self) -> void {
        section->setProblems(ofSection[section]);
        for (FormSection* nested : section->sections())
            self(nested, self);
    };
    for (FormSection* section : std::as_const(m_sections)) {
        show(section, show);
        section->updateCounts();
    }
    applyFilter(); // a field at fault is seen, whether it is in force or not
}

FieldRow* SpecForm::row(const std::string& pointer) const {
    const auto found = m_rows.find(pointer);
    return found == m_rows.end() ? nullptr : found->second;
}

FieldRow* SpecForm::rowAround(const std::string& pointer) const {
    const auto around = [&](const auto& entry) { return isAtOrBelow(pointer, entry.first); };
    const auto found = std::ranges::find_if(m_rows, around);
    return found == m_rows.end() ? nullptr : found->second;
}

FormSection* SpecForm::sectionAround(std::string pointer) const {
    for (; !pointer.empty(); pointer = pointer.substr(0, pointer.rfind('/')))
        for (FormSection* section : m_sections)
            if (FormSection* found = section->find(pointer)) return found;
    return m_sections.front();
}

void SpecForm::focusField(const std::string& pointer) {
    FieldRow* row = rowAround(pointer);
    if (row == nullptr) return;
    row->setIdle(false); // whoever asks for it sees it
    m_search->clear();
    m_onlyChanged->setChecked(false);
    applyFilter();
    for (FormSection* section : std::as_const(m_sections))
        section->reveal(row);
    m_columns->layout()->activate(); // a section just opened has no geometry yet
    row->focusInput();
    m_scroll->ensureWidgetVisible(row);
}

void SpecForm::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void SpecForm::applyFilter() {
    const QString text = m_search->text().trimmed();
    const bool onlyChanged = m_onlyChanged->isChecked();
    std::function<bool(const FieldRow&)> isWanted;
    if (!text.isEmpty() || onlyChanged)
        isWanted = [&](const FieldRow& row) {
            return row.matches(text) && (!onlyChanged || row.isChanged() || row.hasProblem());
        };
    bool any = false;
    for (FormSection* section : std::as_const(m_sections))
        any = section->applyFilter(isWanted) || any;
    m_nothing->setText(onlyChanged && text.isEmpty()
                           ? tr("Nothing differs.")
                           : tr("No field fits. Clear the search to see all fields."));
    m_nothing->setVisible(!any);
}

} // namespace retort
