// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/form_section.h"

#include "widgets/forms/field_row.h"
#include "widgets/forms/inline_message.h"
#include "widgets/forms/section_header.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace retort {

FormSection::FormSection(const SectionInfo& section, const std::set<std::string>& hidden, int depth,
                         QWidget* parent)
    : QWidget(parent),
      m_pointer(section.pointer),
      m_body(new QWidget(this)),
      m_bodyLayout(new QVBoxLayout(m_body)),
      m_notice(new InlineMessage(InlineMessage::Kind::problem, this)),
      m_remove(new QPushButton(tr("Remove"), this)) {
    setObjectName(QStringLiteral("section:") + QString::fromStdString(m_pointer));
    m_bodyLayout->setContentsMargins(depth > 0 ? indent : 0, 0, 0, 0);
    m_bodyLayout->setSpacing(1);
    createHeader(section, depth);
    createProblems();
    for (const FieldInfo& field : section.fields)
        if (!hidden.contains(field.pointer)) addRow(field);
    for (const SectionInfo& nested : section.sections)
        addSection(nested, hidden, depth + 1);
}

void FormSection::createHeader(const SectionInfo& section, int depth) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    m_header = new SectionHeader(QString::fromStdString(section.label), depth > 0, this);
    m_header->setObjectName(QStringLiteral("header:") + QString::fromStdString(m_pointer));
    layout->addWidget(m_header);
    layout->addWidget(m_body);
    connect(m_header, &SectionHeader::toggled, m_body, &QWidget::setVisible);
}

void FormSection::createProblems() {
    auto* line = new QHBoxLayout;
    line->addWidget(m_notice, 1);
    line->addWidget(m_remove, 0, Qt::AlignTop);
    m_bodyLayout->addLayout(line);
    m_remove->setObjectName(QStringLiteral("remove:") + QString::fromStdString(m_pointer));
    m_remove->setAccessibleName(tr("Remove what does not belong into this section"));
    m_remove->hide();
    connect(m_remove, &QPushButton::clicked, this, &FormSection::removeWrong);
}

void FormSection::addRow(const FieldInfo& field) {
    auto* row = new FieldRow(field, m_body);
    m_bodyLayout->addWidget(row);
    m_rows << row;
    connect(row, &FieldRow::edited, this, &FormSection::edited);
    connect(row, &FieldRow::resetRequested, this, &FormSection::resetRequested);
}

void FormSection::addSection(const SectionInfo& section, const std::set<std::string>& hidden, int depth) {
    auto* nested = new FormSection(section, hidden, depth, m_body);
    m_bodyLayout->addWidget(nested);
    m_sections << nested;
    connect(nested, &FormSection::edited, this, &FormSection::edited);
    connect(nested, &FormSection::resetRequested, this, &FormSection::resetRequested);
    connect(nested, &FormSection::removeRequested, this, &FormSection::removeRequested);
}

QList<FieldRow*> FormSection::allRows() const {
    QList<FieldRow*> rows = m_rows;
    for (const FormSection* section : m_sections)
        rows << section->allRows();
    return rows;
}

FormSection* FormSection::find(const std::string& pointer) {
    if (pointer == m_pointer) return this;
    for (FormSection* section : m_sections)
        if (FormSection* found = section->find(pointer)) return found;
    return nullptr;
}

void FormSection::setProblems(const std::vector<Problem>& problems) {
    m_wrong.clear();
    for (const Problem& problem : problems)
        if (!problem.pointer.empty()) m_wrong.push_back(problem.pointer);
    m_notice->setText(QString::fromStdString(to_text(problems)));
    m_remove->setVisible(!m_wrong.empty());
}

void FormSection::removeWrong() {
    const std::vector<std::string> wrong = m_wrong; // every removal brings new problems
    for (const std::string& pointer : wrong)
        Q_EMIT removeRequested(pointer);
}

bool FormSection::applyFilter(const std::function<bool(const FieldRow&)>& isWanted) {
    bool any = false;
    for (FieldRow* row : std::as_const(m_rows)) {
        const bool rests = row->isIdle() && !row->isChanged() && !row->hasProblem();
        const bool shown = isWanted ? isWanted(*row) : !rests;
        row->setVisible(shown);
        any = any || shown;
    }
    for (FormSection* section : std::as_const(m_sections))
        any = section->applyFilter(isWanted) || any;
    m_body->setVisible(isWanted || m_header->isChecked());
    setVisible(any && m_present);
    return any && m_present;
}

bool FormSection::reveal(const FieldRow* row) {
    const auto inside = [row](FormSection* section) { return section->reveal(row); };
    const bool here = m_rows.contains(row) || std::ranges::any_of(m_sections, inside);
    if (here) setOpen(true);
    return here;
}

void FormSection::setOpen(bool open) {
    m_header->setChecked(open);
}

void FormSection::updateCounts() {
    const QList<FieldRow*> rows = allRows();
    const auto changed = std::ranges::count_if(rows, &FieldRow::isChanged);
    const auto problems = std::ranges::count_if(rows, &FieldRow::hasProblem);
    m_header->setCounts(static_cast<int>(changed), static_cast<int>(problems));
    for (FormSection* section : std::as_const(m_sections))
        section->updateCounts();
}

} // namespace retort
