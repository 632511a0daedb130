// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace retort {

class TintedLabel;

/// An icon and a sentence: a problem beside its field, or that all is well. Hidden while it has no text.
class InlineMessage : public QWidget {
    Q_OBJECT
public:
    enum class Kind { problem, success };

    explicit InlineMessage(Kind kind, QWidget* parent = nullptr);

    void setText(const QString& text);
    void setKind(Kind kind);
    void setWordWrap(bool wrap);
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void drawIcon();

    Kind m_kind;
    QLabel* m_icon;
    TintedLabel* m_text;
};

} // namespace retort
