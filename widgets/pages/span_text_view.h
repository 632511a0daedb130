// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextCharFormat>
#include <QTextEdit>
#include <vector>

namespace retort {

/// A text for reading that is made of spans, of which one can be chosen: by the mouse over it, or by the
/// arrows Left and Right.
class SpanTextView : public QTextEdit {
    Q_OBJECT
public:
    explicit SpanTextView(QWidget* parent = nullptr);

    [[nodiscard]] int spanCount() const { return static_cast<int>(m_ends.size()); }
    /// Place of the chosen span; -1: none.
    [[nodiscard]] int current() const { return m_current; }
    void choose(int span);

Q_SIGNALS:
    void chosen(int span);

protected:
    /// Empties the text and writes what stands before the first span. The choice stays.
    void beginText(const QString& before, const QTextCharFormat& format);
    void addSpan(const QString& text, const QTextCharFormat& format);
    /// Marks the chosen span, where it is there, after the text was written anew.
    void markCurrent();
    void forgetChoice() { m_current = -1; }
    /// Writes the text anew, in the colours of the palette.
    virtual void redraw() = 0;

    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] int beginOf(int span) const;
    [[nodiscard]] int spanAt(int position) const;

    int m_begin = 0;         ///< of the first span in the document
    std::vector<int> m_ends; ///< of each span in the document
    int m_current = -1;
};

} // namespace retort
