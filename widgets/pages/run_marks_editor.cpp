// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/run_marks_editor.h"

#include "analysis/run_fields.h"

#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QToolButton>

namespace retort {
namespace {

std::vector<std::string> tagsIn(const QString& text) {
    std::vector<std::string> tags;
    for (const QString& tag : text.split(QLatin1Char(',')))
        tags.push_back(tag.toStdString());
    return tidy_tags(tags);
}

} // namespace

RunMarksEditor::RunMarksEditor(QWidget* parent)
    : QWidget(parent),
      m_star(new QToolButton),
      m_name(new QLineEdit),
      m_tags(new QLineEdit),
      m_note(new QPlainTextEdit) {
    createFields();
    auto* name = new QHBoxLayout;
    name->addWidget(m_name, 1);
    name->addWidget(m_star);
    auto* layout = new QFormLayout(this);
    layout->setContentsMargins({});
    layout->setVerticalSpacing(4);
    layout->addRow(tr("Name"), name);
    layout->addRow(tr("Tags"), m_tags);
    layout->addRow(tr("Note"), m_note);
    connect(m_name, &QLineEdit::editingFinished, this, &RunMarksEditor::tell);
    connect(m_tags, &QLineEdit::editingFinished, this, &RunMarksEditor::tell);
    connect(m_star, &QToolButton::toggled, this, [this](bool isStarred) {
        m_star->setText(isStarred ? QStringLiteral("★") : QStringLiteral("☆"));
        tell();
    });
    m_note->installEventFilter(this);
}

void RunMarksEditor::createFields() {
    m_name->setObjectName(QStringLiteral("runName"));
    m_name->setAccessibleName(tr("Name of the run"));
    m_tags->setObjectName(QStringLiteral("runTags"));
    m_tags->setAccessibleName(tr("Tags of the run"));
    m_tags->setPlaceholderText(tr("baseline, paper"));
    m_note->setObjectName(QStringLiteral("runNote"));
    m_note->setAccessibleName(tr("Note on the run"));
    m_note->setPlaceholderText(tr("What is worth remembering"));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(3 * m_note->fontMetrics().lineSpacing() + 12);
    m_star->setObjectName(QStringLiteral("runStar"));
    m_star->setAccessibleName(tr("Starred"));
    m_star->setToolTip(tr("Star the run"));
    m_star->setCheckable(true);
    m_star->setAutoRaise(true);
    m_star->setText(QStringLiteral("☆"));
    m_star->setFocusPolicy(Qt::StrongFocus);
}

void RunMarksEditor::show(const RunRecord& run) {
    const QString id = QString::fromStdString(run.id);
    if (id == m_id && run.marks == m_marks) return;
    if (id != m_id) tell(); // what was written of the run before
    m_id = id;
    m_marks = run.marks;
    m_name->setPlaceholderText(QString::fromStdString(run.label()));
    fill();
}

void RunMarksEditor::fill() {
    const QSignalBlocker quiet(m_star);
    m_name->setText(QString::fromStdString(m_marks.name));
    m_tags->setText(QString::fromStdString(value_text(m_marks.tags)));
    m_note->setPlainText(QString::fromStdString(m_marks.note));
    m_star->setChecked(m_marks.starred);
    m_star->setText(m_marks.starred ? QStringLiteral("★") : QStringLiteral("☆"));
}

void RunMarksEditor::tell() {
    if (m_id.isEmpty()) return;
    const RunMarks marks{m_name->text().trimmed().toStdString(), tagsIn(m_tags->text()), m_star->isChecked(),
                         m_note->toPlainText().toStdString()};
    if (marks == m_marks) return;
    m_marks = marks;
    Q_EMIT edited(m_id, marks);
}

void RunMarksEditor::editName() {
    m_name->setFocus(Qt::ShortcutFocusReason);
    m_name->selectAll();
}

void RunMarksEditor::editTags() {
    m_tags->setFocus(Qt::ShortcutFocusReason);
    m_tags->end(false);
}

void RunMarksEditor::editNote() {
    m_note->setFocus(Qt::ShortcutFocusReason);
    m_note->moveCursor(QTextCursor::End);
}

bool RunMarksEditor::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_note && event->type() == QEvent::FocusOut) tell();
    return QWidget::eventFilter(watched, event);
}

} // namespace retort
