// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec_json.h"

#include <QWidget>

namespace retort {

/// What a person edits one field with: a check box, a choice or a line of text. Any JSON can be shown, also
/// of a wrong type.
class FieldEditor : public QWidget {
    Q_OBJECT
public:
    /// The editor that suits the field's type.
    [[nodiscard]] static FieldEditor* create(const FieldInfo& field, QWidget* parent);

    [[nodiscard]] virtual Json value() const = 0;
    /// Leaves the editor's text alone where it already stands for `value`, however it is written.
    virtual void setValue(const Json& value) = 0;
    /// The widget that takes the focus: buddy of the label, bearer of the accessible name.
    [[nodiscard]] virtual QWidget* input() const = 0;

Q_SIGNALS:
    /// A person changed the value.
    void edited();

protected:
    explicit FieldEditor(QWidget* parent);
    void adopt(QWidget* input);
};

/// Leaves Ctrl+Z and Ctrl+Y to the study's own undo.
void shareUndo(QWidget* input);

} // namespace retort
