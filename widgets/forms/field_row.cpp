// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/field_row.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/field_editor.h"
#include "widgets/forms/field_text.h"
#include "widgets/forms/inline_message.h"
#include "widgets/forms/symbol_icon.h"
#include "widgets/forms/tinted_label.h"

#include <QEvent>
#include <QGridLayout>
#include <QPainter>
#include <QToolButton>

namespace retort {
namespace {

constexpr int mark_width = 3;

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

} // namespace

FieldRow::FieldRow(const FieldInfo& field, QWidget* parent)
    : QWidget(parent),
      m_field(field),
      m_label(new QLabel(text(field.label), this)),
      m_editor(FieldEditor::create(field, this)),
      m_unit(new TintedLabel(text(field.unit), this)),
      m_reset(new QToolButton(this)),
      m_problem(new InlineMessage(InlineMessage::Kind::problem, this)),
      m_help(new TintedLabel(text(field.help), this)) {
    setObjectName(text(field.pointer));
    createLabel();
    createReset();
    createLayout();
    m_help->setWordWrap(true);
    m_help->setScale(0.92);
    m_help->hide();
    m_editor->input()->installEventFilter(this);
    connect(m_editor, &FieldEditor::edited, this,
            [this] { Q_EMIT edited(m_field.pointer, m_editor->value()); });
}

void FieldRow::createLabel() {
    m_label->setBuddy(m_editor->input());
    m_label->setTextFormat(Qt::PlainText);
    QString tip = QStringLiteral("<p>%1</p>").arg(text(m_field.help).toHtmlEscaped());
    tip += QStringLiteral("<p><code>%1</code></p>").arg(text(m_field.pointer).toHtmlEscaped());
    m_label->setToolTip(tip);
    m_editor->input()->setToolTip(tip);
    m_editor->input()->setObjectName(text(m_field.pointer) + QStringLiteral("/input"));
    const QString unit = m_field.unit.empty() ? QString() : QStringLiteral(" (%1)").arg(text(m_field.unit));
    m_editor->input()->setAccessibleName(text(m_field.label) + unit);
}

void FieldRow::createReset() {
    m_reset->setIcon(symbolIcon("reset"));
    m_reset->setAutoRaise(true);
    m_reset->setObjectName(text(m_field.pointer) + QStringLiteral("/reset"));
    m_reset->hide();
    connect(m_reset, &QToolButton::clicked, this, [this] { Q_EMIT resetRequested(m_field.pointer); });
}

void FieldRow::createLayout() {
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(mark_width + 7, 2, 0, 2);
    layout->setHorizontalSpacing(6);
    layout->setVerticalSpacing(3);
    layout->addWidget(m_label, 0, 0);
    layout->addWidget(m_editor, 0, 1);
    layout->addWidget(m_unit, 0, 2);
    layout->addWidget(m_reset, 0, 3);
    layout->addWidget(m_problem, 1, 1, 1, 3);
    layout->addWidget(m_help, 2, 1, 1, 3);
    layout->setColumnStretch(1, 1);
    m_unit->setVisible(!m_field.unit.empty());
}

void FieldRow::setValue(const Json& value, const Json& reference, const QString& referenceName) {
    m_editor->setValue(value);
    m_changed = value != reference;
    m_reset->setVisible(m_changed);
    const QString tip = tr("Back to the %1: %2").arg(referenceName, describeValue(m_field, reference));
    m_reset->setToolTip(tip);
    m_reset->setAccessibleName(tr("Reset %1. %2").arg(m_label->text(), tip));
    describe();
    update();
}

void FieldRow::setProblem(const QString& sentence) {
    if (sentence == m_problem->text()) return;
    m_problem->setText(sentence);
    describe();
}

bool FieldRow::hasProblem() const {
    return !m_problem->text().isEmpty();
}

/// What a screen reader says after the name.
void FieldRow::describe() {
    QStringList parts;
    if (hasProblem()) parts << tr("Problem: %1").arg(m_problem->text());
    if (m_changed) parts << tr("Changed.");
    parts << m_help->text();
    m_editor->input()->setAccessibleDescription(parts.join(u' '));
}

bool FieldRow::matches(const QString& wanted) const {
    for (const std::string* place : {&m_field.label, &m_field.pointer, &m_field.help})
        if (text(*place).contains(wanted, Qt::CaseInsensitive)) return true;
    return false;
}

int FieldRow::labelWidth() const {
    return m_label->sizeHint().width();
}

void FieldRow::setLabelWidth(int pixels) {
    m_label->setFixedWidth(pixels);
}

void FieldRow::focusInput() {
    m_editor->input()->setFocus(Qt::OtherFocusReason);
}

bool FieldRow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) m_help->setVisible(!m_help->text().isEmpty());
    if (event->type() == QEvent::FocusOut) m_help->hide();
    return QWidget::eventFilter(watched, event);
}

void FieldRow::paintEvent(QPaintEvent*) {
    if (!m_changed) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(accents::orange);
    painter.drawRoundedRect(QRectF(0, 4, mark_width, height() - 8), 1.5, 1.5);
}

} // namespace retort
