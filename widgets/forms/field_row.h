// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec_json.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace retort {

class FieldEditor;
class InlineMessage;
class TintedLabel;

/// One field of a form: label, editor, unit, the way back to what it differs from; below it the problem, and
/// the help while it has the focus. Its object name is the field's pointer.
class FieldRow : public QWidget {
    Q_OBJECT
public:
    explicit FieldRow(const FieldInfo& field, QWidget* parent = nullptr);

    [[nodiscard]] const FieldInfo& field() const { return m_field; }
    /// `referenceName`: what the field can go back to, e.g. "base".
    void setValue(const Json& value, const Json& reference, const QString& referenceName);
    /// Empty: none.
    void setProblem(const QString& sentence);

    /// A field that changes nothing now need not be seen.
    void setIdle(bool idle) { m_idle = idle; }
    [[nodiscard]] bool isIdle() const { return m_idle; }
    [[nodiscard]] bool isChanged() const { return m_changed; }
    [[nodiscard]] bool hasProblem() const;
    /// Whether label, pointer or help contain `text`, in any case.
    [[nodiscard]] bool matches(const QString& text) const;

    [[nodiscard]] int labelWidth() const;
    void setLabelWidth(int pixels);
    void focusInput();

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void edited(const std::string& pointer, const retort::Json& value);
    void resetRequested(const std::string& pointer);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void createLabel();
    void createReset();
    void createLayout();
    void describe();

    FieldInfo m_field;
    QLabel* m_label;
    FieldEditor* m_editor;
    TintedLabel* m_unit;
    QToolButton* m_reset;
    InlineMessage* m_problem;
    TintedLabel* m_help;
    bool m_changed = false;
    bool m_idle = false;
};

} // namespace retort
