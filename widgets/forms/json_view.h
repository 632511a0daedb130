// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/forms/study_document.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace retort {

class InlineMessage;

/// The study file as text. What parses is applied at once; what does not is kept, said so, and applied to
/// nothing until it parses or is discarded.
class JsonView : public QWidget {
    Q_OBJECT
public:
    explicit JsonView(StudyDocument& document, QWidget* parent = nullptr);

    /// Why the text is not the study; empty when it is.
    [[nodiscard]] QString fault() const;
    /// The text while it is not the study; else empty.
    [[nodiscard]] QString unapplied() const;
    /// As if it had been typed.
    void setText(const QString& text);
    /// Shows the study again, whatever was typed.
    void discard();

Q_SIGNALS:
    void faultChanged();
    /// Text was typed that is not the study.
    void unappliedEdited();

private:
    void createWidgets();
    void applyText();
    void showDocument();
    void setFault(const QString& sentence);

    StudyDocument& m_document;
    QPlainTextEdit* m_text = nullptr;
    InlineMessage* m_fault = nullptr;
    QPushButton* m_discard = nullptr;
    Json m_applied; ///< what the text stood for when it last parsed
};

} // namespace retort
