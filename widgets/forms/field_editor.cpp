// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/field_editor.h"

#include "widgets/forms/field_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

namespace retort {
namespace {

bool isUndoOrRedo(const QKeyEvent& key) {
    const bool isControl = key.modifiers().testFlag(Qt::ControlModifier);
    return isControl && (key.key() == Qt::Key_Z || key.key() == Qt::Key_Y);
}

class UndoSharer : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::ShortcutOverride) return QObject::eventFilter(watched, event);
        const bool ours = isUndoOrRedo(*static_cast<QKeyEvent*>(event));
        if (ours) event->ignore();
        return ours;
    }
};

/// A wheel that scrolls the form must not change the choice it passes over.
class WheelGuard : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        const bool stray = event->type() == QEvent::Wheel && !static_cast<QWidget*>(watched)->hasFocus();
        if (stray) event->ignore();
        return stray || QObject::eventFilter(watched, event);
    }
};

class CheckEditor : public FieldEditor {
public:
    explicit CheckEditor(QWidget* parent) : FieldEditor(parent), m_box(new QCheckBox(this)) {
        adopt(m_box);
        connect(m_box, &QCheckBox::clicked, this, &CheckEditor::takeClick);
    }
    [[nodiscard]] Json value() const override { return m_value; }
    [[nodiscard]] QWidget* input() const override { return m_box; }
    void setValue(const Json& value) override {
        m_value = value;
        m_box->setCheckState(!value.is_boolean() ? Qt::PartiallyChecked
                             : value.get<bool>() ? Qt::Checked
                                                 : Qt::Unchecked);
        m_box->setTristate(false);
        m_box->setText(describeValue({}, value));
    }

private:
    void takeClick(bool checked) {
        setValue(checked);
        Q_EMIT edited();
    }
    QCheckBox* m_box;
    Json m_value = false;
};

class ChoiceEditor : public FieldEditor {
public:
    ChoiceEditor(const FieldInfo& field, QWidget* parent) : FieldEditor(parent), m_box(new QComboBox(this)) {
        adopt(m_box);
        for (const std::string& choice : field.choices)
            m_box->addItem(QString::fromStdString(choice));
        m_known = m_box->count();
        m_box->setFocusPolicy(Qt::StrongFocus);
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_box->setMinimumContentsLength(6);
        m_box->installEventFilter(new WheelGuard(this));
        connect(m_box, &QComboBox::activated, this, &FieldEditor::edited);
    }
    [[nodiscard]] Json value() const override { return m_box->currentText().toStdString(); }
    [[nodiscard]] QWidget* input() const override { return m_box; }
    void setValue(const Json& value) override {
        const QString text = formatField(FieldInfo::Type::choice, value);
        if (text == m_box->currentText()) return;
        if (m_box->count() > m_known) m_box->removeItem(m_known);
        if (m_box->findText(text) < 0) m_box->addItem(text); // from a file: shown, and reported beside it
        m_box->setCurrentText(text);
    }

private:
    QComboBox* m_box;
    int m_known = 0;
};

class TextEditor : public FieldEditor {
public:
    TextEditor(const FieldInfo& field, QWidget* parent)
        : FieldEditor(parent), m_type(field.type), m_line(new QLineEdit(this)) {
        adopt(m_line);
        shareUndo(m_line);
        connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    }
    [[nodiscard]] Json value() const override { return parseField(m_type, m_line->text()); }
    [[nodiscard]] QWidget* input() const override { return m_line; }
    void setValue(const Json& newValue) override {
        if (m_shown && value() == newValue) return;
        m_shown = true;
        m_line->setText(formatField(m_type, newValue));
        m_line->setCursorPosition(0);
    }

private:
    FieldInfo::Type m_type;
    QLineEdit* m_line;
    bool m_shown = false; ///< an empty text stands for a value too
};

} // namespace

FieldEditor::FieldEditor(QWidget* parent) : QWidget(parent) {}

void FieldEditor::adopt(QWidget* input) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(input);
    setFocusProxy(input);
}

FieldEditor* FieldEditor::create(const FieldInfo& field, QWidget* parent) {
    if (field.type == FieldInfo::Type::boolean) return new CheckEditor(parent);
    if (field.type == FieldInfo::Type::choice) return new ChoiceEditor(field, parent);
    return new TextEditor(field, parent);
}

void shareUndo(QWidget* input) {
    input->installEventFilter(new UndoSharer(input));
}

} // namespace retort
